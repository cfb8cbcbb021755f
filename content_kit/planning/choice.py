"""Chooses library entries: what is in season, rested, and mends the coverage most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from content_kit.files.sandbox import join_words
from content_kit.model import Audience, Bidang, Occurrence, Pillar, Post
from content_kit.planning.balance import minimum, planned_months, quarter, title_of, words_of
from content_kit.planning.brief import Brief
from content_kit.planning.library import Entry
from content_kit.planning.strategy import Beat
from content_kit.planning.thanks import is_for_kader, turn_of_kader
from content_kit.schedule.observances import Observance


def best(
    brief: Brief,
    posts: Collection[Post],
    pillar: Pillar,
    day: date,
    entries: Sequence[Entry] | None = None,
) -> Entry | None:
    """The entry that mends the coverage most among those that may be used on this day."""
    resting, titles = _resting(posts, day, brief.strategy.rest_of(pillar))
    fitting = [
        entry
        for entry in (brief.library if entries is None else entries)
        if entry.pillar is pillar
        and entry.id not in resting
        and words_of(entry.title) not in titles
        and brief.fits(entry, day)
    ]
    used = _last_use(brief, posts, fitting)
    if entries is not None:  # a day of the year returns, its text should not each year
        fitting = [
            one
            for one in fitting
            if _rested(used.get(one.id), day) >= _YEARLY and brief.has_turn(one, day)
        ]
    if not fitting:
        return None
    bidang, audience = _coverage(brief, posts)
    turn = turn_of_kader(brief, posts) if pillar is Pillar.KADER else None

    def order(entry: Entry) -> tuple[object, ...]:
        lack = bidang.get(entry.bidang, 9.0)
        reached = [audience.get(word, 9.0) for word in entry.audience] or [9.0]
        score = lack + min(reached) / 2 + sum(reached) / len(reached) / 2
        score += 0.0 if entry.signed else 0.02 if entry.verified else 0.5
        score -= 0.3 if entry.season else 0.0
        score -= 2.0 if entry.until else 0.0  # its time runs out
        wrong_turn = turn is not None and is_for_kader(entry) is not turn
        return (
            wrong_turn, not brief.has_turn(entry, day), -_rested(used.get(entry.id), day),
            round(score, 6), brief.chance(entry.id, ""),
        )  # fmt: skip

    return min(fitting, key=order)


def because(brief: Brief, entry: Entry, day: date) -> str:
    """Why an entry fits this day, for the person who reads the plan."""
    words = f"Bidang {entry.bidang.label}"
    if entry.audience:
        words += f", untuk {join_words([word.label.lower() for word in entry.audience])}"
    seasons = [one for one in entry.season if brief.is_season(one, day)]
    return f"{words}; musim {join_words(seasons)}." if seasons else f"{words}."


def announcement_entry(
    brief: Brief, posts: Collection[Post], beat: Beat, day: Occurrence, told: Collection[str]
) -> Entry | None:
    """The words that call people to a service day; `told` are those this month used already."""
    fitting = [
        entry
        for entry in brief.library
        if entry.pillar is Pillar.JADWAL
        and entry.days_before == beat.days_before
        and brief.fits(entry, day.date)
    ]
    used = _last_use(brief, posts, fitting)
    out = day.date - timedelta(days=beat.days_before)
    rest = brief.strategy.rest_of(Pillar.JADWAL)

    def order(entry: Entry) -> tuple[object, ...]:
        tired = entry.id in used and day.date - used[entry.id] < rest
        # The same words again are a smaller evil than calling people who are not served.
        return (
            _strangers(entry.audience, day.audience), _is_narrow(entry.audience, day.audience),
            entry.id in told, -_rested(used.get(entry.id), out),
            not brief.has_turn(entry, out), tired, used.get(entry.id, date.min),
            -_likeness(entry.audience, day.audience), brief.chance(entry.id, beat.sign),
        )  # fmt: skip

    return min(fitting, key=order, default=None)


def recap_entry(brief: Brief, posts: Collection[Post], day: Occurrence) -> Entry | None:
    """The story that says most about what the day offered, but not always the same one."""
    fitting = [
        entry
        for entry in brief.library
        if entry.pillar is Pillar.KEGIATAN
        and entry.recap
        and set(entry.services) <= set(day.services)
        and brief.fits(entry, day.date)
    ]
    used = _last_use(brief, posts, fitting)
    rest = brief.strategy.rest_of(Pillar.KEGIATAN)

    def order(entry: Entry) -> tuple[object, ...]:
        last = used.get(entry.id, date.min)
        tired = entry.id in used and abs(day.date - last) < rest
        like = _likeness(entry.audience, day.audience)
        about_others = bool(day.audience) and not like
        chance = brief.chance(entry.id, "rekap")
        turn = brief.has_turn(entry, day.date)
        return (about_others, not turn, tired, last, -len(entry.services), -like, chance)

    return min(fitting, key=order, default=None)


def calling(
    brief: Brief, observances: Iterable[Observance]
) -> list[tuple[Observance, list[Entry]]]:
    """The month's observances with the entries closest to each, the best matches first."""
    keys = {entry.id: _keywords_of(entry) for entry in brief.library}
    ranked: list[tuple[tuple[object, ...], Observance, list[Entry]]] = []
    for one in observances:
        if one.first > brief.last or one.last < brief.month:
            continue
        words = _keywords(one.name)
        said = {
            entry.id: len(words & keys[entry.id])
            for entry in brief.library
            if entry.pillar is Pillar.EDUKASI and (not one.bidang or entry.bidang in one.bidang)
        }
        most = max(said.values(), default=0)
        # Health alone says nothing, but the few entries of the other fields fit their day.
        if most == 0 and (not one.bidang or Bidang.KESEHATAN in one.bidang):
            continue
        closest = [entry for entry in brief.library if said.get(entry.id) == most]
        rank = (most == 0, (one.last - one.first).days, one.first, one.name)
        ranked.append((rank, one, closest))
    ranked.sort(key=lambda call: call[0])
    return [(one, closest) for _, one, closest in ranked[: brief.strategy.observances]]


