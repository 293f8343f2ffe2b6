"""Who may talk to the lab: every request passes here first.

- A name that is not ours in `Host` is another site's, pointed at this machine: refused.
- The token is shown once, in the address that the terminal prints; from then on a cookie stands for it, which no
  script reads and no other site makes a browser send.
- A WebSocket is opened by our own pages only: any site may try, and says so in `Origin`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
REFUSED: Final = 4403
OWN: Final = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "font", "connect")),
        "img-src 'self' data:",  # a picture of the page is drawn from data before it is saved
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)
HEADERS: Final = {
    "content-security-policy": OWN,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}
CLOSED: Final = "This page is open only through the address that `whygrad lab` printed in its terminal.\n"
ASK: Final = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>whygrad lab</title>\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n</head>\n<body>\n<h1>whygrad lab</h1>\n'
    '{told}<form method="post" action="enter">\n<label>Password <input type="password" name="password" required '
    'autocomplete="current-password"></label>\n<button>Enter</button>\n</form>\n</body>\n</html>\n'
)
LONGEST: Final = 2_000  # bytes of what is typed into the form
WRONG_COSTS: Final = 1.0  # seconds before the next password is looked at


@dataclass(frozen=True)
class Keys:
    """What opens the lab.

    - `token`: in the printed address, and in the cookie called `cookie`.
    - `password`: opens it as well, "" where there is none.
    - `hosts`: names by which pages may call this machine; None where it may have any.
    """

    token: str
    cookie: str
    password: str = ""
    hosts: frozenset[str] | None = LOCAL


class Guard:
    """Lets through who has the cookie; everybody else gets a plain sentence, or the form for the password."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self.app, self.keys = app, keys
        self.turn = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "websocket":
            await self.socket(scope, receive, send)
        elif scope["type"] == "http":
            answer = await self.refusal(Request(scope, receive))
            await (answer or self.app)(scope, receive, with_headers(send))
        else:
            await self.app(scope, receive, send)

    async def socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A WebSocket needs our own page around it, and the cookie."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        is_ours = urlsplit(headers.get("origin", "")).netloc == host
        if self.is_known(host) and is_ours and self.has_cookie(headers):
            await self.app(scope, receive, send)
        else:
            await receive()  # the request to connect
            await send({"type": "websocket.close", "code": REFUSED})

    async def refusal(self, request: Request) -> Response | None:
        """What is answered in the place of what was asked for; None where that is allowed."""
        if not self.is_known(request.headers.get("host", "")):
            return PlainTextResponse("This address is not one of the lab's.\n", 400)
        if request.url.path == "/" and same(request.query_params.get("token", ""), self.keys.token):
            return self.entered()
        if self.has_cookie(request.headers):
            return None
        if not self.keys.password:
            return PlainTextResponse(CLOSED, 403)
        if request.method == "POST" and request.url.path == "/enter":
            return await self.answer_to_password(request)
        return HTMLResponse(ASK.format(told=""), 403)

    async def answer_to_password(self, request: Request) -> Response:
        """The way in, or the form again; wrong passwords are looked at one a second, whoever types them."""
        async with self.turn:
            if same(await typed(request), self.keys.password):
                return self.entered()
            await asyncio.sleep(WRONG_COSTS)
        return HTMLResponse(ASK.format(told="<p>That is not the password.</p>\n"), 403)

    def entered(self) -> Response:
        """To the lab, with the cookie and without the token in the address."""
        answer = RedirectResponse("./", 303)
        answer.set_cookie(self.keys.cookie, self.keys.token, httponly=True, samesite="strict")
        return answer

    def is_known(self, host: str) -> bool:
        """Whether a page calls this machine by one of its names, at whatever port."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        return bool(host) if self.keys.hosts is None else name.lower() in self.keys.hosts

    def has_cookie(self, headers: Headers) -> bool:
        """Whether the cookie came along."""
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.keys.cookie)
        except CookieError:
            return False
        return found is not None and same(found.value, self.keys.token)


async def typed(request: Request) -> str:
    """The password of the form; "" where there is none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            return ""
    return parse_qs(body.decode("utf-8", "replace")).get("password", [""])[0]


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return compare_digest(one.encode(), other.encode())


def with_headers(send: Send) -> Send:
    """What is sent, with the headers that every answer has."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                headers["cross-origin-opener-policy"] = "same-origin"  # of documents alone
        await send(message)

    return sent
