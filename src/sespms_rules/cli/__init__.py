"""The command `sespms`: thin readings of what the stages return. One module a command, imported when it is called.

Exit codes: 0 done; 1 done, and there are errors, refusals or failed scenarios; 2 wrong usage or an unreadable file.
"""

from __future__ import annotations

from sespms_rules.cli.program import main, sespms

__all__ = ["main", "sespms"]
