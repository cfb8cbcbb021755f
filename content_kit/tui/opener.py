"""Shows a folder or a picture of ours in the system's own window, by means that cannot start anything else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from content_kit.files.user_folders import preview_folder

_JPEG = b"\xff\xd8\xff"


def open_folder(folder: Path) -> bool:
    """Open a folder beside the application; False where there is no window to open.

    Only folders: a file could be a program. Never through `webbrowser`, which may start a text
    browser on the very terminal that the application is drawn on.
    """
    folder = folder.resolve()
    return folder.is_dir() and _open(folder)


def open_picture(path: Path, below: Path | None = None) -> bool:
    """Open a picture that we wrote in the system's viewer; False where there is no window.

    Only a JPEG by name and by content, and only below the output folder `below` or among our own
    previews: what a file is called decides which program a system starts with it.
    """
    try:
        path = path.resolve()
        homes = [folder.resolve() for folder in (below, preview_folder()) if folder is not None]
        ours = any(path.is_relative_to(home) for home in homes) and path.suffix.lower() == ".jpg"
        if not ours or not path.is_file():
            return False
        with path.open("rb") as stream:
            is_picture = stream.read(len(_JPEG)) == _JPEG
    except (OSError, RuntimeError, ValueError):
        return False
    return is_picture and _open(path)


def _open(path: Path) -> bool:
    """Give a path that was checked to the system."""
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a folder or a JPEG, never a program
            return True
        tool = "open" if sys.platform == "darwin" else "xdg-open"
        seen = sys.platform == "darwin" or any(
            os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
        )
        found = shutil.which(tool)
        if not found or not seen:
            return False
        subprocess.Popen(  # noqa: S603 - a fixed program, and a path that was checked
            [found, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
