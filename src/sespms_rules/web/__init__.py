"""The workbench: the product in a browser on the same machine, for people who are not programmers.

`serve` runs it. Pages are made on the server; each reads and prints without scripts, and is more at hand with them.
What a page says comes from the same functions as the command line: no page passes what a command fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.web.application import application
    from sespms_rules.web.folder import Folder, NotInFolderError
    from sespms_rules.web.serving import serve
    from sespms_rules.web.workbench import Office
else:
    __getattr__ = face(
        __name__,
        {
            "Folder": "folder",
            "NotInFolderError": "folder",
            "Office": "workbench",
            "application": "application",
            "serve": "serving",
        },
    )

__all__ = ["Folder", "NotInFolderError", "Office", "application", "serve"]
