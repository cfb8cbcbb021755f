"""The application: everything a volunteer does, without knowing a command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path


def start(folder: Path, clock: Callable[[], datetime]) -> int:
    """Open the application on the workspace in `folder`, or offer to make one; the exit code."""
    # Half a second to import, so only here.
    from content_kit.files.user_folders import settings_file
    from content_kit.tui.app import KitApp
    from content_kit.tui.sharp import sharp_widget

    app = KitApp(folder, clock=clock, settings=settings_file())
    app.sharp = sharp_widget()
    app.run()
    return app.return_code or 0
