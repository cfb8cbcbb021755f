"""Plans two years for three posyandu of one village, and says how long the library lasts.

    python bench/library.py [MONTHS]

Printed for each posyandu: the share of the texts that fit it which were used, and for each pillar
the weeks to the first repeat; then how often neighbours told the same text in one week.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from content_kit.files import bundled
from content_kit.files.assets import load_observances
from content_kit.files.workspace import Workspace
from content_kit.model import Audience, Hours, Person, Pillar, Post, Posyandu, ServiceDay, Zone
from content_kit.planning.balance import last_day, next_month
from content_kit.planning.brief import Brief
from content_kit.planning.choice import invites
from content_kit.planning.desk import neighbours
from content_kit.planning.library import Entry, load_library
from content_kit.planning.month import plan_month
from content_kit.planning.strategy import Strategy, load_strategy
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.observances import observances

START = date(2026, 12, 1)
MONTHS = 24
PEOPLE = tuple(
    Person(f"kader-{name}", f"Kader {name}", units=("ibu", "semua", "dua")) for name in "abc"
)


@dataclass(frozen=True)
class Outcome:
    """What two years made of the library: posts by unit, and the texts that fitted each unit."""

    posts: dict[str, list[Post]]
    fitting: dict[str, set[str]]
    pillars: dict[str, Pillar]

    def share(self, unit: str) -> float:
        """The part of what fits a unit that was used at least once."""
        used = {post.entry for post in self.posts[unit]}
        return len(used & self.fitting[unit]) / len(self.fitting[unit])

    def room(self, unit: str) -> float:
        """The most that could be used: a unit with few free days has fewer posts than texts."""
        slots = Counter(post.pillar for post in self.posts[unit])
        texts = Counter(self.pillars[id] for id in self.fitting[unit])
        return sum(min(texts[one], slots[one]) for one in Pillar) / len(self.fitting[unit])

    def unused(self, unit: str) -> list[str]:
        """The texts that fit and were never used."""
        return sorted(self.fitting[unit] - {post.entry for post in self.posts[unit]})

    def repeat(self, unit: str, pillar: Pillar) -> int | None:
        """Weeks from the beginning to the first text of a pillar that comes again."""
        seen: set[str] = set()
        for post in sorted(self.posts[unit], key=lambda post: (post.date, post.time)):
            if post.pillar is pillar and post.entry:
                if post.entry in seen:
                    return (post.date - START).days // 7
                seen.add(post.entry)
        return None

    def overlaps(self) -> tuple[int, int]:
        """Pairs of neighbours that told the same text in one week, of all texts that were told."""
        weeks: dict[tuple[str, date], set[str]] = defaultdict(set)
        for unit, posts in self.posts.items():
            for post in posts:
                monday = post.date - timedelta(days=post.date.weekday())
                weeks[post.entry, monday].add(unit)
        return sum(len(units) - 1 for units in weeks.values()), sum(map(len, self.posts.values()))


def three() -> list[Posyandu]:
    """A posyandu for mothers and children, one for all ages, one with two service days."""
    kia = (Audience.BUMIL_NIFAS_BUSUI, Audience.BAYI, Audience.BALITA_APRAS)
    old = (Audience.DEWASA, Audience.LANSIA)

    def day(id: str, rule: str, who: Sequence[Audience], services: str) -> ServiceDay:
        hours = Hours(time(8), time(11))
        return ServiceDay(
            id, "Hari buka", rule, hours, "Balai", tuple(who), tuple(services.split())
        )

    def unit(name: str, *days: ServiceDay) -> Posyandu:
        return Posyandu(
            f"uji-{name}", name, f"Posyandu {name}", "Desa Uji", "Kecamatan Uji",
            "Kabupaten Uji", Zone.WITA, service_days=days, fictional=True,
        )  # fmt: skip

    return [
        unit("ibu", day("kia", "selasa ke-2", kia, "timbang imunisasi periksa_hamil")),
        unit("semua", day("ilp", "kamis ke-3", tuple(Audience), "timbang imunisasi periksa_hamil tensi")),
        unit(
            "dua",
            day("kia", "rabu ke-1", kia, "timbang imunisasi periksa_hamil pojok_baca"),
            day("lansia", "rabu ke-4", old, "tensi lansia"),
        ),
    ]  # fmt: skip


def run(months: int, units: Sequence[Posyandu]) -> Outcome:
    """Plan so many months for these units, each after the other, with all that was planned before."""
    workspace = Workspace.open(bundled.root())
    library, _ = load_library(workspace)
    strategy, _ = load_strategy(workspace, "jemput-bola-digital")
    rows, _, _ = load_observances(workspace)
    if strategy is None:
        raise SystemExit("the bundled strategy cannot be read")
    book, month = Holidays(), START
    posts: dict[str, list[Post]] = {unit.slug: [] for unit in units}
    for _ in range(months):
        days = tuple(observances(rows, month, last_day(month)))
        for unit in units:
            plan = plan_month(
                unit, month, strategy=strategy, library=library, holidays=book, observances=days,
                past=posts[unit.slug], people=PEOPLE, neighbours=neighbours(unit, units),
            )  # fmt: skip
            posts[unit.slug] += [planned.post for planned in plan.posts]
        month = next_month(month)
    spans = [START + timedelta(days=number) for number in range(0, months * 30, 7)]
    return Outcome(
        posts,
        {unit.slug: fitting(unit, library, strategy, book, spans) for unit in units},
        {entry.id: entry.pillar for entry in library},
    )


def fitting(
    unit: Posyandu,
    library: Iterable[Entry],
    strategy: Strategy,
    book: Holidays,
    days: Sequence[date],
) -> set[str]:
    """The texts that may be told at a posyandu on any of these days."""
    brief = Brief(unit, START, strategy, tuple(library), book, (), (), date.min)

    def calls(entry: Entry) -> bool:
        if entry.pillar is Pillar.JADWAL:
            return any(invites(entry.audience, day.audience) for day in unit.service_days)
        if not entry.recap:
            return entry.pillar is not Pillar.KEGIATAN
        return any(
            set(entry.services) <= set(day.services) and set(entry.audience) & set(day.audience)
            for day in unit.service_days
        )

    return {
        entry.id
        for entry in library
        if calls(entry) and any(brief.fits(entry, day) for day in days)
    }


def main() -> None:
    """Print the table."""
    units = three()
    outcome = run(int(sys.argv[1]) if len(sys.argv) > 1 else MONTHS, units)
    print(f"{'posyandu':<10}{'posts':>6}{'fit':>6}{'used':>7}{'of':>7}  weeks to the first repeat")
    for unit in units:
        weeks = ", ".join(
            f"{pillar.value} {outcome.repeat(unit.slug, pillar) or '-'}" for pillar in Pillar
        )
        share = f"{outcome.share(unit.slug):.1%}"
        numbers = f"{len(outcome.posts[unit.slug]):>6}{len(outcome.fitting[unit.slug]):>6}"
        room = f"{outcome.room(unit.slug):.1%}"
        print(f"{unit.slug:<10}{numbers}{share:>7}{room:>7}  {weeks}")
        if unused := outcome.unused(unit.slug):
            print(f"{'':<10}never used: {', '.join(unused)}")
    same, told = outcome.overlaps()
    print(f"neighbours told the same text in one week {same} times, of {told} posts")


if __name__ == "__main__":
    main()
