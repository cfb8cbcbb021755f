"""`content-kit serve`: the application in a browser on this computer, and for nobody else."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Final

import click

from content_kit.cli.talk import result, say
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import workspace_argument
from content_kit.errors import SystemFailure, UsageError, reason

PORT: Final = 8420
MISSING: Final = 'Untuk ini perlu tambahan web: pip install "content-kit[web]"'


@indonesian("serve")
@workspace_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    metavar="ANGKA",
    help=f"Pintu di komputer ini ({PORT}). 0: pintu mana saja yang kosong.",
)
@click.option("--open", "opens", is_flag=True, help="Langsung buka perambannya.")
def command(workspace: str, port: int, opens: bool) -> int:
    """Buka aplikasi di peramban komputer ini.

    Alamat yang tercetak hanya berlaku sekali, dan hanya dari komputer ini. Tekan Ctrl+C untuk
    menutupnya.
    """
    folder = Path(workspace).resolve()
    if not folder.is_dir():
        raise UsageError(f'folder "{workspace}" tidak ada.')
    try:
        # Half a second to import, and an extra.
        from content_kit.web.server import KitServer, listen
    except ImportError:
        raise UsageError(MISSING) from None
    try:
        door = listen(port)
    except OSError as error:
        if isinstance(error, PermissionError):
            raise SystemFailure(
                f"pintu {port}: {reason(error)}. Pilih angka lain dengan --port."
            ) from None
        raise UsageError(
            f"pintu {port} sedang dipakai program lain, mungkin content-kit yang masih terbuka. "
            f"Tutup yang itu, atau pilih pintu lain: --port {port + 1 if port < 65535 else PORT}."
        ) from None

    def said(address: str) -> None:
        say("Buka alamat ini di peramban komputer ini. Alamatnya hanya berlaku sekali:")
        result(address)
        say("Tekan Ctrl+C di jendela ini untuk menutup.")
        if opens:
            _open(address)

    with door:
        KitServer(folder, door, said).run()
    say("Sudah ditutup. Semua sudah tersimpan.")
    return 0


def _open(address: str) -> None:
    """Open the desktop's browser; never one that draws on this very terminal and waits."""
    seen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if seen:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    else:
        say("Peramban tidak dapat dibuka dari sini. Buka alamat di atas sendiri.")
