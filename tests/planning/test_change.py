"""Jadwal berubah: the right posts follow, the others keep their bytes, the announcement exists."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.templates import load_template
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.model import Change, Hours, Post, Zone
from content_kit.picture.renderer import Renderer
from content_kit.planning.announcing import correction, send_at
from content_kit.planning.change import Outcome, change
from content_kit.planning.change_order import Order
from content_kit.render import Press
from content_kit.specimen import OPENING, specimens

PROFILE = """\
# Tulisan kader, jangan hilang.
id: contoh-desa-contoh-melati
nama: Posyandu Melati
desa: Desa Contoh
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
zona: WITA
hari_buka:
  - id: bulanan   # satu-satunya
    sasaran: [bayi]
    aturan: selasa ke-2
    jam: 08.00-11.00
    tempat: Balai RW 05
    layanan: [timbang]
    bawa: [Buku KIA]
"""
MONTH = """\
bulan: 2026-12
postingan:
  # Undangan tiga hari sebelumnya
  - id: sebelum3
    tanggal: 2026-12-05
    jam: "16.00"
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup, fb]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    isi: {judul: "Sebentar lagi kita buka, ayo datang!"}

  - id: edukasi1
    tanggal: 2026-12-06   # tidak ada hubungannya
    jam: "16.00"
    jenis: kader
    model: kader-apresiasi
    isi: {label: Kader kita, judul: Terima kasih!, nama: Bu Sari, peran: Kader}

  # Senin, 7 Desember 2026: H-1
  - id: sebelum1
    tanggal: 2026-12-07
    jam: "20.30"
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup, wa-status]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    isi: {judul: "Besok kita buka, ayo datang!"}   # catatan

  - id: harinya
    tanggal: 2026-12-08
    jam: "06.30"
    jenis: jadwal
    model: jadwal-kartu
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    isi:
      judul: "Hari ini kita timbang si kecil, yuk!"

  - id: sesudah
    tanggal: 2026-12-20
    jam: "16.00"
    jenis: kader
    model: kader-apresiasi
    isi: {label: Kader kita, judul: Terima kasih ya!, nama: Bu Sari, peran: Kader}
