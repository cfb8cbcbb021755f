"""Click's own words in Indonesian: help headings, usage errors and the options that commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


_USAGE_WORDS: Final = {
    "[OPTIONS]": "[PILIHAN]",
    "COMMAND [ARGS]...": "PERINTAH …",
    "[COMMAND] [ARGS]...": "[PERINTAH] …",
}


class IndonesianCommand(click.Command):
    """A command whose help page speaks Indonesian."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """`Pakai: content-kit render [PILIHAN] …`."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Pakai: ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Click's pieces with its two English placeholders replaced."""
        pieces = super().collect_usage_pieces(ctx)
        return [_USAGE_WORDS.get(piece, piece) for piece in pieces]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under an Indonesian heading; a group lists its commands after them."""
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        rows = [row for row in (option.get_help_record(ctx) for option in options) if row]
        rows = [(names, said.replace("[required]", "(wajib)")) for names, said in rows]
        if rows:
            with formatter.section("Pilihan"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help` with an Indonesian explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """`click.command` with Indonesian help."""
    return click.command(name, cls=IndonesianCommand)


class IndonesianGroup(IndonesianCommand, click.Group):
    """A group of commands whose help page speaks Indonesian."""

    command_class = IndonesianCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands of the group, each with its first sentence."""
        with formatter.section("Perintah"):
            formatter.write_dl(
                [(name, self.commands[name].get_short_help_str(80)) for name in self.commands]
            )


def usage_sentence(wrong: click.ClickException) -> str:
    """What was off in the words of a command, as one sentence with the way to its help."""
    ctx = getattr(wrong, "ctx", None)
    path = ctx.command_path if ctx is not None else "content-kit"
    if isinstance(wrong, click.NoSuchOption):
        what = f'pilihan "{wrong.option_name}" tidak ada.'
        if wrong.possibilities:
            what += f" Maksudnya {', '.join(sorted(wrong.possibilities))}?"
    elif isinstance(wrong, click.MissingParameter):
        name = wrong.param.human_readable_name if wrong.param is not None else ""
        what = f"{name} belum disebut."
    elif (
        isinstance(wrong, click.BadParameter)
        and wrong.param is not None
        and (asked := _asked(wrong.param.type))
    ):
        name = max(wrong.param.opts, key=len)
        typed = re.match(r"'(.*)' ", wrong.message)  # click tells it in its English sentence alone
        said = f' "{typed[1]}"' if typed else ""
        what = f"isi {name}{said} tidak dapat dipakai: {asked}."
    elif isinstance(wrong, click.BadParameter):
        what = wrong.message if wrong.message.endswith(".") else f"{wrong.message}."
    elif isinstance(wrong, click.FileError):
        what = f"berkas {wrong.filename} tidak bisa dibuka."
    elif "No such command" in wrong.format_message():
        what = f"perintah {wrong.format_message().split()[-1].rstrip('.')} tidak ada."
    elif "unexpected extra argument" in wrong.format_message():
        what = "ada kata yang berlebih di perintah ini."
    elif "requires an argument" in wrong.format_message():
        what = "ada pilihan yang belum diberi isi."
    elif "does not take a value" in wrong.format_message():
        what = "ada pilihan yang diberi isi, padahal tidak perlu."
    elif "Missing command" in wrong.format_message():
        what = "pilih salah satu perintahnya."
    else:
        what = wrong.format_message()
    return f"{path}: {what} Bantuan: {path} --help"


def _asked(kind: click.ParamType[Any]) -> str:
    """What a kind of value must be, in words; "" when its own message says so."""
    if isinstance(kind, click.IntRange):
        least = "" if kind.min is None else f" paling sedikit {kind.min}"
        most = "" if kind.max is None else f" paling banyak {kind.max}"
        return f"tulis angka bulat{least}{' dan' if least and most else ''}{most}"
    if isinstance(kind, click.Choice):
        return f"pilih {', '.join(map(str, kind.choices))}"
    return "tulis angka bulat, misalnya 7" if kind is click.INT else ""


workspace_argument = click.argument("workspace", default=".", metavar="[FOLDER]")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON untuk program lain."
)
week_option = click.option(
    "--week", metavar="MINGGU", help="Minggu: ini, 2026-W50, atau 2026-12-07."
)
month_option = click.option("--month", metavar="BULAN", help="Satu bulan, misalnya 2026-12.")
post_option = click.option("--post", metavar="ID", help="Hanya postingan ini.")
channel_option = click.option(
    "--channel", metavar="KANAL", help="Hanya tempat posting ini, misalnya fb."
)
unit_option = click.option("--unit", metavar="UNIT", help="Hanya posyandu ini (nama foldernya).")


def no_plans(_: click.Context, __: click.Parameter, out: str | None) -> str | None:
    """A place for results as it was given; refused before any work when plans lie there."""
    if out is not None:
        from content_kit.files.outputs import allowed

        allowed(Path(out))
    return out


out_option = click.option(
    "--out",
    metavar="FOLDER",
    callback=no_plans,
    help="Folder hasil. Bila tidak disebut: keluaran/ di folder kerja.",
)

replace_option = click.option(
    "--replace", is_flag=True, help="Ganti berkas yang sudah ada tanpa bertanya."
)

workspace_option = click.option(
    "--workspace",
    default=".",
    metavar="FOLDER",
    help="Folder kerja. Bila tidak disebut: folder ini.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Tunjukkan saja; tidak ada berkas yang diubah."
)


def when_options(function: F) -> F:
    """The options that choose a time and a unit: --week, --month, --unit."""
    return week_option(month_option(unit_option(function)))


def choice_options(function: F) -> F:
    """`when_options`, and those that choose single posts: --post, --channel."""
    return when_options(post_option(channel_option(function)))
