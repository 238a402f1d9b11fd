"""Who is let in: the one browser that was given the token, from this machine, asking for what it was shown.

A page of another origin can reach a server on this machine through the reader's browser. It gets nothing: the Host of a
request has to be ours, its Origin too where it has one, and the cookie that lets a reader in is never sent from there.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE: Final = "sespms_workbench"
MOST_BYTES: Final = 40_000_000
"""The largest request: a roster that is uploaded."""

TOO_MUCH_SENT: Final = f"What was sent is larger than {MOST_BYTES // 1_000_000} megabytes, so it was not read"
FOR_LARGER: Final = "Use the command line for a roster of that size."

_ASKED_BY_US: Final = ("same-origin", "none")
_UNSAFE: Final = ("POST", "PUT", "PATCH", "DELETE")
_HEADERS: Final = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",  # with `no-referrer` a browser hides the origin of our own forms too
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

Refused = Callable[[Request, int, str, str], Response]
"""Makes the page that says why a request is not answered: the request, the status, what happened, what to do."""


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


class Guard:
    """Lets requests of the token's holder through to `inner`; `hosts` are the names that the server answers to."""

    def __init__(self, inner: ASGIApp, token: str, hosts: frozenset[str], refused: Refused) -> None:
        self._inner = inner
        self._token = token
        self._hosts = hosts
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in a sentence."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        nonce = scope.setdefault("state", {})["nonce"] = secrets.token_urlsafe(16)
        guarded = _with_headers(send, nonce)
        request = Request(scope)
        if refusal := self._refusal(request):
            await refusal(scope, receive, guarded)
            return
        await self._inner(scope, _bounded(receive), guarded)

    def _refusal(self, request: Request) -> Response | None:
        """Why a request is not answered, as a page; None for one that is."""
        headers = request.headers
        host = headers.get("host", "")
        if host not in self._hosts:
            return self._refused(request, 421, "The address names another server", "Open the address that was printed.")
        origin = headers.get("origin")
        from_elsewhere = origin is not None and origin != f"http://{host}"
        if from_elsewhere or (request.method in _UNSAFE and not _is_ours(headers, origin)):
            says = "Another site asked for this in your name, so nothing was done"
            return self._refused(request, 403, says, "Go on in the workbench itself.")
        if _length(headers) > MOST_BYTES:
            return self._refused(request, 413, TOO_MUCH_SENT, FOR_LARGER)
        if request.url.path.startswith("/static/"):
            return None
        given = request.query_params.get("token")
        if given is not None and request.method == "GET":
            return self._let_in(request) if self._is_token(given) else self._stale(request)
        return None if self._is_token(request.cookies.get(COOKIE, "")) else self._stale(request)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())

    def _let_in(self, request: Request) -> Response:
        """Keep the token in a cookie and go on to the first page, whose address does not hold it.

        The way on is a link on a page of ours: a redirect would count as asked for by whoever opened the address, and
        the cookie would not be sent with it.
        """
        del request
        page = (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Opening the workbench</title>'
            '<link rel="icon" href="data:,"><meta http-equiv="refresh" content="0;url=/"></head>'
            '<body><main><h1>Opening the workbench</h1><p><a href="/">Go on to the workbench</a></p></main></body>'
            "</html>"
        )
        response = HTMLResponse(page)
        response.set_cookie(COOKIE, self._token, httponly=True, samesite="strict", path="/")
        return response

    def _stale(self, request: Request) -> Response:
        says = "This browser has not been let in, or the workbench was started anew since"
        help = "Open the address that the last start of the workbench printed; what was saved is still there."
        return self._refused(request, 403, says, help)


def _is_ours(headers: Headers, origin: str | None) -> bool:
    """Whether a request that changes something was made by one of our pages."""
    site = headers.get("sec-fetch-site")
    return site in _ASKED_BY_US if site is not None else origin is not None


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else MOST_BYTES + 1


def _bounded(receive: Receive) -> Receive:
    """The body of a request, as far as it may go, whatever length it said it has."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            return {"type": "http.disconnect"}
        return message

    return bounded


def _with_headers(send: Send, nonce: str) -> Callable[[Message], Awaitable[None]]:
    """Send each answer with what keeps a browser from running, asking for or keeping anything else."""
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = policy
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return sent
