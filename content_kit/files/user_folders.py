"""The user's own folders on this machine, outside every shared workspace."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from content_kit.errors import KitError
from content_kit.files.save import atomic_write


def write_report(bug: BaseException) -> Path | None:
    """Keep what went wrong inside content_kit in the user's log folder; its path, or None if the disk refuses.

    The report holds the Python stack and nothing of the user's files.
    """
    try:
        folder = Path(platformdirs.user_log_path("content-kit", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "laporan.txt"
        path.write_text("".join(traceback.format_exception(bug)), encoding="utf-8")
    except OSError:
        return None
    return path


def settings_file() -> Path:
    """Where this machine keeps who sits at it and how the application looks."""
    return Path(platformdirs.user_config_path("content-kit", appauthor=False)) / "pengaturan.json"


def read_settings(path: Path) -> dict[str, str]:
    """The settings of this machine; a missing or strange file is no settings at all."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if isinstance(value, str)}


def write_settings(path: Path, settings: Mapping[str, str]) -> bool:
    """Keep the settings of this machine; False when the disk refuses, which stops nobody's work."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(settings), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        atomic_write(path, text.encode())
    except (OSError, KitError):
        return False
    return True