def _resting(posts: Iterable[Post], day: date, rest: timedelta) -> tuple[set[str], set[str]]:
    """Entries and titles that were used too near to a day."""
    near = [post for post in posts if abs(post.date - day) < rest]
    return {post.entry for post in near if post.entry}, {title_of(post) for post in near}


_YEARLY: Final = 2
"""The half years between two uses of a text for days that come back each year."""


def _rested(last: date | None, day: date) -> int:
    """How long a text has rested, in half years up to 5; one that was never used comes first.

    Whole half years, so that between texts that rested about as long the coverage decides.
    """
    return 6 if last is None else min(5, abs(day - last).days // 182)


def _last_use(brief: Brief, posts: Iterable[Post], entries: Iterable[Entry]) -> dict[str, date]:
    ids = {entry.id for entry in entries}
    used = {id: day for id, day in brief.uses.items() if id in ids}
    for post in posts:
        if post.entry in ids:
            used[post.entry] = max(post.date, used.get(post.entry, date.min))
    return used


def _coverage(
    brief: Brief, posts: Iterable[Post]
) -> tuple[dict[Bidang, float], dict[Audience, float]]:
    """How much of its minimum each bidang and audience has; the lowest is lacking most."""
    months = quarter(brief.month)
    counted = [
        post
        for post in posts
        if post.pillar is not Pillar.JADWAL and post.date.replace(day=1) in months
    ]
    planned = planned_months(counted, brief.month)
    fields = Counter(post.bidang for post in counted)
    groups = Counter(word for post in counted for word in set(post.audience))
    return (
        {
            one: fields[one] / minimum(number, planned)
            for one, number in brief.strategy.bidang.items()
        },
        {
            one: groups[one] / minimum(number, planned)
            for one, number in brief.strategy.audience.items()
        },
    )


def _strangers(called: Sequence[Audience], served: Sequence[Audience]) -> int:
    """How many groups a text calls that the service day does not serve; a day may serve all."""
    return len(set(called) - set(served)) if served else 0


def invites(called: Sequence[Audience], served: Sequence[Audience]) -> bool:
    """Whether an invitation is right for a day: it calls nobody else, and half of those served."""
    return not _strangers(called, served) and not _is_narrow(called, served)


def _is_narrow(called: Sequence[Audience], served: Sequence[Audience]) -> bool:
    """Whether a text calls fewer than half of those served: the others would stay at home.

    A day that names nobody serves everybody.
    """
    here = set(served) or set(Audience)
    return bool(called) and 2 * len(here & set(called)) < len(here)


def _likeness(some: Sequence[Audience], others: Sequence[Audience]) -> float:
    """How alike two groups of people are: 1 for the same, 0 for strangers."""
    both, either = set(some) & set(others), set(some) | set(others)
    return len(both) / len(either) if either else 1.0


_EMPTY_WORDS: Final = frozenset(
    {
        "hari",
        "pekan",
        "bulan",
        "sedunia",
        "nasional",
        "internasional",
        "dunia",
        "indonesia",
        "tahun",
        "pakai",
        "sebulan",
        "putaran",
        "peduli",
        "gerakan",
        "provinsi",
        "kalimantan",
        "selatan",
        "dan",
        "untuk",
        "anak",
    }
)


def _keywords(text: str) -> set[str]:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word for word in words_of(split).split() if len(word) > 2} - _EMPTY_WORDS


def _keywords_of(entry: Entry) -> set[str]:
    return _keywords(" ".join([entry.title, entry.label, *entry.hashtags]))
