"""`content-kit library`: search the ready texts, and add one to a calendar."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from content_kit.cli.opening import outputs, read_day, today
from content_kit.cli.talk import result, result_json, say
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    dry_run_option,
    json_option,
    no_plans,
    replace_option,
    unit_option,
    workspace_option,
)
from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import has_errors, nearest
from content_kit.model import Audience, Bidang, Pillar
from content_kit.planning.adding import Advice, add_entry, next_slot, slot_on, told, warnings
from content_kit.planning.library import Entry
from content_kit.planning.reading import mark_read
from content_kit.planning.search import last_uses, load_everyday, search
from content_kit.schedule.dates import clock, short_date
from content_kit.tasks.reading import (
    Progress,
    Returned,
    make_paper,
    make_sheet,
    progress,
    take_sheet,
)

E = TypeVar("E", Pillar, Bidang, Audience)


class _Group(IndonesianGroup):
    """Without the name of a command the words are searched for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["search", *args]
        return super().parse_args(ctx, args)


@click.group("library", cls=_Group)
def command() -> None:
    """Cari di pustaka, dan tambahkan tulisannya ke kalender.

    content-kit library menyusui: kata yang tidak diawali nama perintah langsung dicari.
    """


@command.command("search", cls=IndonesianCommand)
@click.argument("words", nargs=-1, metavar="[KATA…]")
@click.option("--pillar", metavar="JENIS", help="Hanya jenis isi ini, misalnya edukasi.")
@click.option("--bidang", metavar="BIDANG", help="Hanya bidang ini, misalnya kesehatan.")
@click.option("--audience", metavar="SASARAN", help="Hanya untuk mereka, misalnya bayi.")
@click.option(
    "--unread", is_flag=True, help="Hanya yang ada di rencana dan belum dibaca petugas kesehatan."
)
@click.option("--now", "fitting", is_flag=True, help="Hanya yang cocok dengan musim sekarang.")
@click.option(
    "--paper",
    metavar="BERKAS",
    callback=no_plans,
    help="Simpan yang belum ditelaah sebagai PDF, untuk dibaca petugas kesehatan.",
)
@click.option(
    "--sheet",
    metavar="BERKAS",
    callback=no_plans,
    help="Simpan yang belum ditelaah sebagai XLSX; dibaca kembali oleh library read --from.",
)
@replace_option
@unit_option
@workspace_option
@json_option
def find(
    words: tuple[str, ...],
    pillar: str | None,
    bidang: str | None,
    audience: str | None,
    unread: bool,
    fitting: bool,
    paper: str | None,
    sheet: str | None,
    replace: bool,
    unit: str | None,
    workspace: str,
    as_json: bool,
) -> int:
    """Cari tulisan: setiap kata harus ada; salah ketik sedikit tidak apa-apa."""
    place = Workspace.open(Path(workspace))
    loaded = place.load()
    slug = _unit(loaded, unit)
    advice = Advice.of(place, loaded)
    day = today(loaded.posyandu[slug].zone)
    seasons = advice.seasons(loaded.posyandu[slug], day)
    found = search(
        advice.library,
        " ".join(words),
        everyday=load_everyday(place)[0],
        pillar=_one(pillar, Pillar, "--pillar"),
        bidang=_one(bidang, Bidang, "--bidang"),
        audience=_one(audience, Audience, "--audience"),
        seasons=seasons if fitting else None,
    )
    used = last_uses(loaded.posts(slug))
    if unread:
        planned = {post.entry for post in loaded.posts() if post.date >= day}
        found = [one for one in found if one.id in planned and not one.signed]
    if paper or sheet:
        waiting = [one for one in found if not one.signed]
        door, made = outputs(replace=replace), []
        if paper:
            made.append(door.write(Path(paper), make_paper(place, advice.library, waiting, day)))
        if sheet:
            made.append(door.write(Path(sheet), make_sheet(place, advice.library, waiting, day)))
        _tell_files(made, progress(advice.library), as_json=as_json)
        return 0
    for entry in found:
        if as_json:
            result_json(_as_json(entry, seasons, used))
        else:
            marks = [entry.pillar.value, checked(entry)]
            marks += [f"dipakai {short_date(used[entry.id])}"] if entry.id in used else []
            result(f"{entry.id}: {entry.title} ({', '.join(marks)})")
    if not as_json:
        say(f"{len(found)} tulisan." if found else "Tidak ada yang cocok. Coba kata yang lain.")
        say(progress(advice.library).sentence())
    return 0


def _tell_files(made: Iterable[Path], left: Progress, *, as_json: bool) -> None:
    if as_json:
        result_json({"files": [str(path) for path in made], "left": left.left, "all": left.all})
        return
    for path in made:
        result(str(path))
    say(left.sentence())


