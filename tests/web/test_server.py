"""Whoever asks wrongly gets a kind page and nothing else: raw requests against the real server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web

from content_kit.web import server as server_module
from content_kit.web.gate import KEY
from content_kit.web.server import MOST, KitServer, listen

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Visitor:
    """Asks the server with bytes of its own choice."""

    server: KitServer
    port: int
    cookie: str = ""

    @property
    def host(self) -> str:
        """The name that is right."""
        return f"127.0.0.1:{self.port}"

    async def ask(self, path: str, *, method: str = "GET", **headers: str | None) -> Answer:
        """One request; a header that is None is not sent."""
        sent: dict[str, str | None] = {"Host": self.host, "Cookie": self.cookie or None}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in sent.items() if value is not None]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *rest = head.strip().split("\r\n")
        got = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}
        length = int(got.get("content-length", 0)) if method != "HEAD" else 0
        body = (await reader.readexactly(length)).decode()
        writer.close()
        return Answer(int(first.split()[1]), got, body)

    async def come_in(self) -> None:
        """Use the key."""
        answer = await self.ask(f"/?{KEY}={self.server.gate.key}")
        assert answer.status == 303
        self.cookie = answer.headers["set-cookie"].split(";")[0]


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    """A server on a free port, and somebody at its door."""
    said: list[str] = []
    with listen(0) as door:
        server = KitServer(tmp_path, door, said.append)
        runner = web.AppRunner(await server._make_app(), access_log=None)
        await runner.setup()
        await web.SockSite(runner, door).start()
        assert said == [server.address]
        yield Visitor(server, door.getsockname()[1])
        await runner.cleanup()


def refused(answer: Answer) -> bool:
    """A page that says why and what to do, and holds nothing of the application."""
    kind = "Rencana Anda aman" in answer.body and 'lang="id"' in answer.body
    return answer.status == 403 and kind and "ws://" not in answer.body


async def test_only_this_computer_is_listened_to(visitor: Visitor) -> None:
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/\?{KEY}=[\w-]{{43}}", visitor.server.address)
    assert visitor.server._door.getsockname()[0] == "127.0.0.1"
    with pytest.raises(OSError, match="use"):
        listen(visitor.port)


async def test_the_key_becomes_a_strict_cookie_and_leaves_the_address(visitor: Visitor) -> None:
    answer = await visitor.ask(f"/?{KEY}={visitor.server.gate.key}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert visitor.server.gate.key not in cookie and "Expires" not in cookie
    visitor.cookie = cookie.split(";")[0]
    page = await visitor.ask("/")
    assert page.status == 200 and f"ws://{visitor.host}/ws" in page.body


async def test_a_key_that_was_used_is_void(visitor: Visitor) -> None:
    await visitor.come_in()
    again = f"/?{KEY}={visitor.server.gate.key}"
    # The browser that used it just goes on, since its cookie is what opens.
    assert (await visitor.ask(again)).headers["location"] == "/"
    visitor.cookie = ""
    answer = await visitor.ask(again)
    assert refused(answer) and "sudah dipakai" in answer.body and "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/ws", "/berkas/terminal.js", "/berkas/halaman.css", f"/?{KEY}=", f"/?{KEY}=salah"],
)
@pytest.mark.parametrize("cookie", ["", "content-kit-{port}=", "content-kit-{port}=salah"])
async def test_nothing_is_served_without_the_session(
    path: str, cookie: str, visitor: Visitor
) -> None:
    visitor.cookie = cookie.format(port=visitor.port)
    headers = SOCKET if path == "/ws" else {}
    assert refused(await visitor.ask(path, Origin=f"http://{visitor.host}", **headers))
    await visitor.come_in()
    visitor.cookie = cookie.format(port=visitor.port)
    assert refused(await visitor.ask(path, Origin=f"http://{visitor.host}", **headers))


@pytest.mark.parametrize(
    "host",
    [
        "jahat.example",
        "jahat.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]:{port}",
        "0:{port}",
    ],
)
async def test_another_name_gets_nothing_though_it_brings_key_and_cookie(
    host: str, visitor: Visitor
) -> None:
    """A page elsewhere may bind its own name to 127.0.0.1 and ask in it."""
    host = host.format(port=visitor.port)
    with_key = f"/?{KEY}={visitor.server.gate.key}"
    assert refused(await visitor.ask(with_key, Host=host))
    await visitor.come_in()  # so the key was not spent
    for path in ("/", "/berkas/terminal.js", "/tidak-ada"):
        assert refused(await visitor.ask(path, Host=host))
    assert refused(await visitor.ask("/ws", Host=host, Origin=f"http://{host}", **SOCKET))


@pytest.mark.parametrize(
    "origin",
    [None, "null", "", "http://jahat.example", "http://127.0.0.1:1", "https://{host}", "{host}"],
)
async def test_another_page_opens_no_window(origin: str | None, visitor: Visitor) -> None:
    await visitor.come_in()
    origin = origin.format(host=visitor.host) if origin is not None else None
    assert refused(await visitor.ask("/ws", Origin=origin, **SOCKET))
    assert not visitor.server._open


@pytest.mark.parametrize(
    "path",
    [
        "/berkas/../../gate.py",
        "/berkas/..%2f..%2fgate.py",
        "/berkas/%2e%2e/%2e%2e/server.py",
        "/berkas/..\\server.py",
        "/berkas/%2fetc%2fpasswd",
        "/berkas//etc/passwd",
        "/berkas/",
        "/berkas/halaman.html",
        "/static/js/textual.js",
        "/static/",
        "/download/x",
        "/calendars/orang.yaml",
        "//etc/passwd",
    ],
)
async def test_only_named_files_exist(path: str, visitor: Visitor) -> None:
    await visitor.come_in()
    answer = await visitor.ask(path)
    assert answer.status in (403, 404)
    assert "root:" not in answer.body and "import" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
async def test_only_reading_opens(method: str, visitor: Visitor) -> None:
    answer = await visitor.ask(f"/?{KEY}={visitor.server.gate.key}", method=method)
    assert answer.status == 403
    await visitor.come_in()
    assert (await visitor.ask("/", method=method)).status in (200, 405)


async def test_every_answer_is_dressed(visitor: Visitor) -> None:
    answers = [await visitor.ask("/"), await visitor.ask(f"/?{KEY}={visitor.server.gate.key}")]
    visitor.cookie = answers[1].headers["set-cookie"].split(";")[0]
    answers += [await visitor.ask(path) for path in ("/", "/berkas/terminal.css", "/tidak-ada")]
    for answer in answers:
        headers = answer.headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy and "unsafe-eval" not in policy
        assert "access-control-allow-origin" not in headers


async def test_the_page_names_no_other_server(visitor: Visitor) -> None:
    await visitor.come_in()
    page = await visitor.ask("/")
    for path in ("/berkas/halaman.css", "/berkas/halaman.js", "/berkas/terminal.css"):
        assert (await visitor.ask(path)).status == 200
    linked = re.findall(r'(?:src|href)="([^"]+)"', page.body)
    assert all(link.startswith(("/berkas/", "data:")) for link in linked) and len(linked) == 5
    for link in linked:
        if link.startswith("/"):
            assert (await visitor.ask(link)).status == 200


async def test_only_a_kept_picture_is_shown(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "preview_folder", lambda: tmp_path)
    (tmp_path / "melati-m4x7q2-feed.jpg").write_bytes(b"gambar")
    (tmp_path / "rahasia.txt").write_text("rahasia")
    (tmp_path / "tautan.jpg").symlink_to(tmp_path / "rahasia.txt")
    assert (await visitor.ask("/gambar/melati-m4x7q2-feed.jpg")).status == 403
    await visitor.come_in()
    answer = await visitor.ask("/gambar/melati-m4x7q2-feed.jpg")
    assert (answer.status, answer.body) == (200, "gambar")
    assert answer.headers["content-type"] == "image/jpeg"
    for path in ("rahasia.txt", "tautan.jpg", "..%2Frahasia.txt", "%2e%2e/x.jpg", "lain.jpg"):
        assert (await visitor.ask(f"/gambar/{path}")).status == 404, path


async def test_a_crowd_of_windows_is_refused(visitor: Visitor) -> None:
    await visitor.come_in()
    visitor.server._open.update(web.WebSocketResponse() for _ in range(MOST))
    answer = await visitor.ask("/ws", Origin=f"http://{visitor.host}", **SOCKET)
    assert answer.status == 101 and len(visitor.server._open) == MOST
    visitor.server._open.clear()
