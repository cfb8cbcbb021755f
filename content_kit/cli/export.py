"""`content-kit export`: plans as sheets, calendars and the bulk files of other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from content_kit.cli.opening import month_span, open_press, today
from content_kit.cli.talk import Progress, result, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    month_option,
    unit_option,
    workspace_argument,
)
from content_kit.errors import UsageError
from content_kit.files import save
from content_kit.files.paths import safe_join
from content_kit.files.save import atomic_write
from content_kit.files.tables import Page, write_csv, write_workbook
from content_kit.files.workspace import Loaded, Workspace
from content_kit.files.yaml import parse
from content_kit.findings import Level
from content_kit.model import Zone
from content_kit.planning.sheets import (
    Data,
    book,
    csv_rows,
    data_of,
    dig,
    month_page,
    posyandu_page,
)
from content_kit.schedule.dates import MONTHS

F = TypeVar("F", bound=Callable[..., Any])
_YEAR = timedelta(days=366)

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
    place, page, title, name = _page(workspace, month, unit, blank=blank, posyandu=posyandu)
    return _save(
        place, write_workbook(book(page, title)), out, f"{name}.xlsx", page, as_json=as_json
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
    place, page, _, name = _page(workspace, month, unit, blank=blank, posyandu=posyandu)
    return _save(place, write_csv(csv_rows(page)), out, f"{name}.csv", page, as_json=as_json)


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
    from content_kit.files.assets import load_channels
    from content_kit.planning.feed import feed

    place = Workspace.open(Path(workspace))
    loaded = place.load()
    units = {slug: loaded.posyandu[slug] for slug in _chosen(loaded, unit)}
    first, last = month_span(month) if month else (today(), today() + _YEAR)
    posts = [
        post
        for post in loaded.posts()
        if post.unit in units and (month is None or first <= post.date <= last)
    ]
    texts: dict[tuple[str, str], str] = {}
    if captions:
        press = open_press(workspace)
        progress = Progress("Menulis teks", quiet=as_json)
        for number, post in enumerate(posts, 1):
            proof = press.proof(post)
            texts[post.unit, post.id] = proof.texts[0].words if proof.texts else ""
            progress.show(number, len(posts))
        progress.clear()
    names = {channel.id: channel.name for channel in load_channels(place)[0].values()}
    data = feed(
        posts,
        units,
        first,
        last,
        now=datetime.now(UTC),
        people=loaded.people,
        captions=texts,
        names=names,
    )
    tell(finding for finding in loaded.findings if finding.level is Level.ERROR)
    target = _target(place, out, f"jadwal-{unit or 'semua'}{f'-{month}' if month else ''}.ics")
    atomic_write(target, data)
    _told([target], len(posts), "postingan", as_json=as_json)
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
    from content_kit.planning.schedulers import files, ready
    from content_kit.render import Selection

    if media and not media.startswith(("https://", "http://")):
        raise UsageError("--media-base-url harus diawali https://")
    press = open_press(workspace)
    first, last = month_span(month) if month else (None, None)
    posts = press.select(Selection(first=first, last=last, unit=unit, channel=channel))
    progress = Progress("Menyiapkan", quiet=as_json)
    proofs = []
    for number, post in enumerate(posts, 1):
        proofs.append(press.proof(post, channel))
        progress.show(number, len(posts))
    progress.clear()
    zones = [proof.posyandu.zone for proof in proofs]
    zone = zones[0] if zones else Zone.WITA
    folder = Path(out) if out else _folder(press.workspace)
    made = files(program, proofs, channel, zone=zone, media=media)
    targets = []
    for number, data in enumerate(made, 1):
        tail = f"-{number}" if len(made) > 1 else ""
        targets.append(folder / f"{program}-{channel}{f'-{month}' if month else ''}{tail}.csv")
        atomic_write(targets[-1], data)
    count = sum(ready(proof) for proof in proofs)
    _told(targets, count, "postingan", as_json=as_json)
    if len(proofs) > count:
        say(f"{len(proofs) - count} postingan belum siap dan tidak ikut; lihat content-kit check.")
    if targets:
        say(f"Jam ditulis menurut {zone.name}; samakan zona waktu akun {program.capitalize()}.")
    if targets and not media:
        say("Kolom gambar kosong: unggah gambarnya sendiri, atau pakai --media-base-url.")
    return 0


# Sheets


def _page(
    workspace: str, month: str | None, unit: str | None, *, blank: bool, posyandu: bool
) -> tuple[Workspace, Page, str, str]:
    """The workspace, the page that is meant, its title, and a name for its file."""
    place = Workspace.open(Path(workspace))
    loaded = place.load(())
    chosen = _chosen(loaded, unit)
    if posyandu:
        units = [] if blank else [(slug, _said(place, slug, "posyandu.yaml")) for slug in chosen]
        name = "daftar-posyandu" + ("-kosong" if blank else "")
        return place, posyandu_page(place, loaded, units), "Daftar posyandu", name
    if not month and not blank:
        raise UsageError("Bulan belum disebut. Tambahkan misalnya --month 2026-12.")
    first = month_span(month)[0] if month else None
    said = f" {MONTHS[first.month - 1]} {first.year}" if first else ""
    title = f"Rencana{said}" + (f" {loaded.posyandu[unit].name}" if unit else "")
    name = (
        f"rencana-{unit or 'semua'}" + (f"-{month}" if month else "") + ("-kosong" if blank else "")
    )
    if blank:
        return place, month_page(place, loaded, (), blank=chosen), title, name
    assert first is not None
    posts = [pair for slug in chosen for pair in _posts(place, slug, first)]
    return place, month_page(place, loaded, posts), title, name


def _posts(place: Workspace, slug: str, month: date) -> Iterable[tuple[str, Data]]:
    found = dig(_said(place, slug, f"{month:%Y-%m}.yaml"), ("postingan",))
    for post in found if isinstance(found, list) else ():
        if isinstance(post, dict):
            yield slug, post


def _said(place: Workspace, slug: str, name: str) -> Data:
    """What a file says; nothing, with a word about it, when it cannot be read."""
    path = safe_join(place.root / "calendars", slug, name)
    if not path.is_file():
        return None
    node, findings = parse(save.read(path).text, place.relative(path))
    tell(findings)
    return data_of(node)


def _chosen(loaded: Loaded, unit: str | None) -> list[str]:
    if unit is not None and unit not in loaded.posyandu:
        there = ", ".join(sorted(loaded.posyandu)) or "belum ada"
        raise UsageError(f'Posyandu "{unit}" tidak ada. Yang ada: {there}.')
    return [unit] if unit else list(loaded.posyandu)


def _save(
    place: Workspace, data: bytes, out: str | None, name: str, page: Page, *, as_json: bool
) -> int:
    target = _target(place, out, name)
    atomic_write(target, data)
    _told([target], len(page.rows), "baris", as_json=as_json)
    return 0


def _target(place: Workspace, out: str | None, name: str) -> Path:
    return Path(out) if out else _folder(place) / name


def _folder(place: Workspace) -> Path:
    return safe_join(place.root, "keluaran", "ekspor")


def _told(targets: list[Path], count: int, what: str, *, as_json: bool) -> None:
    if as_json:
        result_json({"files": [path.as_posix() for path in targets], "count": count})
        return
    for path in targets:
        result(str(path))
    say(f"{count} {what}." if targets else "Tidak ada yang dapat ditulis.")
