"""A workspace on a Monday evening, and the application on it."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.notifications import Notification
from textual.pilot import Pilot

from content_kit.files import user_folders
from content_kit.files.regions import Regions, RegionsOnce
from content_kit.files.templates import Template
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import Scene
from content_kit.start import create_demo
from content_kit.tui import rostering, toasts
from content_kit.tui.app import KitApp
from tests.tui.driving import EVENING, MakeApp


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pictures of screens are for CI and for whoever changes a screen: they are a third of the time."""
    for item in items:
        if "snap_compare" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours, whatever the tests run on: else pictures become words."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def messages_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time passes for the short messages: on a busy machine six seconds go by between two keys."""
    monkeypatch.setattr(Notification, "time_left", property(lambda _: 3600.0))
    monkeypatch.setattr(toasts, "monotonic", lambda: 0.0)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The sample for the week of 7 December 2026."""
    return create_demo(tmp_path / "contoh", date(2026, 12, 7))


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that remembers nothing yet."""
    for name in ("cache_folder", "memory_file", "lots_file"):
        place = tmp_path / "mesin" / name
        for module in (user_folders, rostering):
            monkeypatch.setattr(module, name, lambda place=place: place)


SOME_REGIONS = Regions(
    {
        "63": "Kalimantan Selatan", "63.03": "Kabupaten Banjar", "63.71": "Kota Banjarmasin",
        "63.03.14": "Martapura Barat", "63.03.14.2004": "Sungai Rangas",
        "63.03.14.2005": "Sungai Rangas Tengah", "63.03.14.2006": "Sungai Rangas Ulu",
        "63.71.02": "Banjarmasin Timur", "63.71.02.1008": "Pekapuran Raya",
        "91": "Papua", "91.71": "Kota Jayapura", "91.71.02": "Abepura", "91.71.02.1001": "Asano",
    }
)  # fmt: skip
"""Loading the country takes a second, and a test waits for it."""


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """The application on a folder, with settings of its own."""

    def make(here: Path, me: str = "") -> KitApp:
        settings = tmp_path / "pengaturan.json"
        if me:
            settings.write_text(f'{{"saya": "{me}"}}', encoding="utf-8")
        app = KitApp(here, clock=lambda: EVENING, settings=settings)
        app.regions = RegionsOnce(lambda: SOME_REGIONS)
        return app

    return make


_SCENES: dict[str, Scene] = {}


@pytest.fixture(autouse=True)
def scenes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay equal pictures out once for all tests: laying out the sample is half of a test's time.

    Equal means equal in everything that a layout is made from, the files of photos and logos too.
    """
    lay_out = Renderer.scene

    def scene(self: Renderer, template: Template, *given: object, **named: object) -> Scene:
        unit = self.workspace.root / "calendars" / str(named.get("unit"))
        there = [
            (path.name, path.stat().st_size, path.stat().st_mtime_ns)
            for folder in ("foto", "logo")
            for path in sorted((unit / folder).glob("*"))
        ]
        own = [self.workspace.root / "assets", self.workspace.root / "templates"]
        if any(folder.exists() for folder in own):
            return lay_out(self, template, *given, **named)  # type: ignore[arg-type]
        key = repr((template.digest, given, sorted(named.items(), key=str), there))
        if key not in _SCENES:
            _SCENES[key] = lay_out(self, template, *given, **named)  # type: ignore[arg-type]
        return _SCENES[key]

    monkeypatch.setattr(Renderer, "scene", scene)


@pytest.fixture(autouse=True)
def keys_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pressed key has done all it does when `press` comes back, though keys wait in line."""
    press = Pilot.press

    async def pressed(self: Pilot[Any], *keys: str) -> None:
        await press(self, *keys)
        if isinstance(self.app, KitApp):
            while not self.app.keys.empty:
                await asyncio.sleep(0.001)
            await self.pause()

    monkeypatch.setattr(Pilot, "press", pressed)
