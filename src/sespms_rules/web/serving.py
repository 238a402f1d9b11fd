"""Run the workbench: on this machine alone, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen
from sespms_rules.register import opened_register
from sespms_rules.web.application import application
from sespms_rules.web.folder import Folder
from sespms_rules.web.safety import new_token
from sespms_rules.web.workbench import Office

ADDRESS = "127.0.0.1"


class Ready(Frozen):
    """A workbench that listens and answers as soon as it is run; `address` is the one that lets its reader in."""

    server: uvicorn.Server
    listening: socket.socket
    address: str

    def run(self) -> None:
        """Answer until the server is told to stop."""
        self.server.run(sockets=[self.listening])


def serve(root: Path, port: int, tell: Callable[[str], None], office: Office | None = None) -> None:
    """Serve a folder until interrupted. `port` 0 takes a free one; `tell` is given the address to open.

    `office` is a register outside of the folder, for the page Review. Raises NotInFolderError for no folder,
    RequestError for a port that is taken, RegisterError for a register that does not open.
    """
    made = ready(root, port, office)
    tell(made.address)
    made.run()


def ready(root: Path, port: int, office: Office | None = None) -> Ready:
    """Make the workbench of a folder, listening on a port, or on a free one where that is 0. Raises as `serve`."""
    folder = Folder(root)
    if office is not None:
        with opened_register(office.place, office.keys):
            pass  # whoever starts it is told what is wrong, and not the reader of a page
    listening = _listening(port)
    port = listening.getsockname()[1]
    token = new_token()
    served = application(folder, token, (f"{ADDRESS}:{port}", f"localhost:{port}"), office)
    # Requests are not logged: addresses name policies, and what is sent holds ratings of people.
    config = uvicorn.Config(served, log_level="warning", access_log=False, server_header=False, lifespan="off")
    return Ready(uvicorn.Server(config), listening, f"http://{ADDRESS}:{port}/?token={token}")


def _listening(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((ADDRESS, port))
    except OSError as fault:
        made.close()
        reason = (fault.strerror or str(fault)).lower()
        raise RequestError(f"port {port} cannot be used: {reason}; leave `--port` out to take a free one") from None
    made.listen()
    return made
