"""Every case of a changed service day: what the plan gets, and what text and picture say.

Each row is a story of one Wednesday: what was done before, what people got, and the order now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.model import Hours, Zone
from content_kit.planning.change import change
from content_kit.planning.change_order import Order
from content_kit.planning.situation import Case
from content_kit.render import Press

PROFILE = """\
id: contoh-desa-contoh-melati
nama: Posyandu Melati
desa: Desa Contoh
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
zona: WITA
hari_buka:
  - id: bulanan
    sasaran: [bayi]
    aturan: rabu pertama
    jam: 08.00-11.00
    tempat: Balai RW 05
    layanan: [timbang]
    bawa: [Buku KIA]
"""
MONTH = """\
bulan: 2026-12
postingan:
  - id: sebelum1
    tanggal: 2026-12-01
    jam: "18.30"
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup, wa-status, fb]
    acara: {hari_buka: bulanan, tanggal: 2026-12-02}
    isi: {judul: "Besok kita buka, ayo datang!"}
"""
WED, FRI, SAT = date(2026, 12, 2), date(2026, 12, 4), date(2026, 12, 5)
ELEVEN = datetime.combine(date(2026, 11, 30), time(11), Zone.WITA.tz)
LATE, USUAL = Hours(time(9), time(12)), Hours(time(8), time(11))
HOUSE, HALL = "Rumah Ibu RT 02", "Balai RW 05"


def to(day: date) -> dict[str, Any]:
    return {"moved_to": day}


OFF: dict[str, Any] = {"cancelled": True}
HOME: dict[str, Any] = {"home_visit": True}


@dataclass(frozen=True)
class Row:
    """`before` are earlier orders, each with whether it was sent; then the order and what comes of it.

    `heading` opens the text for WhatsApp, `picture` stands in large letters, `more` is in text
    and picture, `never` in neither.
    """

    before: tuple[tuple[dict[str, Any], bool | None], ...]
    order: dict[str, Any]
    case: Case
    heading: str = ""
    picture: str = ""
    more: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


F, T, U = False, True, None
WEDNESDAY = "Rabu, 2 Desember 2026, 08.00–11.00 WITA, Balai RW 05"

TABLE = {
    # The first change of a day
    "first: day": Row((), to(FRI), Case.NEW, "BERUBAH: Jumat, 4 Desember 2026, 08.00",
                      "PINDAH HARI", ("Rabu",), ("Batal",)),
    "first: place": Row((), {"place": HOUSE}, Case.NEW, "BERUBAH: ", "PINDAH TEMPAT", (HOUSE, HALL)),
    "first: hours": Row((), {"hours": LATE}, Case.NEW, "BERUBAH: ", "GANTI JAM",
                        ("09.00–12.00", "08.00–11.00")),
    "first: home": Row((), HOME, Case.NEW, "BERUBAH: ", "KADER KE RUMAH", (HALL,)),
    "first: day and place": Row((), {**to(FRI), "place": HOUSE}, Case.NEW,
                                "BERUBAH: Jumat, 4 Desember 2026", "PINDAH HARI DAN TEMPAT",
                                (HOUSE, HALL, "Rabu")),
    "first: day and hours": Row((), {**to(FRI), "hours": LATE}, Case.NEW, "BERUBAH: Jumat",
                                "PINDAH HARI DAN JAM", ("09.00–12.00", "08.00–11.00")),
    "first: hours and place": Row((), {"hours": LATE, "place": HOUSE}, Case.NEW, "BERUBAH: Lusa, Rabu",
                                  "PINDAH JAM DAN TEMPAT", (HOUSE, HALL, "09.00", "08.00")),
    "first: all three": Row((), {**to(FRI), "hours": LATE, "place": HOUSE}, Case.NEW,
                            "BERUBAH: Jumat, 4", "PINDAH HARI, JAM, DAN TEMPAT",
                            ("09.00", "08.00", HOUSE, HALL)),
    "first: day and home": Row((), {**to(FRI), **HOME}, Case.NEW, "BERUBAH: Jumat",
                               "PINDAH HARI, KADER KE RUMAH", ("Rabu",)),
    "first: cancelled": Row((), OFF, Case.NEW, f"BATAL: {WEDNESDAY}", "BATAL",
                            ("Rabu, 2 Desember",), ("semula", "Jumat")),
    # Cancelled after people were told another day, place or hour
    "told day, cancelled": Row(((to(FRI), T),), OFF, Case.NEW,
                               "BATAL: Jumat, 4 Desember 2026 (semula Rabu, 2 Desember), 08.00",
                               "BATAL", ("Jumat, 4 Desember", "Rabu, 2 Desember")),
    "maybe told day, cancelled": Row(((to(FRI), U),), OFF, Case.NEW,
                                     "BATAL: Jumat, 4 Desember 2026 (semula Rabu, 2 Desember), 08.00",
                                     "BATAL", ("Jumat, 4 Desember", "Rabu, 2 Desember")),
    "untold day, cancelled": Row(((to(FRI), F),), OFF, Case.REPLACED, f"BATAL: {WEDNESDAY}",
                                 "BATAL", ("Rabu, 2 Desember",), ("Jumat", "semula")),
    "told place, cancelled": Row((({"place": HOUSE}, T),), OFF, Case.NEW,
                                 "BATAL: Rabu, 2 Desember 2026, 08.00–11.00 WITA, "
                                 "Rumah Ibu RT 02, Desa Contoh (semula Balai RW 05)", "BATAL",
                                 (HOUSE, HALL)),
    "untold place, cancelled": Row((({"place": HOUSE}, F),), OFF, Case.REPLACED,
                                   f"BATAL: {WEDNESDAY}", "BATAL", (HALL,), (HOUSE,)),
    "told hours, cancelled": Row((({"hours": LATE}, T),), OFF, Case.NEW,
                                 "BATAL: Rabu, 2 Desember 2026, 09.00–12.00 WITA "
                                 "(semula 08.00–11.00 WITA), Balai RW 05", "BATAL",
                                 ("09.00–12.00", "08.00–11.00")),
    "told day and place, cancelled": Row((({**to(FRI), "place": HOUSE}, T),), OFF, Case.NEW,
                                         "BATAL: Jumat, 4 Desember 2026 (semula Rabu, 2 Desember), "
                                         "08.00–11.00 WITA, Rumah Ibu RT 02, Desa Contoh "
                                         "(semula Balai RW 05)", "BATAL",
                                         ("Jumat", "Rabu", HOUSE, HALL)),
    "told twice, cancelled": Row(((to(FRI), T), (to(SAT), T)), OFF, Case.NEW,
                                 "BATAL: Sabtu, 5 Desember 2026 (semula Rabu, 2 Desember)", "BATAL",
                                 ("Sabtu",), ("Jumat",)),
    "told, then untold, cancelled": Row(((to(FRI), T), (to(SAT), F)), OFF, Case.REPLACED,
                                        "BATAL: Jumat, 4 Desember 2026 (semula Rabu, 2 Desember)",
                                        "BATAL", ("Jumat",), ("Sabtu",)),
    # Changed once more
    "told day, moved again": Row(((to(FRI), T),), to(SAT), Case.NEW,
                                 "BERUBAH: Sabtu, 5 Desember 2026", "PINDAH HARI", ("Jumat",)),
    "untold day, moved again": Row(((to(FRI), F),), to(SAT), Case.REPLACED,
                                   "BERUBAH: Sabtu, 5 Desember 2026", "PINDAH HARI", ("Rabu",),
                                   ("Jumat",)),
    "told day, then place": Row(((to(FRI), T),), {"place": HOUSE}, Case.NEW,
                                "BERUBAH: Jumat, 4 Desember 2026", "PINDAH TEMPAT",
                                (HOUSE, HALL)),
    "untold day, then place": Row(((to(FRI), F),), {"place": HOUSE}, Case.REPLACED,
                                  "BERUBAH: Jumat, 4 Desember 2026", "PINDAH HARI DAN TEMPAT",
                                  (HOUSE, HALL, "Rabu")),
    "told place, then hours": Row((({"place": HOUSE}, T),), {"hours": LATE}, Case.NEW,
                                  "BERUBAH: Lusa, Rabu, 2 Desember 2026, 09.00", "GANTI JAM",
                                  ("08.00–11.00", HOUSE), (HALL,)),
    "told off, open on another day": Row(((OFF, T),), to(FRI), Case.NEW,
                                         "BERUBAH: Jumat, 4 Desember 2026", "PINDAH HARI"),
    # Back again
    "told day, back": Row(((to(FRI), T),), to(WED), Case.NEW, "KEMBALI: ", "JADWAL KEMBALI",
                          ("Rabu",), ("Semula:",)),
    "untold day, back": Row(((to(FRI), F),), to(WED), Case.TAKEN_BACK),
    "told place, back": Row((({"place": HOUSE}, T),), {"place": HALL}, Case.NEW, "KEMBALI: ",
                            "JADWAL KEMBALI", (HALL,)),
    "told off, back": Row(((OFF, T),), to(WED), Case.NEW, "KEMBALI: ", "JADWAL KEMBALI", (),
                          ("BATAL:",)),
    "untold off, back": Row(((OFF, F),), to(WED), Case.TAKEN_BACK),
    "told day, untold next, back to the told one": Row(((to(FRI), T), (to(SAT), F)), to(FRI),
                                                       Case.TAKEN_BACK),
    "told day, back elsewhere": Row(((to(FRI), T),), {**to(WED), "place": HOUSE}, Case.NEW,
                                    "KEMBALI: ", "PINDAH TEMPAT", (HOUSE, "Harinya kembali")),
    "told off, untold day, off again": Row(((OFF, T), (to(FRI), F)), OFF, Case.TAKEN_BACK),
    # Nothing new
    "told day, the same once more": Row(((to(FRI), T),), to(FRI), Case.SAME),
    "told off, the same once more": Row(((OFF, T),), OFF, Case.SAME),
    "told day, told off, the same once more": Row(((to(FRI), T), (OFF, T)), OFF, Case.SAME),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A posyandu that opens on Wednesday 2 December."""
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "posyandu.yaml").write_text(PROFILE, encoding="utf-8", newline="")
    (unit / "2026-12.yaml").write_text(MONTH, encoding="utf-8", newline="")
    return tmp_path


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_what_a_changed_day_comes_to(root: Path, row: Row) -> None:
    sent: bool | None = None
    recorded: dict[str, tuple[str, ...]] = {}
    steps = (*row.before, (row.order, None))
    for minutes, (wish, reached) in enumerate(steps):
        workspace = Workspace.open(root)
        order = Order("melati", WED, "Bidan sakit", sent=sent, **wish)
        now = ELEVEN + timedelta(minutes=7 * minutes)
        outcome = change(workspace, workspace.load(), order, now, done=recorded)
        outcome.pages.save()
        sent = reached
        if reached:
            recorded[outcome.announcement] = ("wa-grup",)
    assert outcome.case is row.case
    workspace = Workspace.open(root)
    loaded = workspace.load()
    assert not [f for f in loaded.findings if f.level is Level.ERROR], loaded.findings
    found = {p.id: p for p in loaded.posts() if p.template == ANNOUNCEMENT}
    kept = [id for id in recorded if id in found]
    assert kept == list(recorded), "what was sent is never taken away"
    if row.case is Case.TAKEN_BACK:
        assert set(found) == set(recorded), "what nobody got leaves no trace"
    if not row.heading:
        return
    proof = Press(workspace, loaded).proof(found[outcome.announcement])
    assert [f.sentence() for f in proof.findings if f.level is Level.ERROR] == []
    words = {text.channel.id: text.words for text in proof.texts}
    assert words["wa-grup"].startswith(f"*{row.heading}"), words["wa-grup"]
    for scene in proof.scenes.values():
        drawn = " ".join(" ".join(item.text for item in scene.texts()).split()).casefold()
        for fact in (row.picture, *row.more):
            assert fact.casefold() in drawn, (fact, drawn)
        for wrong in row.never:
            assert wrong.casefold() not in drawn, (wrong, drawn)
    for text in (*words.values(), proof.alt.replace(" sampai ", "–")):
        for fact in row.more:
            assert fact in text, (fact, text)
        for wrong in row.never:
            assert wrong not in text, (wrong, text)
