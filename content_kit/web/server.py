"""Serves the application to a browser on this computer: textual-serve behind a gate of our own.

textual-serve answers whoever asks, under any name, and its page loads a font from another
server. So only its terminal for the browser and its link to the program are used; routes, page
and headers are ours.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeAlias

import aiohttp
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from content_kit.files.user_folders import preview_folder
from content_kit.web.gate import HOST, KEY, Gate, Refusal

MOST: Final = 8
"""How many windows may be open at once; each is a program of its own."""

_PAGE: Final = Path(__file__).parent / "page"
_HEADERS: Final = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE: Final = (
    # The terminal sets the sizes of its cells in style elements; nothing else needs 'unsafe-inline'.
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PICTURE: Final = re.compile(r"[a-z0-9-]{1,200}\.jpg")
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


def listen(port: int) -> socket.socket:
    """A socket on this computer alone; OSError when the port is taken. Port 0 is any free one."""
    return socket.create_server((HOST, port))


class KitServer(Server):
    """The application on one folder for one browser; `said` is called with the address when all is ready."""

    def __init__(self, folder: Path, door: socket.socket, said: Callable[[str], None]) -> None:
        port = door.getsockname()[1]
        super().__init__("content-kit", host=HOST, port=port, title="content_kit")
        self._folder = folder
        self._door = door
        self._said = said
        self._open: set[web.WebSocketResponse] = set()
        self.gate = Gate(port)
        self.address = f"http://{HOST}:{port}/?{KEY}={self.gate.key}"
        self._files = {
            "terminal.js": self.statics_path / "js" / "textual.js",
            "terminal.css": self.statics_path / "css" / "xterm.css",
            "huruf.ttf": self.statics_path / "fonts" / "RobotoMono-VariableFont_wght.ttf",
            "halaman.css": _PAGE / "halaman.css",
            "halaman.js": _PAGE / "halaman.js",
        }
        """Everything a page may ask for: a name that is not here leads to no file."""

    def run(self) -> None:
        """Serve until Ctrl-C."""
        web.run_app(
            self._make_app(),
            sock=self._door,
            print=None,
            access_log=None,  # a line for each request would hold the key
            shutdown_timeout=2.0,
        )

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/ws", self.handle_websocket),
                web.get("/berkas/{name}", self._file),
                web.get("/gambar/{name}", self._picture),
            ]
        )
        app.on_response_prepare.append(self._dress)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say where, now that somebody answers there."""
        self._said(self.address)

    async def on_shutdown(self, app: web.Application) -> None:
        """Hang up, so that the programs behind the windows end."""
        for window in list(self._open):
            await window.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    # The gate

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = request.path
        refused = self.gate.stranger(request.headers, socket=path == "/ws")
        if refused:
            return _turned_away(refused)
        key = request.query.get(KEY) if (request.method, path) == ("GET", "/") else None
        session = self.gate.exchange(key) if key is not None else None
        if session is None and not self.gate.knows(request.cookies):
            return _turned_away(self.gate.missing(key=key is not None))
        if key is None:
            return await handler(request)
        # The key leaves the address bar, and the browser's history with it.
        answer = web.Response(status=303, headers={"Location": "/"})
        if session is not None:
            answer.set_cookie(self.gate.cookie, session, httponly=True, samesite="Strict")
        return answer

    async def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = _SAFE.format(
            sockets=" ".join(f"ws://{host}" for host in self.gate.hosts)
        )
        response.headers.pop("Server", None)

    # What is served

    async def _index(self, request: web.Request) -> web.Response:
        page = (_PAGE / "halaman.html").read_text(encoding="utf-8")
        # Checked by the gate to the letter: one of our two names.
        page = page.replace("{{alamat}}", f"ws://{request.headers['Host']}/ws")
        return web.Response(text=page, content_type="text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = self._files.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound(text="Tidak ada.")
        return web.FileResponse(path)

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        """A picture that the application kept to be looked at; nothing else lies there."""
        name = request.match_info["name"]
        path = preview_folder() / name
        if not _PICTURE.fullmatch(name) or path.is_symlink() or not path.is_file():
            raise web.HTTPNotFound(text="Tidak ada.")
        return web.FileResponse(path, headers={"Content-Type": "image/jpeg"})

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One window: a program of its own, that ends with the window."""
        window = web.WebSocketResponse(heartbeat=15)
        await window.prepare(request)
        if len(self._open) >= MOST:
            await window.close(code=aiohttp.WSCloseCode.TRY_AGAIN_LATER)
            return window

        async def hang_up() -> None:
            await window.close()

        program = _Program(
            self.command,
            write_bytes=window.send_bytes,
            write_str=window.send_str,
            close=hang_up,
            download_manager=self.download_manager,
        )
        program.folder = self._folder
        self._open.add(window)
        try:
            await program.start(*(_cells(request, name) for name in ("width", "height")))
            await self._process_messages(window, program)
        except (ValueError, KeyError, IndexError, TypeError, AssertionError):
            await window.close(code=aiohttp.WSCloseCode.UNSUPPORTED_DATA)  # not from our page
        finally:
            self._open.discard(window)
            await program.stop()
        return window


class _Program(AppService):
    """The bare command in the folder, drawing for a browser instead of a terminal."""

    folder: Path

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        # No shell, and `-P`: Python must not import from a folder that came by flash drive.
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "content_kit",
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=self.folder,
            env=self._build_environment(width, height) | {"PYTHONPATH": _paths()},
        )
        assert process.stdin is not None
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Follow the program to its end, and close its window however it ended."""
        await super().run()
        await self.remote_close()


def _paths() -> str:
    """Where the program imports from: as we do, and never from where it is told to work."""
    given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    return os.pathsep.join([*map(os.path.abspath, given), str(Path(__file__).parents[2])])


def _cells(request: web.Request, name: str) -> int:
    return min(max(to_int(request.query.get(name, ""), 80), 20), 500)


def _turned_away(refused: Refusal) -> web.Response:
    page = (_PAGE / "ditolak.html").read_text(encoding="utf-8")
    page = page.replace("{{sebab}}", refused.value)
    return web.Response(status=403, text=page, content_type="text/html")
