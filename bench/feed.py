"""Plans three months for four posyandu, lays out every feed picture, and says what a follower sees.

    python bench/feed.py [MONTHS]

Printed for each posyandu and month: how many posts and compositions, the largest share of one, and
how many neighbours beside and below (in three columns) have the same; then over all pictures the
words, sizes of type, smallest type, pale texts, and titles with a line of one word.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from statistics import median

from content_kit.context import build
from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_observances, load_palette, load_services
from content_kit.files.looks import COLUMNS
from content_kit.files.templates import Template, load_template
from content_kit.files.workspace import Workspace
from content_kit.model import Audience, Hours, Person, Post, Posyandu, ServiceDay, Zone
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import Scene, TextItem
from content_kit.planning.balance import last_day, next_month
from content_kit.planning.library import Entry, load_library
from content_kit.planning.month import plan_month
from content_kit.planning.strategy import load_strategy
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.observances import observances
from content_kit.schedule.occurrences import resolve

START = date(2027, 1, 1)
MONTHS = 3
FOOT = 3.0  # hundredths of the short side: nothing below it asks for anything
TITLE = 4.6  # what is larger is read as a title
PEOPLE = tuple(Person(f"k{n}", f"Kader {n}", units=("a", "b", "c", "d")) for n in range(4))


def units() -> list[Posyandu]:
    """Four posyandu of two villages: two for mothers and children, one for all ages, one with two days."""
    kia = (Audience.BAYI, Audience.BALITA_APRAS, Audience.BUMIL_NIFAS_BUSUI)
    mothers = ("timbang", "imunisasi", "periksa_hamil")

    def day(
        id: str, rule: str, audience: Sequence[Audience], services: Sequence[str]
    ) -> ServiceDay:
        return ServiceDay(
            id, "Hari buka", rule, Hours(time(8), time(11)), "Balai RW 05", tuple(audience),
            tuple(services), ("Buku KIA",),
        )  # fmt: skip

    def unit(slug: str, village: str, *days: ServiceDay) -> Posyandu:
        return Posyandu(
            slug=slug, id=f"contoh-{slug}", name=f"Posyandu {slug.upper()}", village=village,
            district="Kecamatan Contoh", regency="Kabupaten Contoh", zone=Zone.WITA,
            service_days=days,
        )  # fmt: skip

    return [
        unit("a", "Desa Contoh Hulu", day("kia", "selasa ke-2", kia, mothers)),
        unit("b", "Desa Contoh Hulu", day("semua", "kamis ke-3", tuple(Audience), ("timbang", "tensi"))),
        unit("c", "Desa Contoh Hilir", day("kia", "rabu ke-1", kia, mothers)),
        unit(
            "d", "Desa Contoh Hilir", day("kia", "selasa ke-1", kia, mothers),
            day("tua", "kamis ke-3", (Audience.DEWASA, Audience.LANSIA), ("tensi",)),
        ),
    ]  # fmt: skip


def texts(scene: Scene) -> list[TextItem]:
    """The lines of a picture in their order."""
    return list(scene.texts())


def lonely(scene: Scene) -> bool:
    """Whether a title of several lines has one with a single word."""
    lines = [line for line in texts(scene) if line.size >= TITLE * scene.unit]
    blocks: list[list[TextItem]] = []
    for line in lines:
        last = blocks[-1][-1] if blocks else None
        if last and last.size == line.size and 0 < line.y - last.y < 2 * line.size:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return any(len(block) > 1 and any(" " not in x.text.strip() for x in block) for block in blocks)


def planned(
    workspace: Workspace, months: int, templates: Sequence[Template]
) -> Iterator[tuple[Posyandu, date, list[Post]]]:
    """Every unit's posts by month, each month planned upon the ones before."""
    strategy, _ = load_strategy(workspace, "jemput-bola-digital")
    assert strategy is not None
    library, _ = load_library(workspace)
    rows, _, _ = load_observances(workspace)
    every = units()
    for unit in every:
        past: list[Post] = []
        month = START
        for _ in range(months):
            plan = plan_month(
                unit, month, strategy=strategy, library=library, holidays=Holidays(()),
                observances=tuple(observances(rows, month, last_day(month))), past=past,
                people=PEOPLE, templates=templates,
                neighbours=[o.id for o in every if o.village == unit.village and o != unit],
            )  # fmt: skip
            new = [one.post for one in plan.posts]
            past += new
            yield unit, month, sorted(new, key=lambda p: (p.date, p.time, p.id))
            month = next_month(month)


