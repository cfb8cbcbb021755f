"""Plans a month for many posyandu in a workspace made for it, and says where the time went.

    python bench/planning.py [UNITS]

The promise: 300 units in under 30 s on two cores, reading and writing included.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from content_kit.files.save import edit
from content_kit.files.workspace import Workspace
from content_kit.planning.desk import Desk
from content_kit.planning.write import month_text
from content_kit.schedule.dates import DAYS

MONTH = date(2026, 12, 1)


def generate(root: Path, units: int) -> None:
    """A workspace of so many posyandu with two service days each; every kader serves two of them."""
    people = ["orang:"]
    for number in range(units):
        slug = f"unit-{number:03}"
        folder = root / "calendars" / slug
        folder.mkdir(parents=True)
        day = DAYS[number % 6].lower()
        (folder / "posyandu.yaml").write_text(
            f"id: uji-desa-{slug}\nnama: Posyandu {number}\ndesa: Desa {number // 3}\n"
            f"kecamatan: Kecamatan Uji\nkabupaten: Kabupaten Uji\nzona: WITA\nhari_buka:\n"
            f"  - {{id: balita, aturan: {day} ke-{number % 4 + 1}, jam: 08.00-11.00, tempat: Balai,"
            " sasaran: [bayi, balita_apras, bumil_nifas_busui],"
            " layanan: [timbang, imunisasi, periksa_hamil]}\n"
            f"  - {{id: lansia, aturan: 2026-12-{number % 20 + 8:02}, jam: 15.30-17.00, tempat: Balai,"
            " sasaran: [dewasa, lansia], layanan: [tensi, lansia]}\n",
            encoding="utf-8",
        )
        for one in range(2):
            other = f"unit-{(number + 1) % units:03}"
            people.append(
                f"  - {{id: k{number}-{one}, nama: Kader {number} {one}, unit: [{slug}, {other}]}}"
            )
    (root / "calendars" / "orang.yaml").write_text("\n".join(people) + "\n", encoding="utf-8")


def main() -> None:
    """Measure reading, planning, sharing duty, writing, and a second plan of what was written."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with TemporaryDirectory() as folder:
        root = Path(folder)
        generate(root, units)
        workspace = Workspace.open(root)
        start = perf_counter()
        desk = Desk.open(workspace, MONTH)
        read = perf_counter()
        plans = [desk.plan(unit) for unit in desk.loaded.posyandu]
        planned = perf_counter()
        plans = desk.shared(plans)
        shared = perf_counter()
        for plan in plans:
            path = root / "calendars" / plan.unit / f"{MONTH:%Y-%m}.yaml"
            name = desk.loaded.posyandu[plan.unit].name
            edit(path, lambda old, p=plan, n=name: month_text(old, p, n), None)  # type: ignore[misc]
        written = perf_counter()
        again = Desk.open(workspace, MONTH)
        more = sum(len(again.plan(unit).posts) for unit in again.loaded.posyandu)
        done = perf_counter()
    posts = sum(len(plan.posts) for plan in plans)
    short = sum(len(plan.balance.shortfalls) for plan in plans)
    print(f"{units} units, {posts} posts, {short} targets not met, {more} added by a second plan")
    print(f"read {read - start:.1f} s, plan {planned - read:.1f} s, duty {shared - planned:.1f} s,")
    print(f"write {written - shared:.1f} s, everything {written - start:.1f} s")
    print(f"second time, with its posts to read: {done - written:.1f} s")


if __name__ == "__main__":
    main()