"""
EIGHT_IN_THE_EVENING = datetime.combine(date(2026, 12, 7), time(20, 2), Zone.WITA.tz)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "posyandu.yaml").write_text(PROFILE, encoding="utf-8", newline="")
    (unit / "2026-12.yaml").write_text(MONTH, encoding="utf-8", newline="")
    return tmp_path


def order(**wishes: object) -> Order:
    given: dict[str, object] = {"unit": "melati", "day": date(2026, 12, 8)}
    given |= {"reason": "Balai dipakai rapat desa", **wishes}
    return Order(**given)  # type: ignore[arg-type]


def run(root: Path, now: datetime = EIGHT_IN_THE_EVENING, **wishes: Any) -> Outcome:
    """Carry an order out; whoever is asked says that no announcement was sent before."""
    wishes = {"sent": False, **wishes}
    workspace = Workspace.open(root)
    outcome = change(workspace, workspace.load(), order(**wishes), now)
    outcome.pages.save()
    return outcome


def posts(root: Path) -> dict[str, Post]:
    loaded = Workspace.open(root).load()
    assert not [f for f in loaded.findings if f.level is Level.ERROR], loaded.findings
    return {post.id: post for post in loaded.posts()}


def text(root: Path, name: str) -> str:
    return (root / "calendars" / "melati" / name).read_text(encoding="utf-8")


def block(of: str, id: str) -> str:
    """The lines of one post in a month file."""
    start = of.index(f"  - id: {id}\n")
    end = of.find("\n\n", start)
    return of[start : end if end >= 0 else len(of)].rstrip()


def test_moving_a_day_takes_its_coming_posts_along_and_leaves_the_rest(root: Path) -> None:
    outcome = run(root, moved_to=date(2026, 12, 10))
    found = posts(root)
    assert found["sebelum1"].date == date(2026, 12, 9)
    assert found["harinya"].date == date(2026, 12, 10)
    assert found["sebelum3"].date == date(2026, 12, 5), "it went out, so it stays what it was"
    month = text(root, "2026-12.yaml")
    for id in ("sebelum3", "edukasi1", "sesudah"):
        assert block(month, id) == block(MONTH, id)
    assert "# Rabu, 9 Desember 2026: H-1" in month, "the reason above a post names its new day"
    assert "# catatan" in month
    announced = found[outcome.announcement]
    assert announced.template == ANNOUNCEMENT
    assert (announced.date, announced.time) == (date(2026, 12, 7), time(20, 5))
    assert announced.channels == ("wa-grup", "fb", "wa-status")
    assert [told.post.id for told in outcome.told] == ["sebelum3"]
    assert outcome.told[0].channels == ("wa-grup", "fb")
    profile = text(root, "posyandu.yaml")
    assert profile.startswith(PROFILE.rstrip("\n")), "comments and every line before are kept"
    assert "pindah_ke: 2026-12-10" in profile


def test_the_announcement_and_the_moved_posts_have_no_errors_and_say_what_changed(
    root: Path,
) -> None:
    outcome = run(root, moved_to=date(2026, 12, 10))
    press = Press(Workspace.open(root), outcome.loaded)
    found = posts(root)
    for id in (outcome.announcement, *outcome.touched):
        proof = press.proof(found[id])
        assert [f.sentence() for f in proof.findings if f.level is Level.ERROR] == []
    proof = press.proof(found[outcome.announcement])
    words = next(t.words for t in proof.texts if t.channel.id == "wa-grup")
    first, rest = words.split("\n", 1)
    assert first.startswith("*BERUBAH: ")
    for fact in ("Kamis, 10 Desember 2026", "08.00–11.00 WITA", "Balai RW 05"):
        assert fact in first
    assert "Semula: Selasa, 8 Desember 2026" in rest
    sent = correction(outcome.told[0].post, words, outcome.loaded.posyandu["melati"])
    assert sent.startswith(first)
    assert "Pesan kami Sabtu, 5 Desember 2026, 16.00 WITA, tidak berlaku lagi" in sent


def test_a_word_that_the_move_makes_wrong_is_told(root: Path) -> None:
    path = root / "calendars" / "melati" / "2026-12.yaml"
    wrong = MONTH.replace("Hari ini kita timbang", "Selasa kita buka, timbang")
    path.write_text(wrong, encoding="utf-8", newline="")
    outcome = run(root, moved_to=date(2026, 12, 10))
    press = Press(Workspace.open(root), outcome.loaded)
    proof = press.proof(posts(root)["harinya"])
    assert "hari-salah" in {finding.code for finding in proof.findings}


def test_a_day_may_move_into_another_month(root: Path) -> None:
    outcome = run(root, moved_to=date(2027, 1, 2))
    found = posts(root)
    assert found["sebelum1"].date == date(2027, 1, 1)
    assert found["harinya"].date == date(2027, 1, 2)
    assert found[outcome.announcement].date == date(2026, 12, 7)
    month, new = text(root, "2026-12.yaml"), text(root, "2027-01.yaml")
    assert "id: sebelum1" not in month and "id: harinya" not in month
    assert block(new, "harinya") == block(MONTH, "harinya").replace(
        "2026-12-08\n", "2027-01-02\n", 1
    )
    assert "# Jumat, 1 Januari 2027: H-1" in new, "its comment goes along"
    for id in ("sebelum3", "edukasi1", "sesudah"):
        assert block(month, id) == block(MONTH, id)


def test_a_cancelled_day_drops_its_coming_posts(root: Path) -> None:
    outcome = run(root, cancelled=True)
    found = posts(root)
    assert set(found) == {"sebelum3", "edukasi1", "sesudah", outcome.announcement}
    press = Press(Workspace.open(root), outcome.loaded)
    proof = press.proof(found[outcome.announcement])
    assert [f.sentence() for f in proof.findings if f.level is Level.ERROR] == []
    words = proof.texts[0].words
    assert words.startswith("*BATAL: Selasa, 8 Desember 2026")
    assert "Hari buka berikutnya: Selasa, 12 Januari 2027" in words


@pytest.mark.parametrize(
    "wishes",
    [
        {"moved_to": date(2026, 12, 10)},
        {"cancelled": True},
        {"place": "Rumah Ibu RT 03"},
        {"hours": Hours(time(13), time(15))},
        {"home_visit": True},
        {"moved_to": date(2027, 1, 2), "place": "Rumah: Bu Sari, RT 03"},
    ],
)
def test_the_same_change_twice_changes_nothing(root: Path, wishes: dict[str, Any]) -> None:
    first = run(root, **wishes)
    before = {p.name: p.read_bytes() for p in (root / "calendars" / "melati").glob("*.yaml")}
    second = run(root, **wishes)
    assert second.done == ()
    assert second.announcement == first.announcement
    after = {p.name: p.read_bytes() for p in (root / "calendars" / "melati").glob("*.yaml")}
    assert after == before


def test_another_change_of_the_same_day_edits_the_entry_and_the_announcement(root: Path) -> None:
    first = run(root, moved_to=date(2026, 12, 10))
    second = run(root, day=date(2026, 12, 10), place="Rumah Ibu RT 03", reason="Balai banjir")
    assert second.announcement == first.announcement, "it was not sent, so it is one announcement"
    (day,) = Workspace.open(root).load().posyandu["melati"].service_days
    (entry,) = day.changes
    assert (entry.moved_to, entry.place) == (date(2026, 12, 10), "Rumah Ibu RT 03")
    run(root, cancelled=True)
    (day,) = Workspace.open(root).load().posyandu["melati"].service_days
    (entry,) = day.changes
    assert entry.cancelled and entry.moved_to is None and entry.place is None
    assert sum(post.template == ANNOUNCEMENT for post in posts(root).values()) == 1


def test_an_announcement_that_was_sent_is_followed_by_another_and_corrected(root: Path) -> None:
    first = run(root, moved_to=date(2026, 12, 10))
    later = datetime.combine(date(2026, 12, 8), time(9), Zone.WITA.tz)
    second = run(root, later, moved_to=date(2026, 12, 11))
    assert second.announcement != first.announcement
    title = posts(root)[second.announcement].fields["judul"]
    assert isinstance(title, str) and title.startswith("Berubah lagi")
    assert first.announcement in {told.post.id for told in second.told}


def test_proofs_of_posting_go_before_the_clock(root: Path) -> None:
    folder = root / "calendars" / "melati" / "hasil"
    folder.mkdir()
    (folder / "2026-12.yaml").write_text(
        'diposting:\n  - {id: sebelum1, kanal: [wa-grup], waktu: "2026-12-07 19.00"}\n',
        encoding="utf-8",
    )
    outcome = run(root, moved_to=date(2026, 12, 10))
    assert [(told.post.id, told.channels) for told in outcome.told] == [("sebelum1", ("wa-grup",))]
    found = posts(root)
    assert found["sebelum1"].date == date(2026, 12, 7)
    assert found["harinya"].date == date(2026, 12, 10)


def test_a_day_brought_forward_drops_reminders_that_would_come_too_late(root: Path) -> None:
    now = datetime.combine(date(2026, 12, 4), time(10), Zone.WITA.tz)
    run(root, now, moved_to=date(2026, 12, 5))
    found = posts(root)
    assert "sebelum3" not in found, "it would have gone out on the 2nd"
    assert found["sebelum1"].date == date(2026, 12, 4)
    assert found["harinya"].date == date(2026, 12, 5)


def test_nothing_is_written_before_it_is_saved(root: Path) -> None:
    workspace = Workspace.open(root)
    outcome = change(workspace, workspace.load(), order(cancelled=True), EIGHT_IN_THE_EVENING)
    assert outcome.done
    assert text(root, "2026-12.yaml") == MONTH
    assert text(root, "posyandu.yaml") == PROFILE


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({}, "Apa yang berubah"),
        ({"cancelled": True, "place": "Balai"}, "batal"),
        ({"cancelled": True, "reason": " "}, "alasan"),
        ({"cancelled": True, "reason": "a" * 91}, "91 huruf"),
        ({"cancelled": True, "day": date(2026, 12, 9)}, "8 Desember 2026"),
        ({"cancelled": True, "day": date(2026, 11, 10)}, "sudah lewat"),
        ({"moved_to": date(2026, 12, 1)}, "sudah lewat"),
        ({"cancelled": True, "unit": "mawar"}, "melati"),
        ({"cancelled": True, "service_day": "sore"}, "bulanan"),
        ({"place": "Balai", "home_visit": True}, "salah satu"),
    ],
)
def test_what_cannot_be_is_said_kindly(root: Path, wishes: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run(root, **wishes)


@pytest.mark.parametrize(
    ("now", "opening", "sent"),
    [
        ("2026-12-07 20:02", "2026-12-08 08:00", "2026-12-07 20:05"),
        ("2026-12-07 22:40", "2026-12-08 08:00", "2026-12-08 06:00"),
        ("2026-12-07 22:40", "2026-12-08 06:30", "2026-12-07 22:40"),
        ("2026-12-08 04:10", "2026-12-08 08:00", "2026-12-08 06:00"),
        ("2026-12-08 05:50", "2026-12-08 06:00", "2026-12-08 05:50"),
        ("2026-12-07 23:58", "2026-12-20 08:00", "2026-12-08 06:00"),
    ],
)
def test_an_announcement_goes_out_now_or_after_the_night(now: str, opening: str, sent: str) -> None:
    at = [datetime.fromisoformat(f"{each}:00+08:00") for each in (now, opening, sent)]
    assert send_at(at[0], at[1]) == at[2]


LOOKS = {
    "hari": Change(OPENING, "Balai dipakai rapat", moved_to=date(2026, 12, 9)),
    "tempat": Change(OPENING, "Balai diperbaiki", place="Rumah Ibu RT 03"),
    "tempat dan jam": Change(
        OPENING,
        "Balai RW 05 masih dipakai mengungsi karena banjir belum surut",
        place="Rumah Ibu Ketua RT 03 dekat musala Al-Ikhlas, Jalan Melati",
        hours=Hours(time(13, 30)),
    ),
    "jam": Change(OPENING, "Bidan rapat", hours=Hours(time(13, 30), time(16))),
    "rumah": Change(OPENING, "Jalan ke balai terendam banjir", home_visit=True),
    "batal": Change(OPENING, "Balai dipakai mengungsi", cancelled=True),
    "tetap": Change(OPENING, "Rapatnya batal"),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("palette", ["teluk", "senja"])
def test_every_look_fits_in_every_format(look: str, palette: str) -> None:
    workspace = Workspace(bundled.root())
    template, _ = load_template(workspace, ANNOUNCEMENT)
    assert template is not None
    drawn = specimens(
        workspace, template, palette, formats=("feed", "story", "square"),
        renderer=Renderer(workspace), paint=False, change=LOOKS[look],
    )  # fmt: skip
    for specimen in drawn:
        assert [f.sentence() for f in specimen.findings] == [], (specimen.example, specimen.format)


def test_windows_line_ends_stay(root: Path) -> None:
    for name, words in (("posyandu.yaml", PROFILE), ("2026-12.yaml", MONTH)):
        path = root / "calendars" / "melati" / name
        path.write_bytes(dedent(words).replace("\n", "\r\n").encode())
    run(root, moved_to=date(2027, 1, 2))
    for name in ("posyandu.yaml", "2026-12.yaml"):
        data = (root / "calendars" / "melati" / name).read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n"), name


def test_comments_follow_the_day_there_and_back_again(root: Path) -> None:
    path = root / "calendars" / "melati" / "2026-12.yaml"
    told = "# Senin, 7 Desember 2026: H-1 untuk hari buka Selasa, 8 Desember 2026"
    path.write_text(MONTH.replace("# Senin, 7 Desember 2026: H-1", told), encoding="utf-8")
    noon = datetime.combine(date(2026, 12, 1), time(12), Zone.WITA.tz)
    run(root, now=noon, moved_to=date(2026, 12, 9))
    moved = "# Selasa, 8 Desember 2026: H-1 untuk hari buka Rabu, 9 Desember 2026"
    assert moved in text(root, "2026-12.yaml")
    outcome = run(root, now=noon, moved_to=date(2026, 12, 8))
    assert told in text(root, "2026-12.yaml")
    assert outcome.done[0].what == "hari buka Selasa, 8 Desember 2026 kembali ke tanggal itu."


LANSIA = """\
  - id: lansia
    nama: Hari buka lansia
    sasaran: [lansia]
    aturan: selasa ke-2 dan ke-3
    jam: 13.00-15.00
    tempat: Balai RW 05
"""


def test_of_two_service_days_the_announcement_names_the_one_it_means(root: Path) -> None:
    profile = root / "calendars" / "melati" / "posyandu.yaml"
    profile.write_text(PROFILE + LANSIA, encoding="utf-8")
    outcome = run(root, service_day="lansia", cancelled=True)
    title = posts(root)[outcome.announcement].fields["judul"]
    assert title == "Mohon maaf, hari buka lansia kali ini batal."
    outcome = run(root, service_day="lansia", moved_to=date(2026, 12, 10))
    title = posts(root)[outcome.announcement].fields["judul"]
    assert title == "Mohon maaf, hari buka lansia pindah hari!"


def test_a_new_day_that_is_a_service_day_already_is_told(root: Path) -> None:
    profile = root / "calendars" / "melati" / "posyandu.yaml"
    profile.write_text(PROFILE + LANSIA, encoding="utf-8")
    outcome = run(root, service_day="lansia", moved_to=date(2026, 12, 15))
    assert "jam-bentrok" in [found.code for found in outcome.findings]
    outcome = run(root, service_day="lansia", moved_to=date(2026, 12, 14))
    assert "jam-bentrok" not in [found.code for found in outcome.findings]
