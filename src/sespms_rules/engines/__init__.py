"""Engines: each turns an integer program and appraisals into ratings."""
