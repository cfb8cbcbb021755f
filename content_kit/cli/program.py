"""The table of commands: each in a small module of its own that is loaded when called.

Nothing heavy is imported for `--help`: Pillow, holidays and Textual stay out until a command
needs them. Results go to stdout or into files, conversation to stderr.
"""

from __future__ import annotations

import importlib
import keyword
from collections.abc import Sequence
from typing import Final

import click

from content_kit import __version__
from content_kit.cli.words import IndonesianCommand, usage_sentence
from content_kit.errors import UsageError

COMMANDS: Final = {
    "demo": "Coba dulu: buat contoh posyandu rekaan lengkap dengan gambarnya.",
    "init": "Buat folder kerja baru untuk posyandu Anda.",
    "posyandu": "Lihat dan ubah data posyandu: nama, nomor, hari buka, layanan, dan orangnya.",
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


@click.group(cls=_Table)
@click.version_option(__version__, message="content-kit %(version)s", help="Tampilkan versi.")
def program() -> None:
    """Jemput bola digital untuk posyandu: dari rencana menjadi gambar dan teks siap kirim.

    Tanpa perintah, aplikasinya terbuka di folder ini. Coba dulu: `content-kit demo`.
    """


def invoke(arguments: Sequence[str]) -> int:
    """The exit code of one command; what click has to say is said in Indonesian on stderr.

    KeyboardInterrupt and every exception that is not click's go to the caller.
    """
    from content_kit.cli.talk import say
    from content_kit.files.save import remarks

    disk: list[str] = []
    try:
        # Not `program.main`: it would answer a closed pipe with an exit code of its own.
        with remarks() as disk, program.make_context("content-kit", list(arguments)) as ctx:
            code = program.invoke(ctx)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.NoArgsIsHelpError as bare:
        click.echo(bare.format_message(), err=True)
        return UsageError.exit_code
    except click.ClickException as wrong:
        raise UsageError(usage_sentence(wrong)) from None
    for words in disk:
        say(words)
    return code if isinstance(code, int) else 0
