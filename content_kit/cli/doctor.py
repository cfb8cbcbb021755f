"""`content-kit doctor`: is everything here that a picture needs?"""

from __future__ import annotations

import contextlib
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from content_kit import __version__
from content_kit.cli.talk import result, result_json
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, workspace_argument
from content_kit.errors import KitError, SystemFailure, UsageError, reason
from content_kit.files import bundled
from content_kit.files.save import knows_locks, sweep_tree, write_new
from content_kit.files.watch import FOLDERS
from content_kit.files.workspace import Workspace
from content_kit.findings import has_errors

_TRIAL: Final = 1_000_000
"""Bytes that are written to see whether a month could be saved."""
_ENOUGH: Final = 50_000_000
"""Bytes that a week of one posyandu takes, ten times over."""

_PACKAGES = ("pillow", "uharfbuzz", "resvg", "pyyaml", "jinja2", "fontpkg-plus-jakarta-sans")


@indonesian("doctor")
@workspace_argument
@json_option
def command(workspace: str, as_json: bool) -> int:
    """Periksa apakah content-kit siap dipakai di komputer ini."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Program", _program),
        ("Pustaka", _packages),
        ("Model dan gambar", _bundled),
        ("Huruf dan gambar percobaan", _trial_picture),
        ("Folder sementara", _temporary),
        ("Folder kerja", lambda: _workspace(Path(workspace))),
    ]
    rows = [(name, *_outcome(check)) for name, check in checks]
    for name, fine, told in rows:
        if as_json:
            result_json({"check": name, "ok": fine, "message": told})
        else:
            result(f"{'baik' if fine else 'PERLU DIPERBAIKI'}  {name}: {told}")
    return 0 if all(fine for _, fine, _ in rows) else 1


def _outcome(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except (KitError, OSError, ImportError) as problem:
        return False, str(problem)


def _program() -> str:
    return f"content-kit {__version__}, Python {platform.python_version()}, {platform.system()}"


def _packages() -> str:
    return ", ".join(f"{name} {version(name)}" for name in _PACKAGES)


def _bundled() -> str:
    workspace = Workspace(bundled.root())
    names = workspace.template_names()
    art = workspace.asset_names("art", ".svg")
    if not names or not art:
        raise UsageError("model atau gambar bawaan tidak lengkap. Pasang ulang content-kit.")
    return f"{len(names)} model, {len(art)} gambar"


def _trial_picture() -> str:
    from content_kit.files.templates import load_template
    from content_kit.specimen import specimens

    workspace = Workspace(bundled.root())
    template, findings = load_template(workspace, next(iter(workspace.template_names()), ""))
    if template is None or has_errors(findings):
        raise UsageError("model bawaan tidak terbaca. Pasang ulang content-kit.")
    specimen = next(specimens(workspace, template, formats=("feed",)), None)
    if specimen is None:
        raise UsageError("palet atau contoh bawaan tidak terbaca. Pasang ulang content-kit.")
    return f"gambar {len(specimen.jpeg) // 1000} KB jadi"


def _temporary() -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "coba.txt").write_text("coba", encoding="utf-8")
    return f"bisa ditulisi, pengodean {sys.getfilesystemencoding()}"


def _workspace(folder: Path) -> str:
    try:
        workspace = Workspace.open(folder)
    except UsageError:
        return f"belum ada di {folder.resolve().name or folder}; buat dengan content-kit init atau demo"
    remark = _disk(workspace.root)
    sweep_tree(workspace.root, (*FOLDERS, "keluaran"))
    loaded = workspace.load()
    if has_errors(loaded.findings):
        raise UsageError("ada berkas yang perlu diperbaiki. Jalankan content-kit check.")
    posts = sum(len(calendar.posts) for calendar in loaded.calendars)
    return f"{len(loaded.posyandu)} posyandu, {posts} postingan{remark}"


def _disk(root: Path) -> str:
    """What is to be known of the disk; SystemFailure when nothing can be saved there."""
    trial = root / "calendars" / ".content-kit.coba"
    try:
        with contextlib.suppress(OSError):
            trial.unlink()
        write_new(trial, bytes(_TRIAL))
        trial.unlink()
    except OSError as error:
        raise SystemFailure(f"tidak dapat ditulisi: {reason(error)}.") from error
    if shutil.disk_usage(root).free < _ENOUGH:
        raise SystemFailure(
            f"disk hampir penuh, sisa kurang dari {_ENOUGH // 1_000_000} MB; "
            "hapus berkas yang tidak dipakai."
        )
    if not knows_locks(root / "calendars"):
        return (
            "; disk ini tidak mengenal kunci berkas: jangan menyimpan bersamaan dari dua komputer"
        )
    return ""
