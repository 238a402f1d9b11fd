"""Lets `python -m sespms_rules` do what `sespms` does."""

from __future__ import annotations

from sespms_rules.cli import main

if __name__ == "__main__":
    main()
