"""Every possible appraisal of a system: walked or counted, never sampled."""
