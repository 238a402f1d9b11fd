"""What checks ask of a system: its lines, levels, weights, plans and scores, each read in one place."""
