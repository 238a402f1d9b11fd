"""Executives and their appraisals: read from files, taken together as a population, or invented to try things on."""
