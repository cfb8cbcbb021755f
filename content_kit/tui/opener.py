"""Shows a folder in the system's own window, by means that cannot start anything else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_folder(folder: Path) -> bool:
    """Open a folder beside the application; False where there is no window to open.

    Only folders: a file could be a program. Never through `webbrowser`, which may start a text
    browser on the very terminal that the application is drawn on.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        return False
    try:
        if sys.platform == "win32":
            os.startfile(folder)  # noqa: S606 - a folder, never a program
            return True
        tool = "open" if sys.platform == "darwin" else "xdg-open"
        seen = sys.platform == "darwin" or any(
            os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
        )
        found = shutil.which(tool)
        if not found or not seen:
            return False
        subprocess.Popen(  # noqa: S603 - a fixed program, and a folder that exists
            [found, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
