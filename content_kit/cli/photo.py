"""`content-kit photo`: take photos in with their consent, list them, and take a consent back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from content_kit.cli.opening import read_day, today
from content_kit.cli.talk import result, result_json, say
from content_kit.cli.words import (
    F,
    IndonesianCommand,
    IndonesianGroup,
    dry_run_option,
    json_option,
    workspace_option,
)
from content_kit.errors import UsageError
from content_kit.files.assets import load_channels
from content_kit.files.paths import safe_join
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import nearest
from content_kit.model import Consent, PeopleInPhoto, Post
from content_kit.planning import photos
from content_kit.schedule.dates import clock, short_date

_TURNS = {"right": 1, "half": 2, "left": 3}
_ANSWERS = {"ya": True, "tidak": False}


@click.group("photo", cls=IndonesianGroup)
def command() -> None:
    """Masukkan foto, catat siapa di dalamnya dan izinnya, atau cabut izinnya."""


def _described_options(function: F) -> F:
    options: tuple[Callable[[F], F], ...] = (
        click.option(
            "--people",
            type=click.Choice([word.value for word in PeopleInPhoto]),
            required=True,
            metavar="SIAPA",
            help="Siapa yang bisa dikenali: tidak_ada, dewasa, atau anak.",
        ),
        click.option("--number", metavar="NOMOR", help="Nomor surat izinnya."),
        click.option("--purpose", default="", metavar="TUJUAN", help="Untuk apa izinnya."),
        click.option(
            "--channels",
            default="",
            metavar="KANAL",
            help="Tempat posting yang diizinkan, misalnya wa-grup,fb. Bila tidak disebut: semua.",
        ),
        click.option("--given", metavar="TANGGAL", help="Tanggal izin diberikan."),
        click.option("--until", metavar="TANGGAL", help="Hari terakhir izin berlaku."),
        click.option(
            "--guardian", is_flag=True, help="Izin anak ditandatangani orang tua atau walinya."
        ),
        click.option(
            "--child-agreed",
            type=click.Choice([*_ANSWERS, "belum"]),
            default="belum",
            metavar="JAWABAN",
            help="Jawaban anak sendiri: ya, tidak, atau belum (belum bisa ditanya).",
        ),
        click.option("--focus", metavar="X,Y", help="Titik yang selalu tampak, misalnya 0.5,0.3."),
    )
    for option in reversed(options):
        function = option(function)
    return function


@command.command("list", cls=IndonesianCommand)
@click.argument("units", nargs=-1, metavar="[UNIT…]")
@click.option("--inbox", metavar="FOLDER", help="Foto masuk di folder ini; - untuk folder unduhan.")
@workspace_option
@json_option
def list_photos(units: tuple[str, ...], inbox: str | None, workspace: str, as_json: bool) -> int:
    """Tunjukkan foto setiap posyandu, izinnya, dan postingan yang memakainya."""
    if inbox is not None:
        return _inbox(inbox, as_json=as_json)
    place = Workspace.open(Path(workspace))
    loaded = place.load(unit=units[0] if len(units) == 1 else None)
    for unit in units:
        if unit not in loaded.posyandu:
            raise UsageError(f'Posyandu "{unit}" tidak ada. {nearest(unit, loaded.posyandu)}')
    found = 0
    for unit in units or sorted(loaded.posyandu):
        for photo in photos.stored(place, loaded, unit, today(loaded.posyandu[unit].zone)):
            found += 1
            used = photos.used_in(loaded, unit, photo.file)
            if as_json:
                result_json(
                    {
                        "unit": unit,
                        "file": photo.file,
                        "there": photo.there,
                        "people": photo.entry.people.value if photo.entry else "",
                        "standing": photo.standing,
                        "problem": photo.problem,
                        "posts": [post.id for post in used],
                    }
                )
            else:
                ids = f", dipakai {' '.join(post.id for post in used)}" if used else ""
                result(f"{unit} {photo.file}: {photo.standing}{ids}")
    if not found and not as_json:
        say("Belum ada foto. Masukkan dengan content-kit photo add.")
    return 0


@command.command("add", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.argument("source", metavar="BERKAS", type=click.Path(path_type=Path))
@_described_options
@click.option(
    "--turn",
    type=click.Choice(list(_TURNS)),
    metavar="ARAH",
    help="Putar dulu: right (ke kanan), left (ke kiri), atau half (terbalik).",
)
@workspace_option
@json_option
def add(
    unit: str, source: Path, turn: str | None, workspace: str, as_json: bool, **given: Any
) -> int:
    """Salin foto ke folder posyandu, tegak dan tanpa data lokasi, lalu catat izinnya."""
    place = Workspace.open(Path(workspace))
    described = _described(place, **given)
    loaded = place.load(unit=unit)
    file = photos.add(place, loaded, unit, source, described, turn=_TURNS[turn] if turn else 0)
    _told_of(unit, file, described, as_json=as_json)
    return 0


@command.command("consent", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.argument("file", metavar="FOTO")
@_described_options
@workspace_option
@dry_run_option
@json_option
def consent(
    unit: str, file: str, workspace: str, dry_run: bool, as_json: bool, **given: Any
) -> int:
    """Catat siapa di foto yang sudah ada, dan izinnya; catatan lamanya diganti."""
    place = Workspace.open(Path(workspace))
    described = _described(place, **given)
    pages = photos.describe(place, place.load(unit=unit), unit, file, described)
    if not dry_run:
        pages.save()
    _told_of(unit, file, described, as_json=as_json)
    return 0


@command.command("withdraw", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.argument("file", metavar="FOTO")
@click.option("--date", "day", metavar="TANGGAL", help="Bila tidak disebut: hari ini.")
@workspace_option
@dry_run_option
@json_option
def withdraw(
    unit: str, file: str, day: str | None, workspace: str, dry_run: bool, as_json: bool
) -> int:
    """Cabut izin sebuah foto: sebut semua postingannya, dan buang gambar yang sudah jadi."""
    place = Workspace.open(Path(workspace))
    loaded = place.load(unit=unit)
    zone = loaded.posyandu[unit].zone if unit in loaded.posyandu else None
    when = read_day(day, "--date") if day else (today(zone) if zone else today())
    pages = photos.withdraw(place, loaded, unit, file, when)
    used = photos.used_in(loaded, unit, file)
    packs: list[Path] = []
    if not dry_run:
        pages.save()
        packs = _clear(place, pages.loaded(loaded), used)
    others = photos.under(loaded, unit, file)
    if as_json:
        result_json(
            {
                "unit": unit,
                "file": file,
                "withdrawn": when.isoformat(),
                "dry_run": dry_run,
                "posts": [_post(post, loaded) for post in used],
                "same_consent": others,
                "packs_removed": [place.relative(pack) for pack in packs],
            }
        )
        return 0
    for done in pages.done:
        say(f"{done.file}: {done.what}")
    for post in used:
        at = loaded.posyandu[unit].zone.name
        result(f"{unit} {post.id}: {short_date(post.date)} {clock(post.time)} {at}, {_where(post)}")
    if used:
        say("Yang sudah diposting: hapus di sana. Yang belum: ganti fotonya.")
    else:
        say("Foto ini tidak dipakai di postingan mana pun.")
    for pack in packs:
        what, how = ("Daftar", "roster") if pack.suffix in (".pdf", ".html") else ("Paket", "pack")
        say(f"{what} {place.relative(pack)} dihapus. Buat lagi dengan {how}.")
    if others:
        say(f"Nomor izin yang sama juga dipakai untuk: {', '.join(others)}.")
    if dry_run:
        say("Ini baru percobaan; tidak ada berkas yang diubah.")
    return 0


def _inbox(folder: str, *, as_json: bool) -> int:
    from content_kit.files.inbox import incoming
    from content_kit.files.user_folders import downloads_folder

    found = incoming(downloads_folder() if folder == "-" else Path(folder))
    for each in found:
        if as_json:
            result_json(
                {
                    "file": str(each.path),
                    "bytes": each.bytes,
                    "time": each.time.isoformat(),
                    "width": each.size[0] if each.size else None,
                    "height": each.size[1] if each.size else None,
                    "problem": each.problem,
                }
            )
        else:
            size = f"{each.size[0]} × {each.size[1]}" if each.size else each.problem
            result(f"{each.path.name}: {each.bytes / 1e6:.1f} MB, {size}")
    if not found and not as_json:
        say("Tidak ada foto di folder itu.")
    return 0


def _described(
    place: Workspace, *, people: str, number: str | None, purpose: str, channels: str,
    given: str | None, until: str | None, guardian: bool, child_agreed: str, focus: str | None,
) -> photos.Described:  # fmt: skip
    who = PeopleInPhoto(people)
    spot = _focus(focus) if focus else (0.5, 0.5)
    if number is None:
        if purpose or channels or given or until or guardian:
            raise UsageError("--number: sebut nomor surat izinnya.")
        return photos.checked(photos.Described(who, None, spot))
    allowed = tuple(name for name in (part.strip() for part in channels.split(",")) if name)
    known, _, _ = load_channels(place)
    for name in allowed:
        if name not in known:
            raise UsageError(f'Tempat posting "{name}" tidak ada. {nearest(name, known)}'.strip())
    said = Consent(
        number,
        purpose,
        allowed,
        _day(given, "--given"),
        _day(until, "--until"),
        guardian=guardian,
        child_agreed=_ANSWERS.get(child_agreed),
    )
    return photos.checked(photos.Described(who, said, spot))


def _day(text: str | None, option: str) -> date | None:
    return read_day(text, option) if text else None


def _focus(text: str) -> tuple[float, float]:
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        x = y = -1.0
    if 0 <= x <= 1 and 0 <= y <= 1:
        return x, y
    raise UsageError("--focus: dua angka dari 0 sampai 1, misalnya 0.5,0.3.")


def _told_of(unit: str, file: str, described: photos.Described, *, as_json: bool) -> None:
    waits = photos.waits(described)
    if as_json:
        result_json({"unit": unit, "file": file, "people": described.people.value, "waits": waits})
        return
    result(f"{unit} {file}")
    if waits:
        say(photos.NO_CONSENT)


def _clear(place: Workspace, loaded: Loaded, used: list[Post]) -> list[Path]:
    from content_kit.pack.taken_back import clear
    from content_kit.render import Press

    return clear(Press(place, loaded), used, safe_join(place.root, "keluaran"))


def _post(post: Post, loaded: Loaded) -> dict[str, object]:
    return {
        "id": post.id,
        "date": post.date.isoformat(),
        "time": clock(post.time),
        "zone": loaded.posyandu[post.unit].zone.name,
        "channels": list(post.channels),
    }


def _where(post: Post) -> str:
    return ", ".join(post.channels)
