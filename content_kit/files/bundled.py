"""Knows where the templates, assets and sample calendars that come with content_kit lie."""

from __future__ import annotations

from pathlib import Path


def root() -> Path:
    """The folder with read-only `templates/`, `assets/` and `calendars/`.

    A wheel carries it as `content_kit/_bundled`. In a checkout it is the repository itself: an
    editable install would copy the files to a place that the package never sees.
    """
    package = Path(__file__).resolve().parent.parent
    carried = package / "_bundled"
    return carried if carried.is_dir() else package.parent
