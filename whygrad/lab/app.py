"""The pages of the lab and its WebSocket, behind the guard."""

from __future__ import annotations

import mimetypes
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from whygrad.lab.guard import Guard
from whygrad.lab.limits import Limits
from whygrad.lab.registry import Registry
from whygrad.lab.seat import Workers
from whygrad.lab.talk import SocketPage, Talk
from whygrad.spec import experiment_schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from whygrad.lab.guard import Keys
    from whygrad.lab.opening import Opening

STATIC: Final = Path(__file__).parent / "static"
WORKERS: Final = 2
# Some machines have other ideas of these, and a browser that may not guess refuses a script that is no script.
TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".otf": "font/otf"}


def lab_app(opening: Opening, keys: Keys, limits: Limits | None = None) -> Starlette:
    """The lab as an ASGI application; `opening` is what a page gets that asks for nothing else."""
    for ending, kind in TYPES.items():
        mimetypes.add_type(kind, ending)
    slices, panels = ThreadPoolExecutor(WORKERS, "slices"), ThreadPoolExecutor(1, "panels")
    registry = Registry(Workers(slices, panels), limits or Limits())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        registry.close()
        for pool in (slices, panels):
            pool.shutdown(wait=False, cancel_futures=True)

    async def first_page(_: Request) -> FileResponse:
        return FileResponse(STATIC / "index.html")

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "server": registry.server, "sessions": len(registry.seats)})

    async def schema(_: Request) -> JSONResponse:
        return JSONResponse(experiment_schema())

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await Talk(SocketPage(websocket), registry, opening).listen()

    return Starlette(
        routes=[
            Route("/", first_page),
            Route("/api/health", health),
            Route("/api/schema", schema),
            WebSocketRoute("/ws", socket),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Guard, keys=keys)],
        lifespan=lifespan,
    )
