"""The pages of the lab and its WebSocket, behind the guard."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute

from whygrad.lab.apart.marker import Markers
from whygrad.lab.limits import Limits
from whygrad.lab.server.files import FIRST, Files
from whygrad.lab.server.guard import Guard
from whygrad.lab.server.registry import Registry
from whygrad.lab.server.seat import Workers
from whygrad.lab.server.talk import SocketPage, Talk
from whygrad.spec import experiment_schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.websockets import WebSocket

    from whygrad.lab.opening import Opening
    from whygrad.lab.server.guard import Keys

STATIC: Final = Path(__file__).parents[1] / "static"
WORKERS: Final = 2


def lab_app(opening: Opening, keys: Keys, limits: Limits | None = None) -> Starlette:
    """The lab as an ASGI application; `opening` is what a page gets that asks for nothing else."""
    slices, panels = ThreadPoolExecutor(WORKERS, "slices"), ThreadPoolExecutor(1, "panels")
    files = Files(STATIC)
    markers = Markers(WORKERS)
    registry = Registry(Workers(slices, panels, markers), limits or Limits())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        registry.close()
        for pool in (slices, panels):
            pool.shutdown(wait=False, cancel_futures=True)
        markers.close()

    async def first_page(request: Request) -> Response:
        return files.answer(FIRST, request)

    async def file(request: Request) -> Response:
        return files.answer(request.path_params["name"], request)

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
            Route("/static/{name:path}", file),
        ],
        middleware=[Middleware(Guard, keys=keys)],
        lifespan=lifespan,
    )
