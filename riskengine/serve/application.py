"""The page and its requests over HTTP: six things to ask for, each below the token, and nothing else."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, Final

from riskengine.errors import UsageError
from riskengine.pages.what_if.form import script, style_sheet
from riskengine.serve.guard import HEADERS, Guard
from riskengine.serve.page import ServedPlan
from riskengine.serve.sessions import Sessions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

MOST_BYTES: Final = 256 * 1024
"""Of a request: a plan of thousands of tasks, each changed, needs no more."""
SLOWEST_S: Final = 10.0
"""In which a request must have arrived [s]."""
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class WhatIfApplication:
    """Answers one plan's page.

    Parameters
    ----------
    plan : ServedPlan
    guard : Guard
    """

    def __init__(self, plan: ServedPlan, guard: Guard) -> None:
        self.plan, self.guard = plan, guard
        self.sessions = Sessions()
        self.strangers = Sessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of ASGI."""
        from starlette.requests import Request

        if scope["type"] != "http":
            return
        response = await self.response(Request(scope, receive))
        response.headers.update(HEADERS)
        await response(scope, receive, send)

    async def response(self, request: "Request") -> "Response":
        """Return the answer to one request."""
        token, _, name = request.url.path.removeprefix("/").partition("/")
        refusal = self.guard.refusal(request.method, request.headers, token)
        pace = (self.strangers if refusal else self.sessions).pace
        if not refusal and request.method == "POST":
            return await self.asked(request, name)
        wait = pace.wait()
        if wait is None:
            return plain(429, "too many requests")
        await asyncio.sleep(wait)
        if refusal:
            return plain(403, refusal)
        return await self.file(request.method, name)

    async def file(self, method: str, name: str) -> "Response":
        """Return the page, its style or its script: a name is compared with these three, and opens no file."""
        from starlette.responses import Response

        if method not in ("GET", "HEAD"):
            return plain(405, "only GET and POST")
        match name:
            case "":
                return Response(await asyncio.to_thread(self.plan.form), media_type="text/html")
            case "style.css":
                return Response(style_sheet(), media_type="text/css")
            case "script.js":
                return Response(script(), media_type="text/javascript")
        return plain(404, "there is nothing of this name")

    async def asked(self, request: "Request", name: str) -> "Response":
        """Return the answer to what the page asks for."""
        from starlette.responses import JSONResponse

        compute = {"answer": self.plan.answer, "drivers": self.plan.drivers, "overlay": self.plan.overlay}.get(name)
        if compute is None:
            return plain(404, "there is nothing of this name")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return plain(415, "a request must be JSON")
        try:
            body = await asyncio.wait_for(whole_body(request), SLOWEST_S)
            wish = self.plan.wish(body)
        except TimeoutError:
            return plain(408, "the request took too long to arrive")
        except TooLongError:
            return plain(413, f"a request must have at most {MOST_BYTES} bytes")
        except UsageError as error:
            return plain(400, str(error))
        wait = self.sessions.of(wish.session).pace.wait()
        if wait is None:
            return plain(429, "too many requests")
        await asyncio.sleep(wait)
        return JSONResponse(await self.sessions.answer(wish, compute))


class TooLongError(Exception):
    """A request has more bytes than the page ever sends."""


async def whole_body(request: "Request") -> bytes:
    """Return the body of a request, no more of it than is read.

    Raises
    ------
    TooLongError
    """
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > MOST_BYTES:
        raise TooLongError
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise TooLongError
    return bytes(body)


def plain(status: int, text: str) -> "Response":
    """Return a refusal in plain words."""
    from starlette.responses import PlainTextResponse

    headers = {"Retry-After": "2"} if status == 429 else {}
    return PlainTextResponse(f"{text}\n", status, headers)
