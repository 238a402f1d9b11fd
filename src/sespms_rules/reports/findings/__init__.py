"""Findings as people and programs read them: `text` for a terminal, `json` for a program."""
