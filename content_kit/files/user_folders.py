"""The user's own folders on this machine, outside every shared workspace."""

from __future__ import annotations

import traceback
from pathlib import Path

import platformdirs


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
