"""Analyses of texts, each by a process that has analysed nothing before: standard input to standard output, as JSON.

A process is a copy of one that has only loaded the program, so that nothing is kept from one text to the next.
"""

from __future__ import annotations

import json
import os
import sys

from sespms_rules.authoring.analysis import read_text
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.traversal import plain
from sespms_rules.language.resolution import FolderLibrary

NAME = "policy.sespms"


def analysis_of(text: str, law: FolderLibrary) -> str:
    """The whole analysis of a text, and what is found by compiling it, in one line."""
    read = read_text(Source(NAME, text), law, law)
    found = [repr(each) for each in read.compilation.diagnostics]
    return json.dumps([plain(read.analysis), found], default=str)


def _in_a_copy(text: str) -> str:
    reads, writes = os.pipe()
    if os.fork() == 0:
        os.close(reads)
        try:
            with os.fdopen(writes, "w", encoding="utf-8") as out:
                out.write(analysis_of(text, FolderLibrary()))
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as told:
        found = told.read()
    os.wait()
    return found


if __name__ == "__main__":
    json.dump([_in_a_copy(each) for each in json.load(sys.stdin)], sys.stdout)
