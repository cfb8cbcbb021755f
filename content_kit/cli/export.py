"""`content-kit export`: plans as sheets, calendars and the bulk files of other programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from content_kit.cli.opening import month_span, now, open_press, today
from content_kit.cli.talk import Progress, result, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    month_option,
    unit_option,
    workspace_argument,
)
from content_kit.errors import ApprovalError
from content_kit.files.save import atomic_write
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.model import Post
from content_kit.pack.bulk import bulk
from content_kit.planning import exporting
from content_kit.review.reviews import Reviews

F = TypeVar("F", bound=Callable[..., Any])

_out_option = click.option(
    "--out",
    metavar="BERKAS",
    help="Berkas hasil. Bila tidak disebut: keluaran/ekspor/ di folder kerja.",
)


@click.group("export", cls=IndonesianGroup)
def command() -> None:
    """Simpan rencana sebagai tabel, kalender, atau berkas untuk aplikasi lain."""


def _sheet_options(function: F) -> F:
    for option in (
        json_option,
        _out_option,
        click.option(
            "--posyandu", is_flag=True, help="Daftar posyandu dan hari bukanya, bukan postingan."
        ),
        click.option("--blank", is_flag=True, help="Lembar kosong untuk diisi."),
        unit_option,
        month_option,
        workspace_argument,
    ):
        function = option(function)
    return function


@command.command("xlsx", cls=IndonesianCommand)
@_sheet_options
def xlsx(
    workspace: str,
    month: str | None,
    unit: str | None,
    blank: bool,
    posyandu: bool,
    out: str | None,
    as_json: bool,
) -> int:
    """Tabel Excel dengan daftar pilihan dan petunjuk."""
    return _table(
        "xlsx", workspace, month, unit, out, blank=blank, posyandu=posyandu, as_json=as_json
    )


@command.command("csv", cls=IndonesianCommand)
@_sheet_options
def csv_(
    workspace: str,
    month: str | None,
    unit: str | None,
    blank: bool,
    posyandu: bool,
    out: str | None,
    as_json: bool,
) -> int:
    """Tabel CSV, dibuka dengan program tabel apa pun."""
    return _table(
        "csv", workspace, month, unit, out, blank=blank, posyandu=posyandu, as_json=as_json
    )


@command.command("ics", cls=IndonesianCommand)
@workspace_argument
@month_option
@unit_option
@click.option("--captions", is_flag=True, help="Sertakan teks setiap postingan (lebih lama).")
@_out_option
@json_option
def ics(
    workspace: str,
    month: str | None,
    unit: str | None,
    captions: bool,
    out: str | None,
    as_json: bool,
) -> int:
    """Kalender postingan dan hari buka untuk ponsel.

    Tanpa --month: hari buka setahun ke depan dan semua postingan.
    """

    def texts(posts: Sequence[Post]) -> dict[tuple[str, str], str]:
        progress = Progress("Menulis teks", quiet=as_json)
        found = exporting.captions(open_press(workspace), posts, progress.show)
        progress.clear()
        return found

    place = Workspace.open(Path(workspace))
    made = exporting.calendar(
        place,
        month_span(month)[0] if month else None,
        _units(unit),
        now=datetime.now(UTC),
        today=today(),
        texts=texts if captions else None,
    )
    tell(made.findings)
    _told([_write(place, made, out)], made.count, "postingan", as_json=as_json)
    return 0


def _bulk(program: str) -> Callable[..., int]:
    def run(
        workspace: str,
        month: str | None,
        unit: str | None,
        channel: str,
        media_base_url: str,
        out: str | None,
        as_json: bool,
    ) -> int:
        return _write_bulk(
            program, workspace, month, unit, channel, media_base_url, out, as_json=as_json
        )

    for option in (
        json_option,
        click.option("--out", metavar="FOLDER", help="Folder hasil. Bila tidak disebut: keluaran/ekspor/ di folder kerja."),
        click.option("--media-base-url", default="", metavar="ALAMAT", help="Alamat web tempat folder keluaran/ dapat dibuka."),
        click.option("--channel", default="fb", metavar="KANAL", help="Tempat posting (fb)."),
        unit_option,
        month_option,
        workspace_argument,
    ):  # fmt: skip
        run = option(run)
    run.__doc__ = f"Berkas unggahan {program.capitalize()} untuk satu tempat posting."
    return run


command.command("buffer", cls=IndonesianCommand)(_bulk("buffer"))
command.command("publer", cls=IndonesianCommand)(_bulk("publer"))


def _write_bulk(
    program: str,
    workspace: str,
    month: str | None,
    unit: str | None,
    channel: str,
    media: str,
    out: str | None,
    *,
    as_json: bool,
) -> int:
    press = open_press(workspace)
    progress = Progress("Menyiapkan", quiet=as_json)
    made, passed = bulk(
        Reviews(press, now()),
        program,
        month_span(month)[0] if month else None,
        _units(unit),
        channel,
        media=media,
        step=progress.show,
    )
    progress.clear()
    targets = made.write(Path(out) if out else exporting.folder(press.workspace))
    _told(targets, made.count, "postingan", as_json=as_json)
    if not as_json:
        tell(found for found in passed.findings if found.level is not Level.INFO)
    for sentence in passed.told():
        say(sentence)
    if made.left:
        say(f"{made.left} postingan belum siap dan tidak ikut; lihat content-kit check.")
    if targets and made.zone:
        say(
            f"Jam ditulis menurut {made.zone.name}; samakan zona waktu akun {program.capitalize()}."
        )
    if targets and not media:
        say("Kolom gambar kosong: unggah gambarnya sendiri, atau pakai --media-base-url.")
    return ApprovalError.exit_code if passed.gate.broken else 0


def _table(
    kind: str,
    workspace: str,
    month: str | None,
    unit: str | None,
    out: str | None,
    *,
    blank: bool,
    posyandu: bool,
    as_json: bool,
) -> int:
    place = Workspace.open(Path(workspace))
    first = month_span(month)[0] if month else None
    made = exporting.table(place, kind, first, _units(unit), blank=blank, posyandu=posyandu)
    tell(made.findings)
    _told([_write(place, made, out)], made.count, "baris", as_json=as_json)
    return 0


def _units(unit: str | None) -> list[str] | None:
    return None if unit is None else [unit]


def _write(place: Workspace, made: exporting.Export, out: str | None) -> Path:
    """Save the one file of an export, where it was asked for or in its own folder."""
    if out is None:
        return made.write(exporting.folder(place))[0]
    atomic_write(Path(out), made.files[0][1])
    return Path(out)


def _told(targets: list[Path], count: int, what: str, *, as_json: bool) -> None:
    if as_json:
        result_json({"files": [path.as_posix() for path in targets], "count": count})
        return
    for path in targets:
        result(str(path))
    say(f"{count} {what}." if targets else "Tidak ada yang dapat ditulis.")
