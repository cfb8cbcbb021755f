"""The command line: a table of commands, each in a small module of its own that is loaded when called.

Nothing heavy is imported for `--help`: Pillow, holidays and Textual stay out until a command
needs them. Results go to stdout or into files, conversation to stderr.
"""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import click

from content_kit import __version__
from content_kit.cli.words import IndonesianCommand, usage_sentence
from content_kit.errors import BUG_EXIT_CODE, KitError, SystemFailure, UsageError, reason

COMMANDS: Final = {
    "demo": "Coba dulu: buat contoh posyandu rekaan lengkap dengan gambarnya.",
    "init": "Buat folder kerja baru untuk posyandu Anda.",
    "plan": "Susun postingan sebulan, lengkap dengan alasannya.",
    "library": "Cari di pustaka, dan tambahkan tulisannya ke kalender.",
    "check": "Periksa rencana: tunjukkan apa yang perlu diperbaiki.",
    "render": "Buat gambar dan teks untuk minggu ini.",
    "pack": "Siapkan gambar dan teks yang tinggal dikirim lewat WhatsApp.",
    "review": "Ajukan, setujui, atau kembalikan postingan; lihat sampai di mana.",
    "roster": "Daftar posting semua posyandu: sampai di mana, siapa yang belum mengirim.",
    "done": "Catat bahwa sebuah postingan sudah diposting.",
    "schedule": "Baca aturan hari buka, dan ubah jadwal satu hari.",
    "edit": "Ubah rencana tanpa pengumuman: pindah, lewati, ganti, geser, dan salin.",
    "merge": "Gabungkan dua versi berkas yang diubah bersamaan.",
    "photo": "Masukkan foto, catat siapa di dalamnya dan izinnya, atau cabut izinnya.",
    "import": "Masukkan tabel XLSX atau CSV: rencana bulan atau daftar posyandu.",
    "export": "Simpan rencana sebagai tabel, kalender, atau berkas untuk aplikasi lain.",
    "template": "Lihat, coba, dan salin model gambar.",
    "serve": "Buka aplikasi di peramban komputer ini.",
    "doctor": "Periksa apakah content-kit siap dipakai di komputer ini.",
}
"""Every command with the sentence that `--help` shows, in the order a newcomer meets them."""


def module_of(name: str) -> str:
    """The module of a command; a word of Python gets the underscore that Python asks for."""
    return f"{name}_" if keyword.iskeyword(name) else name


class _Table(IndonesianCommand, click.Group):
    """A group that knows its commands by name and imports one only to run it or show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"content_kit.cli.{module_of(cmd_name)}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Perintah"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Table, invoke_without_command=True)
@click.version_option(__version__, message="content-kit %(version)s", help="Tampilkan versi.")
@click.pass_context
def program(ctx: click.Context) -> int | None:
    """Jemput bola digital untuk posyandu: dari rencana menjadi gambar dan teks siap kirim.

    Tanpa perintah, aplikasinya terbuka di folder ini. Coba dulu: `content-kit demo`.
    """
    if ctx.invoked_subcommand is not None:
        return None
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    # A script or a pipe has no screen; under `serve` it is a browser's, and Textual's own
    # variable says so.
    if not on_terminal and "TEXTUAL_DRIVER" not in os.environ:
        click.echo(ctx.get_help())
        return None
    from content_kit.tui import start

    return start(Path(), partial(datetime.now, UTC))


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
    try:
        # Not `program.main`: it would answer a closed pipe with an exit code of its own.
        given = sys.argv[1:] if arguments is None else list(arguments)
        with program.make_context("content-kit", given) as ctx:
            code = program.invoke(ctx)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("Dihentikan. Berkas yang sudah jadi tetap utuh; jalankan lagi untuk meneruskan.")
        return 130
    except click.exceptions.NoArgsIsHelpError as bare:
        click.echo(bare.format_message(), err=True)
        return UsageError.exit_code
    except click.ClickException as wrong:
        _say(usage_sentence(wrong))
        return UsageError.exit_code
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
    return code if isinstance(code, int) else 0


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

    click.echo(shown(sentence), err=True)
