"""Plans as files for other programs: sheets, phone calendars, and the bulk files of schedulers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import UsageError
from content_kit.files import save
from content_kit.files.assets import load_channels
from content_kit.files.outputs import Outputs
from content_kit.files.paths import safe_join
from content_kit.files.tables import write_csv
from content_kit.files.workbook import Page, write_workbook
from content_kit.files.workspace import Loaded, Workspace
from content_kit.files.yaml import parse
from content_kit.findings import Finding, Level
from content_kit.model import Post, Zone
from content_kit.planning.balance import last_day
from content_kit.planning.cells import Data, data_of, dig
from content_kit.planning.feed import feed
from content_kit.planning.schedulers import files, ready, too_long
from content_kit.planning.sheets import book, csv_rows, month_page, posyandu_page
from content_kit.render import Press, Proof, Selection
from content_kit.schedule.dates import MONTHS

YEAR: Final = timedelta(days=366)

Step: TypeAlias = Callable[[int, int], None]
"""Told after each step: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Export:
    """Files by name, not yet written; how many rows or posts are in them, and what was found.

    `left` posts were not ready and are not in; `zone` is the one that times are written in.
    """

    files: tuple[tuple[str, bytes], ...]
    count: int
    findings: tuple[Finding, ...] = ()
    left: int = 0
    zone: Zone | None = None

    def write(self, outputs: Outputs, folder: Path, out: str | None = None) -> list[Path]:
        """Save the files in the usual folder or where `out` says; their paths."""
        if out is not None and len(self.files) > 1:
            out = f"{out}/"
        return [outputs.write(outputs.file(out, folder, name), data) for name, data in self.files]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a calendar says of posts, as (unit, post): which may go out as they are, and their texts."""

    sure: frozenset[tuple[str, str]]
    captions: Mapping[tuple[str, str], str] = field(default_factory=dict)


def folder(workspace: Workspace) -> Path:
    """Where exports go."""
    return safe_join(workspace.root, "keluaran", "ekspor")


def table(
    workspace: Workspace,
    kind: str,
    month: date | None = None,
    units: Sequence[str] | None = None,
    *,
    blank: bool = False,
    posyandu: bool = False,
) -> Export:
    """A month's posts, or the list of posyandu, as a sheet of `kind` ("xlsx" or "csv")."""
    loaded = workspace.load(())
    chosen = chosen_units(loaded, units)
    findings: list[Finding] = []
    page, title, name = _page(
        workspace, loaded, month, chosen, findings, every=units is None, blank=blank,
        posyandu=posyandu,
    )  # fmt: skip
    data = write_workbook(book(page, title)) if kind == "xlsx" else write_csv(csv_rows(page))
    return Export(((f"{name}.{kind}", data),), len(page.rows), tuple(findings))


def calendar(
    workspace: Workspace,
    month: date | None,
    units: Sequence[str] | None,
    *,
    now: datetime,
    today: date,
    look: Callable[[Loaded, Sequence[Post]], Looked],
) -> Export:
    """Posts and service days for phones: of a month, or of a year to come with all posts.

    `look` says of these posts which may go out as they are, and what their texts are.
    """
    loaded = workspace.load()
    chosen = {slug: loaded.posyandu[slug] for slug in chosen_units(loaded, units)}
    first, last = (month, last_day(month)) if month else (today, today + YEAR)
    posts = [
        post
        for post in loaded.posts()
        if post.unit in chosen and (month is None or first <= post.date <= last)
    ]
    names = {channel.id: channel.name for channel in load_channels(workspace)[0].values()}
    looked = look(loaded, posts)
    data = feed(
        posts, chosen, first, last, now=now, people=loaded.people,
        captions=looked.captions, names=names, sure=looked.sure,
    )  # fmt: skip
    wrong = tuple(found for found in loaded.findings if found.level is Level.ERROR)
    name = f"jadwal-{_whose(units)}{_of(month)}.ics"
    return Export(((name, data),), len(posts), wrong)


