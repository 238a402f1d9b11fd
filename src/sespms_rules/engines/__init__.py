"""Engines: each turns a Program and appraisals into ratings, exactly."""