def with_examples(post: Post, entry: Entry) -> Post:
    """A post as it goes out: what waits for a person is filled in with the library's examples."""
    given = {key: value for key, value in entry.examples().items() if key in post.waiting}
    return replace(post, fields={**post.fields, **{k: v for k, v in given.items() if k != "foto"}})


def main() -> None:
    """Plan, lay out, count, print."""
    months = int(sys.argv[1]) if len(sys.argv) > 1 else MONTHS
    workspace = Workspace.open(bundled.root())
    channels, formats, _ = load_channels(workspace)
    services, _ = load_services(workspace)
    library = {entry.id: entry for entry in load_library(workspace)[0]}
    named = {
        name: template
        for name in workspace.template_names()
        for template in [load_template(workspace, name)[0]]
        if template is not None
    }
    palette, _ = load_palette(workspace, "teluk")
    assert palette is not None
    renderer = Renderer(workspace)
    scenes: list[Scene] = []
    feeds: dict[str, list[str]] = {}
    print("| posyandu, month | posts | compositions | largest share | posts without an opening |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for unit, month, posts in planned(workspace, months, tuple(named.values())):
        models = Counter(post.template for post in posts)
        feeds.setdefault(unit.slug, []).extend(post.template for post in posts)
        loose = sum(post.occurrence is None for post in posts)
        share = max(models.values()) / len(posts)
        print(
            f"| {unit.slug} {month:%Y-%m} | {len(posts)} | {len(models)} | {share:.0%} | {loose} |"
        )
        for post in posts:
            template = named[post.template]
            full = with_examples(post, library[post.entry])
            occurrence = resolve(unit, post.occurrence) if post.occurrence else None
            context = build(
                full, unit, occurrence, services=services, fields=template.fields,
                month=template.month,
                sources=[source.short or source.name for source in post.sources][:2],
            )  # fmt: skip
            scenes.append(
                renderer.scene(
                    template, formats["feed"], context, palette, channels["wa-grup"].safe
                )
            )
    beside = below = pairs = piles = 0
    for feed in feeds.values():
        beside += sum(a == b for a, b in pairwise(feed))
        below += sum(a == b for a, b in zip(feed, feed[COLUMNS:], strict=False))
        pairs, piles = pairs + len(feed) - 1, piles + max(0, len(feed) - COLUMNS)
    sizes = [{round(t.size / s.unit * 10.8) for t in texts(s)} for s in scenes]
    body = [
        min((t.size / s.unit * 10.8 for t in texts(s) if t.size >= FOOT * s.unit), default=0)
        for s in scenes
    ]
    words = [sum(len(t.text.split()) for t in texts(s)) for s in scenes]
    pale = sum(found.code == "kontras-kurang" for s in scenes for found in s.findings)
    print(f"\nneighbours of one composition: {beside} of {pairs} beside, {below} of {piles} below")
    print(f"words: median {median(words):.0f}, most {max(words)}, the foot's included")
    print(f"sizes of type: median {median(map(len, sizes)):.0f}, most {max(map(len, sizes))}")
    print(f"smallest type that asks for something: {min(body):.0f} px at 1080")
    print(f"titles with a line of one word: {sum(map(lonely, scenes)) / len(scenes):.0%}")
    print(f"texts below 4.5 : 1: {pale}; findings: {sum(len(s.findings) for s in scenes)}")
    for name, sentence in sorted({(f.code, f.sentence()) for s in scenes for f in s.findings}):
        print(f"- {name}: {sentence}")


if __name__ == "__main__":
    main()
