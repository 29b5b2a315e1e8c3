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
Place = asyncio.Queue[str]

PATH = re.compile(r"/live/([0-9a-f-]{36})/")
bell = Bell(settings.LISTEN_TO)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    found = PATH.fullmatch(scope["path"])
    if scope["path"] == "/live/leeft/":
        await answer(send, 200, "ok\n")
    elif not found or scope["method"] != "GET" or not is_ours(headers) or not headers.get("cookie"):
        await answer(send, 404, "")
    elif bell.count >= settings.MOST:
        await answer(send, 503, "")  # the page asks by itself then, and tries again later
    else:
        with bell.place(found[1]) as place:
            await welcome(found[1], headers["cookie"], place, receive, send)


async def welcome(meeting: str, cookie: str, place: Place, receive: Receive, send: Send) -> None:
    may = await may_follow(meeting, cookie)
    if may:
        await stream(meeting, cookie, place, receive, send)
    else:
        await answer(send, 503 if may is None else 404, "")


def is_ours(headers: dict[str, str]) -> bool:
    """A page of another site does not get to hear anything, not even that something happens."""
    return headers.get("origin", settings.BASE_URL) == settings.BASE_URL


async def may_follow(meeting: str, cookie: str) -> bool | None:
    return await asyncio.to_thread(ask_web, meeting, cookie)


def ask_web(meeting: str, cookie: str) -> bool | None:
    """The web knows sessions and rights; we only pass on the cookie. None: it did not answer, so nobody knows."""
    web = urlsplit(settings.WEB)
    line = http.client.HTTPConnection(web.hostname or "localhost", web.port or 80, timeout=5)
    address = urlsplit(settings.BASE_URL)
    headers = {"Host": address.netloc, "Cookie": cookie, "X-Forwarded-Proto": address.scheme}
    try:
        line.request("GET", f"/overleg/{meeting}/volgen/mag/", headers=headers)
        status = line.getresponse().status
        return None if status >= 500 else status == 204
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


async def stream(meeting: str, cookie: str, place: Place, receive: Receive, send: Send) -> None:
    """Tell each version. Every so often, also in a busy meeting, the web is asked whether this browser still may."""
    gone: asyncio.Task[Any] = asyncio.create_task(disconnected(receive))
    clock = asyncio.get_running_loop()
    ask_at = clock.time() + settings.ASK_AGAIN
    await send({"type": "http.response.start", "status": 200, "headers": head("text/event-stream")})
    try:
        await tell(send, "retry: 2000\n\n")
        while True:
            heard = await next_of(place, gone, ask_at - clock.time())
            if gone.done():
                break
            if clock.time() >= ask_at:
                ask_at = clock.time() + settings.ASK_AGAIN
                if await may_follow(meeting, cookie) is False:
                    await tell(send, "event: einde\ndata: einde\n\n")
                    break
            await tell(send, f"data: version {heard}\n\n" if heard else ":\n\n")
    finally:
        gone.cancel()
    await send({"type": "http.response.body", "body": b""})


async def next_of(place: Place, gone: "asyncio.Task[Any]", seconds: float) -> str:
    """The next version; empty when there was none for so long, or when the browser left."""
    heard: asyncio.Task[Any] = asyncio.create_task(place.get())
    await asyncio.wait({heard, gone}, timeout=max(0, seconds), return_when=asyncio.FIRST_COMPLETED)
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