@command.command("add", cls=IndonesianCommand)
@click.argument("entry", metavar="ID")
@unit_option
@click.option(
    "--date", "on", metavar="TANGGAL", help="Hari postingan. Bila tidak disebut: dipilihkan."
)
@workspace_option
@dry_run_option
@json_option
def add(
    entry: str, unit: str | None, on: str | None, workspace: str, dry_run: bool, as_json: bool
) -> int:
    """Tambahkan satu tulisan pustaka ke kalender sebuah posyandu."""
    place = Workspace.open(Path(workspace))
    if not dry_run:
        place.fill_ids(None, random.SystemRandom())
    loaded = place.load()
    slug = _unit(loaded, unit)
    if unit is None and len(loaded.posyandu) > 1:
        raise UsageError(f"Sebut --unit. Yang ada: {', '.join(sorted(loaded.posyandu))}.")
    advice = Advice.of(place, loaded)
    chosen = advice.entry(entry)
    day = today(loaded.posyandu[slug].zone)
    if on:
        slot = slot_on(advice, loaded, slug, chosen, read_day(on, "--date"))
    else:
        slot = next_slot(advice, loaded, slug, chosen, day)
    pages, post = add_entry(advice, place, loaded, slug, chosen, slot)
    if not dry_run:
        pages.save()
    if as_json:
        result_json(
            {
                "dry_run": dry_run,
                "unit": slug,
                "post": post.id,
                "entry": chosen.id,
                "date": slot.day.isoformat(),
                "time": clock(slot.at),
                "duty": post.duty,
                "file": pages.done[-1].file,
                "notes": warnings(advice, loaded, slug, chosen, slot),
            }
        )
        return 0
    for note in warnings(advice, loaded, slug, chosen, slot):
        say(f"Perlu dilihat: {note}")
    result(f"{pages.done[-1].file}: {told(loaded.posyandu[slug], chosen, slot)}")
    if dry_run:
        say("Ini baru percobaan: tidak ada yang ditulis.")
    return 0


@command.command("read", cls=IndonesianCommand)
@click.argument("ids", nargs=-1, metavar="[ID…]")
@click.option(
    "--from", "sheet", metavar="BERKAS", help="Lembar yang sudah diisi, dari library --sheet."
)
@click.option("--by", required=True, metavar="NAMA", help="Nama petugas kesehatan yang membacanya.")
@click.option("--role", required=True, metavar="PERAN", help="Perannya, misalnya bidan.")
@click.option(
    "--date", "on", metavar="TANGGAL", help="Hari membacanya. Bila tidak disebut: hari ini."
)
@workspace_option
@dry_run_option
@json_option
def read(
    ids: tuple[str, ...],
    sheet: str | None,
    by: str,
    role: str,
    on: str | None,
    workspace: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Catat bahwa petugas kesehatan sudah membaca tulisan pustaka ini.

    Postingan yang akan datang dengan tulisan yang sama ikut tercatat; yang sudah diubah tidak.
    """
    if bool(ids) is bool(sheet):
        raise UsageError("Sebut ID tulisannya, atau --from BERKAS; salah satu saja.")
    place = Workspace.open(Path(workspace))
    day = read_day(on, "--date") if on else today()
    loaded = place.load()
    taken: Returned | None = None
    if sheet:
        library = Advice.of(place, loaded).library
        taken = take_sheet(place, loaded, library, Path(sheet), by, role, day, today())
        pages = taken.pages
    else:
        pages = mark_read(place, loaded, ids, by, role, day, today())
    done = pages.done if pages else []
    if pages and not dry_run:
        pages.save()
    wrong = bool(taken and has_errors(taken.findings))
    if as_json:
        told = [{"file": one.file, "what": one.what} for one in done]
        result_json({"dry_run": dry_run, "done": told, **(_told_sheet(taken) if taken else {})})
        return int(wrong)
    for one in done:
        result(one.what)
    for line in _said_sheet(taken) if taken else ():
        say(line)
    if dry_run:
        say("Ini baru percobaan: tidak ada yang ditulis.")
    return int(wrong)


def _told_sheet(taken: Returned) -> dict[str, object]:
    return {
        "remarks": [
            {"id": one.id, "right": one.right, "note": one.remark} for one in taken.remarks
        ],
        "changed": list(taken.changed),
        "findings": [found.as_json() for found in taken.findings],
    }


def _said_sheet(taken: Returned) -> Iterator[str]:
    """What a sheet says besides what was written down."""
    for one in taken.remarks:
        state = "catatan" if one.right else "perlu diubah"
        yield f"{one.id}: {state}{f': {one.remark}' if one.remark else '.'}"
    for title in taken.changed:
        yield f'"{title}" sudah berubah sejak lembarnya dibuat, jadi belum dicatat.'
    for found in taken.findings:
        yield found.sentence()
    yield f"{len(taken.read)} tulisan tercatat sudah ditelaah."


def checked(entry: Entry) -> str:
    """How far the sources of an entry were read, in words."""
    if not entry.sources:
        return "tanpa sumber"
    return "sudah ditelaah" if entry.signed else "belum ditelaah nakes"


def _unit(loaded: Loaded, unit: str | None) -> str:
    if unit is None and loaded.posyandu:
        return min(loaded.posyandu)
    return loaded.unit(unit or "").slug


def _one(text: str | None, words: type[E], option: str) -> E | None:
    if text is None:
        return None
    known = {str(word): word for word in words}
    if text not in known:
        hint = nearest(text, known, f"Pilih: {', '.join(known)}.")
        raise UsageError(f'{option}: "{text}" tidak dikenal. {hint}')
    return known[text]


def _as_json(entry: Entry, seasons: frozenset[str], used: Mapping[str, date]) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "pillar": entry.pillar.value,
        "bidang": entry.bidang.value,
        "audience": [word.value for word in entry.audience],
        "template": entry.template,
        "season": list(entry.season),
        "fits_now": not entry.season or bool(set(entry.season) & seasons),
        "sources": [source.name for source in entry.sources],
        "verified": entry.verified,
        "reviewed": entry.signed,
        "last_used": used[entry.id].isoformat() if entry.id in used else None,
    }
