"""A workspace on a Monday evening, and the application on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content_kit.start import create_demo
from content_kit.tui.app import KitApp

EVENING = datetime(2026, 12, 7, 10, 2, tzinfo=UTC)  # 18.02 WITA, before the first post
MakeApp = Callable[..., KitApp]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The sample for the week of 7 December 2026."""
    return create_demo(tmp_path / "contoh", date(2026, 12, 7))


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """The application on a folder, with settings of its own."""

    def make(here: Path, me: str = "") -> KitApp:
        settings = tmp_path / "pengaturan.json"
        if me:
            settings.write_text(f'{{"saya": "{me}"}}', encoding="utf-8")
        return KitApp(here, clock=lambda: EVENING, settings=settings)

    return make
