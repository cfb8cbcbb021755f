"""What the log says of a unit's rows, beside what a check found: when only the log changes, nothing is checked again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from content_kit.findings import Finding, Level
from content_kit.model import Person, Posyandu
from content_kit.review.events import Kind, Log
from content_kit.review.log import FOLDER as LOG_FOLDER
from content_kit.review.memory import Memory
from content_kit.review.reviews import Reviews
from content_kit.review.status import Known, Standing, standing
from content_kit.roster.view import Row, Unit
from content_kit.schedule.dates import plain_date

MAX_TITLE: Final = 200
MAX_NAME: Final = 120
MAX_CODES: Final = 12
MAX_FINDINGS: Final = 20
MAX_CAPTION: Final = 3_000
LOOK_AGAIN: Final = timedelta(hours=1)
"""How long statuses hold beside a log with something wrong in it: a note may come from the future."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found out about one unit's posts of a period.

    `findings` belong to none of its rows: a file that cannot be read, a log with a gap. `until`
    is when its statuses may be others without any file changing; None is never. `seen` stands for
    what this machine remembered of its log, `pins` for the keys it believes, `log` for the log itself.
    `bases` are the posts by their id, without their log.
    """

    unit: Unit
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()
    until: datetime | None = None
    seen: str = ""
    bases: Mapping[str, Basis] = field(default_factory=dict)
    pins: str = ""
    log: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a row rests on besides the log: when only that changes, nothing is checked again.

    `plain` says that the post is unchanged library text, whatever was approved before.
    """

    known: Known
    plain: bool


def restated(reviews: Reviews, checked: Checked, first: date) -> Checked:
    """What a check of a unit comes to with the log that it has now; its posts are as they were.

    `reviews` need not have read its posts, only the posyandu.
    """
    loaded, slug = reviews.press.loaded, checked.unit.slug
    posyandu, log, desk = loaded.posyandu[slug], reviews.log(slug), reviews.desk(slug)
    files, handed = reviews.approved_files(slug), handed_in_on(log, posyandu)
    rows, found = [], []
    for row in checked.rows:
        basis = checked.bases[row.post]
        now = standing(basis.known, log.of(row.post), desk, files)
        found.append(now)
        handed_in = handed.get(row.post)
        rows.append(with_log(row, now, basis.plain, posyandu, loaded.people, handed_in))
    folder = f"calendars/{slug}/{LOG_FOLDER}"
    told = loose(reviews.findings(), slug, first, {row.post for row in rows})
    kept = (one for one in checked.findings if not f"{one.place.file}/".startswith(f"{folder}/"))
    findings = (*kept, *told)[:MAX_FINDINGS]
    broken = sum(one.level is Level.ERROR for one in findings)
    return replace(
        checked,
        unit=replace(checked.unit, broken=broken),
        rows=tuple(rows),
        findings=findings,
        until=until(reviews, slug, found),
        seen=seen(reviews.memory, checked.unit.id),
    )


def with_log(
    row: Row,
    now: Standing,
    plain: bool,
    posyandu: Posyandu,
    people: Mapping[str, Person],
    handed_in: date | None,
) -> Row:
    """A row with all that the log says of it."""
    return replace(
        row,
        status=now.status.value,
        as_library=plain and not now.differs,
        fast=now.fast,
        handed_in=handed_in,
        decided=_decided(now, posyandu, people)[:MAX_CAPTION],
        submitters=now.submitters[:MAX_CODES],
        approvers=now.approvers[:MAX_CODES],
        steps=_next_steps(now),
    )


def until(reviews: Reviews, slug: str, states: Iterable[Standing]) -> datetime | None:
    """When the statuses of a unit may be others without any file changing; None is never."""
    ends = [state.until for state in states if state.until is not None]
    folder = f"calendars/{slug}/"
    if any(found.place.file.startswith(folder) for found in reviews.findings()):
        ends.append(reviews.now + LOOK_AGAIN)
    return min(ends, default=None)


def _decided(state: Standing, posyandu: Posyandu, people: Mapping[str, Person]) -> str:
    """Who decided last, when and with which note; "" when nobody did."""
    event = state.deciding
    if event is None:
        return ""
    names = [people[id].name if id in people else id for id in state.approvers or (event.by,)]
    when = plain_date(event.at.astimezone(posyandu.zone.tz).date())
    note = f": {event.note}" if event.note else ""
    return f"{', '.join(names)}, {when}{note}"


def _next_steps(state: Standing) -> tuple[str, ...]:
    """The roles that may approve it next; "" stands for anybody."""
    still = state.open_steps[:1] if state.ordered else state.open_steps
    return tuple(role for step in still for role in sorted(map(str, step.roles)) or [""])


def handed_in_on(log: Log, posyandu: Posyandu) -> dict[str, date]:
    """The day on which each post was handed in for the first time."""
    found: dict[str, date] = {}
    for event in sorted(log.events, key=lambda event: event.at):
        for entry in event.entries if event.kind is Kind.SUBMIT else ():
            found.setdefault(entry.post, event.at.astimezone(posyandu.zone.tz).date())
    return found


def seen(memory: Memory, unit: str) -> str:
    """What a machine remembers of a unit's log, as one digest.

    A folder that was put back to last week has the files of then, and must not get its statuses.
    """
    heads = sorted((name, one) for name, one in memory.heads.items() if f" {unit} " in f"{name} ")
    return sha256(repr((memory.broken, heads)).encode("utf-8", "replace")).hexdigest()


def pinned(memory: Memory) -> str:
    """The keys and policies that a machine believes, as one digest: whose word holds here."""
    policies = sorted((name, str(word)) for name, word in memory.policies.items())
    told = repr((memory.broken, sorted(memory.pins.items()), policies))
    return sha256(told.encode("utf-8", "replace")).hexdigest()


def loose(
    findings: Iterable[Finding], slug: str, first: date, posts: Collection[str]
) -> Iterator[Finding]:
    """What is wrong with a unit beside its rows, as far as it concerns this month."""
    folder = f"calendars/{slug}/"
    count = 0
    for found in findings:
        name = found.place.file.removeprefix(folder)
        other_month = name[:4].isdigit() and not name.startswith(f"{first:%Y-%m}")
        if (
            not found.place.file.startswith(folder)
            or found.post in posts
            or found.level is Level.INFO
            or other_month
        ):
            continue
        count += 1
        if count > MAX_FINDINGS:
            return
        yield found
