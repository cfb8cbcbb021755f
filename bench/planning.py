"""Imports many posyandu from one sheet, plans a month for them, and says where the time went.

    python bench/planning.py [UNITS]

The promises for 300 units on two cores: planned in under 30 s, reading and writing included, and
in under 60 s together with the import.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from content_kit.files.save import edit
from content_kit.files.tables import read_table, write_csv
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.planning.desk import Desk
from content_kit.planning.intake import intake, write
from content_kit.planning.intake_rows import NEW
from content_kit.planning.sheets import headers_of
from content_kit.planning.write import month_text
from content_kit.schedule.dates import DAYS

MONTH = date(2026, 12, 1)


HEAD = ("unit", "nama", "desa", "kecamatan", "kabupaten", "zona")
DAY = ("kode_hari_buka", "aturan", "jam", "tempat", "sasaran", "layanan")


def generate(root: Path, units: int) -> bytes:
    """A list of so many posyandu with two service days each; every kader serves two of them."""
    people = ["orang:"]
    rows: list[tuple[str, ...]] = [("Daftar posyandu",), (), (*HEAD, *DAY)]
    for number in range(units):
        slug = f"unit-{number:03}"
        day = DAYS[number % 6].lower()
        who = (slug, f"Posyandu {number}", f"Desa {number // 3}", "Kecamatan Uji", "Kabupaten Uji")
        rule = f"{day} ke-{number % 4 + 1}"
        served = ("bayi, balita_apras, bumil_nifas_busui", "timbang, imunisasi, periksa_hamil")
        rows.append((*who, "WITA", "balita", rule, "08.00-11.00", "Balai", *served))
        once = f"{number % 20 + 8:02}/12/2026"
        served = ("dewasa, lansia", "tensi, lansia")
        rows.append((*("",) * 6, "lansia", once, "15.30-17.00", "Balai", *served))
        for one in range(2):
            other = f"unit-{(number + 1) % units:03}"
            people.append(
                f"  - {{id: k{number}-{one}, nama: Kader {number} {one}, unit: [{slug}, {other}]}}"
            )
    (root / "calendars").mkdir()
    (root / "calendars" / "orang.yaml").write_text("\n".join(people) + "\n", encoding="utf-8")
    return write_csv(rows)


def take_in(workspace: Workspace, sheet: Path) -> int:
    """Import the list; how many rows of it were new."""
    headers = headers_of(workspace)
    sheets, refused = read_table(sheet, headers.count)
    found = intake(workspace, sheets, sheet.name, headers=headers)
    wrong = [
        finding.message
        for finding in (*refused, *found.findings)
        if finding.level is not Level.INFO
    ]
    if wrong:
        raise SystemExit(wrong[0])
    list(write(found))
    return found.count(NEW)


def main() -> None:
    """Measure the import, reading, planning, sharing duty, writing, and both a second time."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    marks: list[tuple[str, float]] = []

    def mark(what: str) -> None:
        marks.append((what, perf_counter()))

    with TemporaryDirectory() as folder:
        root = Path(folder)
        sheet = root / "daftar.csv"
        sheet.write_bytes(generate(root, units))
        workspace = Workspace.open(root)
        mark("")
        rows = take_in(workspace, sheet)
        mark("import the sheet")
        desk = Desk.open(workspace, MONTH)
        mark("read the workspace")
        plans = [desk.plan(unit) for unit in desk.loaded.posyandu]
        mark("plan")
        plans = desk.shared(plans)
        mark("share duty")
        for plan in plans:
            path = root / "calendars" / plan.unit / f"{MONTH:%Y-%m}.yaml"
            name = desk.loaded.posyandu[plan.unit].name
            edit(path, lambda old, p=plan, n=name: month_text(old, p, n), None)  # type: ignore[misc]
        mark("write")
        total = marks[-1][1] - marks[0][1]
        rows_more = take_in(workspace, sheet)
        mark("import again")
        again = Desk.open(workspace, MONTH)
        more = sum(len(again.plan(unit).posts) for unit in again.loaded.posyandu)
        mark("plan again, with its posts to read")
    posts = sum(len(plan.posts) for plan in plans)
    short = sum(len(plan.balance.shortfalls) for plan in plans)
    print(f"{units} units in {rows} rows, {posts} posts, {short} targets not met;")
    print(f"the second time {rows_more} rows and {more} posts were new.\n")
    print("| what | seconds |\n| --- | ---: |")
    for (_, before), (what, after) in pairwise(marks):
        print(f"| {what} | {after - before:.1f} |")
    print(f"| **import and plan, the first time** | **{total:.1f}** |")


if __name__ == "__main__":
    main()
