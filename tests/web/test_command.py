"""`content-kit serve` as it is used: the address, a real browser, one Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from content_kit.cli import run
from content_kit.start import create_demo
from content_kit.web.server import listen

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")


def test_a_port_in_use_is_told_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", str(tmp_path), "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert "sedang dipakai" in said.err and "--port" in said.err and not said.out


def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "content_kit.web.server", None)
    assert run(["serve", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert 'pip install "content-kit[web]"' in said and said.count("\n") == 1


@pytest.mark.parametrize("arguments", [["tidak-ada"], [".", "--port", "70000"]])
def test_strange_words_are_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", *arguments]) == 2
    assert capsys.readouterr().err


def test_importing_the_command_imports_no_server() -> None:
    code = (
        "import sys\nimport content_kit.cli.serve\n"
        "sys.exit(str({'aiohttp', 'textual', 'textual_serve'} & set(sys.modules) or ''))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.stderr.strip(), done.stderr


@contextmanager
def served(
    folder: Path, settings: Path, look: str = "terang"
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command on a workspace, on a machine that likes a look."""
    (settings / "content-kit").mkdir(parents=True, exist_ok=True)
    kept = settings / "content-kit" / "pengaturan.json"
    kept.write_text(json.dumps({"tampilan": look}), encoding="utf-8")
    environment = {**os.environ, "XDG_CONFIG_HOME": str(settings)}
    command = [sys.executable, "-m", "content_kit", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout
        try:
            yield program.stdout.readline().strip(), program
        finally:
            program.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_one_ctrl_c_ends_it_with_a_sentence(tmp_path: Path) -> None:
    with served(tmp_path, tmp_path / "config") as (address, program):
        assert address.startswith("http://127.0.0.1:")
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert program.returncode == 0
    assert not out and "hanya berlaku sekali" in err and err.endswith("Semua sudah tersimpan.\n")


def steady(page: Page, path: Path, other_than: bytes = b"") -> bytes:
    """What the page shows once it shows something, and the same twice: a busy machine takes seconds."""
    before = b""
    for _ in range(60):
        page.wait_for_timeout(750)
        seen = page.screenshot(path=path)
        if len(seen) > 10_000 and seen == before != other_than:
            return seen
        before = seen
    raise AssertionError("the page never came to rest")


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser here")
@pytest.mark.parametrize("look", ["terang", "gelap"])
def test_a_browser_shows_the_application_and_asks_nobody_else(look: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    folder = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    # A hostile file of the workspace must not be imported by the program that runs in it.
    (folder / "yaml.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    asked: list[str] = []
    wrong: list[str] = []
    with served(folder, tmp_path / "config", look) as (address, program), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(
            color_scheme="dark" if look == "gelap" else "light",
            viewport={"width": 1000, "height": 640},
        )
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda window: asked.append(window.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content" in said.text else None)
        page.goto(address)
        page.wait_for_selector("body.-first-byte")
        assert "kunci" not in page.url
        first = steady(page, tmp_path / f"beranda-{look}.png")
        page.keyboard.press("2")
        second = steady(page, tmp_path / f"kalender-{look}.png", other_than=first)
        assert first != second  # keys arrive without a click
        page.keyboard.press("q")
        page.wait_for_selector("body.-closed")
        page.click("#lagi")
        page.wait_for_selector("body.-first-byte")
        stranger = browser.new_page()
        answer = stranger.goto(address)
        assert answer is not None and answer.status == 403
        assert "sudah dipakai" in stranger.inner_text("main")
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 0
        browser.close()
    assert asked and {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert not wrong
