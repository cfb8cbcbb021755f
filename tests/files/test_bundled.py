"""The bundled folder has the shape of a workspace."""

from __future__ import annotations

from content_kit.files import bundled


def test_the_bundled_folder_is_a_workspace() -> None:
    root = bundled.root()
    assert all((root / name).is_dir() for name in ("calendars", "templates", "assets"))
