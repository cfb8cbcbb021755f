"""The command line's way in and out: what to run, and one sentence for every failure.

Without a command the application opens, and then click is not even imported: its first frame is
50 ms sooner.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from content_kit.errors import BUG_EXIT_CODE, KitError, SystemFailure, reason


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the exit code that `content_kit.errors` documents."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; every failure is one Indonesian sentence on stderr."""
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        # An old Windows code page must not turn "½" into a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if not given and _has_screen():
            return _open_application()
        from content_kit.cli.program import invoke

        return invoke(given or ["--help"])
    except KeyboardInterrupt:
        _say("Dihentikan. Berkas yang sudah jadi tetap utuh; jalankan lagi untuk meneruskan.")
        return 130
    except KitError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`content-kit check | head`). What is left in the
        # buffer has to go somewhere when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(f"{error.filename or 'Sistem'}: {reason(error)}. Periksa disk dan izin folder.")
        return SystemFailure.exit_code
    except Exception as bug:  # noqa: BLE001 - the last resort: a bug must never print a traceback
        return _apologise(bug)


def _has_screen() -> bool:
    """A script or a pipe has none; under `serve` it is a browser's, and Textual's variable says so."""
    return (sys.stdin.isatty() and sys.stdout.isatty()) or "TEXTUAL_DRIVER" in os.environ


def _open_application() -> int:
    from datetime import UTC, datetime
    from functools import partial

    from content_kit.tui import start

    return start(Path(), partial(datetime.now, UTC))


def _open_missing_streams() -> None:
    """Without a console (`pythonw`, a closed pipe) Python has None where its streams should be."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, stream)


def _apologise(bug: Exception) -> int:
    from content_kit.files.user_folders import write_report

    place = write_report(bug)
    _say(
        "Maaf, ada yang salah di content-kit sendiri, bukan pada berkas Anda."
        + (f" Rinciannya ada di {place}; kirimkan berkas itu kepada pengembang." if place else "")
    )
    return BUG_EXIT_CODE


def _say(sentence: str) -> None:
    from content_kit.files.safe_text import shown

    sys.stderr.write(f"{shown(sentence)}\n")
