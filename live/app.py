"""GET /live/<meeting>/ as server-sent events: "version 12", again and again, as long as the web says that this
browser may follow the meeting.
"""

import asyncio
import http.client
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from live import settings
from live.bell import Bell

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = re.compile(r"/live/([0-9a-f-]{36})/")
bell = Bell(settings.LISTEN_TO)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    found = PATH.fullmatch(scope["path"])
    if scope["path"] == "/live/leeft/":
        await answer(send, 200, "ok\n")
    elif not found or scope["method"] != "GET" or not is_ours(headers):
        await answer(send, 404, "")
    elif bell.count >= settings.MOST:
        await answer(send, 503, "")  # the page asks by itself then
    elif not await may_follow(found[1], headers.get("cookie", "")):
        await answer(send, 404, "")
    else:
        await stream(found[1], headers.get("cookie", ""), receive, send)


def is_ours(headers: dict[str, str]) -> bool:
    """A page of another site does not get to hear anything, not even that something happens."""
    return headers.get("origin", settings.BASE_URL) == settings.BASE_URL


async def may_follow(meeting: str, cookie: str) -> bool:
    return await asyncio.to_thread(ask_web, meeting, cookie)


def ask_web(meeting: str, cookie: str) -> bool:
    """The web knows sessions and rights; we only pass on the cookie. No answer is no."""
    web = urlsplit(settings.WEB)
    line = http.client.HTTPConnection(web.hostname or "localhost", web.port or 80, timeout=5)
    address = urlsplit(settings.BASE_URL)
    headers = {"Host": address.netloc, "Cookie": cookie, "X-Forwarded-Proto": address.scheme}
    try:
        line.request("GET", f"/overleg/{meeting}/volgen/mag/", headers=headers)
        return line.getresponse().status == 204
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


async def stream(meeting: str, cookie: str, receive: Receive, send: Send) -> None:
    gone: asyncio.Task[Any] = asyncio.create_task(disconnected(receive))
    await send({"type": "http.response.start", "status": 200, "headers": head("text/event-stream")})
    with bell.place(meeting) as place:
        try:
            await tell(send, "retry: 2000\n\n")
            while True:
                heard = await next_of(place, gone)
                if gone.done():
                    break
                if heard:
                    await tell(send, f"data: version {heard}\n\n")
                elif await may_follow(meeting, cookie):
                    await tell(send, ":\n\n")  # keeps proxies from closing a silent line
                else:
                    await tell(send, "event: einde\ndata: einde\n\n")
                    break
        finally:
            gone.cancel()
    await send({"type": "http.response.body", "body": b""})


async def next_of(place: "asyncio.Queue[str]", gone: "asyncio.Task[Any]") -> str:
    """The next version; empty when it is time to ask again whether this browser still may."""
    heard: asyncio.Task[Any] = asyncio.create_task(place.get())
    await asyncio.wait({heard, gone}, timeout=settings.ASK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
    if heard.done():
        return str(heard.result())
    heard.cancel()
    return ""


async def disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def tell(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def head(kind: str) -> list[tuple[bytes, bytes]]:
    """The headers of every answer; the address of the web may hear us from another port."""
    told = {
        "content-type": kind,
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": settings.BASE_URL,
        "access-control-allow-credentials": "true",
        "vary": "Cookie, Origin",
    }
    return [(name.encode(), value.encode()) for name, value in told.items()]


async def answer(send: Send, status: int, text: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": head("text/plain")})
    await send({"type": "http.response.body", "body": text.encode()})
