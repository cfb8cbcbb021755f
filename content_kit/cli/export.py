"""`content-kit export`: plans as sheets, calendars and the bulk files of other programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import click

from content_kit.cli.opening import month_span, now, open_press, outputs, today
from content_kit.cli.talk import Progress, result, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    month_option,
    no_plans,
    replace_option,
    unit_option,
    workspace_argument,
)
from content_kit.errors import ApprovalError
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.pack.bulk import bulk
from content_kit.planning import exporting
from content_kit.review.reviews import Reviews
from content_kit.tasks import calendar_files

Run: TypeAlias = Callable[..., int]
Option: TypeAlias = Callable[[Run], Run]


@click.group("export", cls=IndonesianGroup)
def command() -> None:
    """Simpan rencana sebagai tabel, kalender, atau berkas untuk aplikasi lain."""


def _export(name: str, *own: Option, out: str = "BERKAS") -> Callable[[Run], None]:
    """Make a function a command, with the options of every export around its own."""
    out_option = click.option(
        "--out",
        metavar=out,
        callback=no_plans,
        help=f"{out.capitalize()} hasil. Bila tidak disebut: keluaran/ekspor/ di folder kerja.",
    )

    def decorate(function: Run) -> None:
        options: tuple[Option, ...] = (
            workspace_argument, month_option, unit_option, *own, out_option, replace_option,
            json_option,
        )  # fmt: skip
        for option in reversed(options):
            function = option(function)
        command.command(name, cls=IndonesianCommand)(function)

    return decorate


def _table(kind: str, said: str) -> None:
    """Add the command that saves plans as sheets of one kind."""

    def run(
        workspace: str,
        month: str | None,
        unit: str | None,
        blank: bool,
        posyandu: bool,
        out: str | None,
        replace: bool,
        as_json: bool,
    ) -> int:
        place = Workspace.open(Path(workspace))
        made = exporting.table(
            place, kind, _first(month), _units(unit), blank=blank, posyandu=posyandu
        )
        tell(made.findings)
        _told([_write(place, made, out, replace=replace)], made.count, "baris", as_json=as_json)
        return 0

    run.__doc__ = said
    _export(
        kind,
        click.option("--blank", is_flag=True, help="Lembar kosong untuk diisi."),
        click.option(
            "--posyandu", is_flag=True, help="Daftar posyandu dan hari bukanya, bukan postingan."
        ),
    )(run)


_table("xlsx", "Tabel Excel dengan daftar pilihan dan petunjuk.")
_table("csv", "Tabel CSV, dibuka dengan program tabel apa pun.")


@_export(
    "ics",
    click.option("--captions", is_flag=True, help="Sertakan teks setiap postingan (lebih lama)."),
)
def ics(
    workspace: str,
    month: str | None,
    unit: str | None,
    captions: bool,
    out: str | None,
    replace: bool,
    as_json: bool,
) -> int:
    """Kalender postingan dan hari buka untuk ponsel.

    Tanpa --month: hari buka setahun ke depan dan semua postingan.
    """
    place = Workspace.open(Path(workspace))
    progress = Progress("Memeriksa", quiet=as_json)
    made = calendar_files.export(
        place,
        _first(month),
        _units(unit),
        now=now(),
        today=today(),
        captions=captions,
        step=progress.show,
    )
    progress.clear()
    tell(made.findings)
    _told([_write(place, made, out, replace=replace)], made.count, "postingan", as_json=as_json)
    return 0


def _bulk(program: str) -> None:
    """Add the command that saves the bulk file of one scheduling program."""

    def run(
        workspace: str,
        month: str | None,
        unit: str | None,
        channel: str,
        media_base_url: str,
        out: str | None,
        replace: bool,
        as_json: bool,
    ) -> int:
        press = open_press(workspace)
        progress = Progress("Menyiapkan", quiet=as_json)
        made, passed = bulk(
            Reviews(press, now()),
            program,
            _first(month),
            _units(unit),
            channel,
            media=media_base_url,
            step=progress.show,
        )
        progress.clear()
        place = exporting.folder(press.workspace)
        targets = made.write(outputs(replace=replace), place, None if out is None else f"{out}/")
        _told(targets, made.count, "postingan", as_json=as_json)
        if not as_json:
            tell(f for f in (*passed.findings, *made.findings) if f.level is not Level.INFO)
        for sentence in passed.told():
            say(sentence)
        if made.left:
            say(f"{made.left} postingan belum siap dan tidak ikut; lihat content-kit check.")
        if targets and made.zone:
            say(
                f"Jam ditulis menurut {made.zone.name}; samakan zona waktu akun {program.capitalize()}."
            )
        if targets and not media_base_url:
            say("Kolom gambar kosong: unggah gambarnya sendiri, atau pakai --media-base-url.")
        return ApprovalError.exit_code if passed.gate.broken else 0

    run.__doc__ = f"Berkas unggahan {program.capitalize()} untuk satu tempat posting."
    _export(
        program,
        click.option("--channel", default="fb", metavar="KANAL", help="Tempat posting (fb)."),
        click.option(
            "--media-base-url",
            default="",
            metavar="ALAMAT",
            help="Alamat web tempat folder keluaran/ dapat dibuka.",
        ),
        out="FOLDER",
    )(run)


_bulk("buffer")
_bulk("publer")


def _first(month: str | None) -> date | None:
    return month_span(month)[0] if month else None


def _units(unit: str | None) -> list[str] | None:
    return None if unit is None else [unit]


def _write(place: Workspace, made: exporting.Export, out: str | None, *, replace: bool) -> Path:
    """Save the one file of an export, where it was asked for or in its own folder."""
    return made.write(outputs(replace=replace), exporting.folder(place), out)[0]


def _told(targets: list[Path], count: int, what: str, *, as_json: bool) -> None:
    if as_json:
        result_json({"files": [path.as_posix() for path in targets], "count": count})
        return
    for path in targets:
        result(str(path))
    say(f"{count} {what}." if targets else "Tidak ada yang dapat ditulis.")
