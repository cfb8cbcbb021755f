"""The user's own folders on this machine, outside every shared workspace."""

from __future__ import annotations

import contextlib
import json
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import platformdirs

from content_kit.errors import KitError

PREVIEW_SECONDS: Final = 6 * 3600.0
"""How long a picture that somebody opened to look at lies around: a day's work at most."""

DRAFTS: Final = "draf"
"""The folder beside the settings for what was typed and never saved."""


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


def cache_folder() -> Path:
    """Where this machine keeps what can be made again. Whatever lies there may be forged."""
    return Path(platformdirs.user_cache_path("content-kit", appauthor=False))


def outputs_file() -> Path:
    """Where this machine keeps which results it wrote where, to know its own from somebody's."""
    return cache_folder() / "hasil.json"


def lots_file() -> Path:
    """Where this machine keeps the seeds of samples that were drawn and not yet used."""
    return Path(platformdirs.user_config_path("content-kit", appauthor=False)) / "sampel.json"


def settings_file() -> Path:
    """Where this machine keeps who sits at it and how the application looks."""
    return Path(platformdirs.user_config_path("content-kit", appauthor=False)) / "pengaturan.json"


def memory_file() -> Path:
    """Where this machine remembers what it saw of the review logs, and which key signs for an office."""
    return Path(platformdirs.user_config_path("content-kit", appauthor=False)) / "ingatan.json"


def drafts_folder() -> Path:
    """Where this machine keeps what was typed and never saved."""
    return settings_file().parent / DRAFTS


def keys_folder() -> Path:
    """Where the private keys of this machine lie, each under its passphrase."""
    return Path(platformdirs.user_config_path("content-kit", appauthor=False)) / "kunci"


def read_settings(path: Path) -> dict[str, str]:
    """The settings of this machine; a missing or strange file is no settings at all."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(data, ensure_ascii=False).encode()  # a half of a letter cannot be written again
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {key: value for key, value in data.items() if isinstance(value, str)}


def write_settings(path: Path, settings: Mapping[str, str]) -> bool:
    """Keep the settings of this machine; False when the disk refuses, which stops nobody's work."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        from content_kit.files.save import atomic_write  # settings are read before the first frame

        text = json.dumps(dict(settings), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        atomic_write(path, text.encode())
    except (OSError, KitError):
        return False
    return True


def homely(path: Path) -> str:
    """A path as a person says it: what lies below the own folder begins with "~"."""
    try:
        home = Path.home()
    except RuntimeError:  # a machine that does not say whose it is
        return str(path)
    return str("~" / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def downloads_folder() -> Path:
    """Where browsers and WhatsApp put what they receive."""
    return Path(platformdirs.user_downloads_path())


def preview_folder() -> Path:
    """Where pictures lie that somebody only wanted to look at."""
    return Path(platformdirs.user_cache_path("content-kit", appauthor=False)) / "lihat"


def keep_preview(name: str, jpeg: bytes) -> Path | None:
    """Keep a picture for the system's viewer, for its owner's eyes; None when the disk refuses.

    Older ones go: a draft's picture must not lie around after a consent was withdrawn.
    """
    folder = preview_folder()
    from content_kit.files.paths import slugged
    from content_kit.files.save import atomic_write

    path = folder / f"{slugged(name) or 'gambar'}.jpg"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        forget_previews(older_than=PREVIEW_SECONDS)
        atomic_write(path, jpeg)
    except (OSError, KitError):
        return None
    return path


def forget_previews(*, older_than: float = 0.0) -> None:
    """Remove the pictures that were kept to be looked at."""
    for path in preview_folder().glob("*.jpg"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime >= older_than:
                path.unlink()
