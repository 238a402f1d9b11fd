"""Populations in columns of exact whole numbers: many appraisals of one plan at once."""