def bulk(
    press: Press,
    program: str,
    month: date | None,
    units: Sequence[str] | None,
    channel: str,
    *,
    media: str = "",
    step: Step,
    released: Callable[[Sequence[Proof]], Sequence[Proof]],
) -> Export:
    """The bulk files of a scheduling program ("buffer" or "publer") for one channel.

    What such a program gets goes out by itself, so `released` says what may leave the house of
    these: `pack/bulk.py` asks the same gate as a pack does.
    """
    if media and not media.startswith(("https://", "http://")):
        raise UsageError("--media-base-url harus diawali https://")
    first, last = (month, last_day(month)) if month else (None, None)
    chosen = set(chosen_units(press.loaded, units))
    posts = [
        post
        for post in press.select(Selection(first=first, last=last, channel=channel))
        if post.unit in chosen
    ]
    proofs = []
    for number, post in enumerate(posts, 1):
        proofs.append(press.proof(post))
        step(number, len(posts))
    every, proofs = len(proofs), list(released(proofs))
    left = every - sum(ready(proof) for proof in proofs)
    refused = {id(p): found for p in proofs if (found := too_long(program, p, channel))}
    proofs = [proof for proof in proofs if id(proof) not in refused]
    zone = proofs[0].posyandu.zone if proofs else Zone.WITA
    made = files(program, proofs, channel, zone=zone, media=media)
    named = []
    for number, data in enumerate(made, 1):
        tail = f"-{number}" if len(made) > 1 else ""
        named.append((f"{program}-{channel}{_of(month)}{tail}.csv", data))
    count = sum(ready(proof) for proof in proofs)
    return Export(tuple(named), count, tuple(refused.values()), left, zone)


def chosen_units(loaded: Loaded, units: Sequence[str] | None) -> list[str]:
    """The named units, all of them for None; UsageError for one that is not there."""
    for unit in units or ():
        loaded.unit(unit)
    return list(loaded.posyandu) if units is None else list(units)


def _page(
    workspace: Workspace,
    loaded: Loaded,
    month: date | None,
    chosen: Sequence[str],
    findings: list[Finding],
    *,
    every: bool,
    blank: bool,
    posyandu: bool,
) -> tuple[Page, str, str]:
    """The page that is meant, its title, and a name for its file."""
    if posyandu:
        said = (
            [] if blank
            else [(slug, _said(workspace, slug, "posyandu.yaml", findings)) for slug in chosen]
        )  # fmt: skip
        name = "daftar-posyandu" + ("-kosong" if blank else "")
        return posyandu_page(workspace, loaded, said), "Daftar posyandu", name
    when = f" {MONTHS[month.month - 1]} {month.year}" if month else ""
    one = chosen[0] if len(chosen) == 1 and not every else None
    title = f"Rencana{when}" + (f" {loaded.posyandu[one].name}" if one else "")
    name = f"rencana-{_whose(None if every else chosen)}{_of(month)}" + ("-kosong" if blank else "")
    if blank:
        return month_page(workspace, loaded, (), blank=list(chosen)), title, name
    if month is None:
        raise UsageError("Bulan belum disebut. Tambahkan misalnya --month 2026-12.")
    posts = [pair for slug in chosen for pair in _posts(workspace, slug, month, findings)]
    return month_page(workspace, loaded, posts), title, name


def _posts(
    workspace: Workspace, slug: str, month: date, findings: list[Finding]
) -> Iterator[tuple[str, Data]]:
    found = dig(_said(workspace, slug, f"{month:%Y-%m}.yaml", findings), ("postingan",))
    for post in found if isinstance(found, list) else ():
        if isinstance(post, dict):
            yield slug, post


def _said(workspace: Workspace, slug: str, name: str, findings: list[Finding]) -> Data:
    """What a file says; nothing, with a finding about it, when it cannot be read."""
    path = safe_join(workspace.root / "calendars", slug, name)
    if not path.is_file():
        return None
    node, wrong = parse(save.read(path).text, workspace.relative(path))
    findings += wrong
    return data_of(node)


def _whose(units: Iterable[str] | None) -> str:
    names = list(units or ())
    return names[0] if len(names) == 1 else "semua" if units is None else "pilihan"


def _of(month: date | None) -> str:
    return f"-{month:%Y-%m}" if month else ""
