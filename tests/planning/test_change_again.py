"""Jadwal berubah, and then once more: nobody is told what was never announced, nor that a regular day moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from content_kit.checks.announcements import ANNOUNCEMENT, superseded
from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.model import Hours, Post, Zone
from content_kit.pack.bulk import bulk
from content_kit.pack.release import admitted, release
from content_kit.planning.change import Outcome, change
from content_kit.planning.change_order import Order
from content_kit.planning.situation import Case
from content_kit.render import Press, Proof
from content_kit.review.reviews import Reviews

PROFILE = """\
id: contoh-desa-contoh-melati
nama: Posyandu Melati
desa: Desa Contoh
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
zona: WITA
hari_buka:
  - id: bulanan   # satu-satunya
    sasaran: [bayi]
    aturan: rabu ke-4
    jam: 08.00-11.00
    tempat: Balai RW 05
    layanan: [timbang]
    bawa: [Buku KIA]
"""
MONTH = """\
bulan: 2026-11
postingan:
  # Selasa, 24 November 2026: H-1
  - id: sebelum1
    tanggal: 2026-11-24
    jam: "18.30"
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup, wa-status]
    acara: {hari_buka: bulanan, tanggal: 2026-11-25}
    isi: {judul: "Besok kita buka, ayo datang!"}

  - id: harinya
    tanggal: 2026-11-25
    jam: "06.30"
    jenis: jadwal
    model: jadwal-kartu
    acara: {hari_buka: bulanan, tanggal: 2026-11-25}
    isi:
      judul: "Hari ini kita timbang si kecil, yuk!"
"""
WED, FRI, SAT = date(2026, 11, 25), date(2026, 11, 27), date(2026, 11, 28)
ELEVEN = datetime.combine(date(2026, 11, 22), time(11), Zone.WITA.tz)
Run = Callable[..., Outcome]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A posyandu that opens on the 25th."""
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "posyandu.yaml").write_text(PROFILE, encoding="utf-8", newline="")
    (unit / "2026-11.yaml").write_text(MONTH, encoding="utf-8", newline="")
    return tmp_path


@pytest.fixture
def run(root: Path) -> Run:
    """Carry an order out, `minutes` after eleven; `done` are the posts recorded as posted.

    Whoever is asked says that no other announcement was sent.
    """

    def go(minutes: int = 0, done: tuple[str, ...] = (), **wishes: Any) -> Outcome:
        given: dict[str, Any] = {"unit": "melati", "day": WED, "reason": "Balai dipakai"}
        given |= {"sent": False, **wishes}
        workspace = Workspace.open(root)
        sent = dict.fromkeys(done, ("wa-grup",))
        now = ELEVEN + timedelta(minutes=minutes)
        outcome = change(workspace, workspace.load(), Order(**given), now, done=sent)
        outcome.pages.save()
        return outcome

    return go


def posts(root: Path) -> dict[str, Post]:
    loaded = Workspace.open(root).load()
    assert not [f for f in loaded.findings if f.level is Level.ERROR], loaded.findings
    return {post.id: post for post in loaded.posts()}


def announced(root: Path) -> list[Post]:
    return [post for post in posts(root).values() if post.template == ANNOUNCEMENT]


def proof(root: Path, post: Post) -> Proof:
    workspace = Workspace.open(root)
    found = Press(workspace, workspace.load()).proof(post)
    assert [f.sentence() for f in found.findings if f.level is Level.ERROR] == []
    return found


def words(root: Path, post: Post) -> str:
    """All that an announcement says, in every channel and on its pictures."""
    made = proof(root, post)
    drawn = [str(item) for scene in made.scenes.values() for item in scene.items]
    return "\n".join([*(text.words for text in made.texts), made.alt, *drawn])


@pytest.mark.parametrize("minutes", [0, 7, 600])
def test_two_changes_that_nobody_sent_are_one_announcement(
    root: Path, run: Run, minutes: int
) -> None:
    run(moved_to=FRI)
    second = run(minutes, moved_to=SAT)
    (one,) = announced(root)
    assert one.id == second.announcement
    said = proof(root, one).texts[0].words
    assert "Sabtu, 28 November 2026" in said and "Semula: Rabu, 25 November 2026" in said
    assert "Jumat" not in said
    assert posts(root)["harinya"].date == SAT


@pytest.mark.parametrize(
    "wishes",
    [
        {"moved_to": FRI},
        {"place": "Rumah Ibu RT 03"},
        {"hours": Hours(time(13), time(15))},
    ],
)
def test_back_before_anybody_was_told_leaves_no_trace(
    root: Path, run: Run, wishes: dict[str, Any]
) -> None:
    run(**wishes)
    if "moved_to" in wishes:
        run(5, moved_to=SAT)
    rule = {"moved_to": WED, "place": "Balai RW 05", "hours": Hours(time(8), time(11))}
    back = run(9, **{key: rule[key] for key in wishes})
    assert back.announcement == "" and back.told == () and back.case is Case.TAKEN_BACK
    unit = root / "calendars" / "melati"
    assert (unit / "posyandu.yaml").read_bytes().decode() == PROFILE
    assert (unit / "2026-11.yaml").read_bytes().decode() == MONTH


def test_after_it_was_sent_the_next_one_tells_from_what_was_announced(root: Path, run: Run) -> None:
    first = run(moved_to=FRI).announcement
    second = run(3, done=(first,), moved_to=SAT)
    assert len(announced(root)) == 2 and second.announcement != first
    said = proof(root, posts(root)[second.announcement]).texts[0].words
    assert "Sabtu, 28 November 2026" in said and "Semula: Jumat, 27 November 2026" in said
    assert superseded(posts(root).values()) == {("melati", first)}
    third = run(6, done=(first,), moved_to=date(2026, 11, 30))
    assert third.announcement == second.announcement, "the second was not sent: it is replaced"
    said = proof(root, posts(root)[third.announcement]).texts[0].words
    assert "Senin, 30 November 2026" in said and "Semula: Jumat, 27 November 2026" in said


def test_back_after_it_was_sent_says_so_and_never_that_the_day_moved(root: Path, run: Run) -> None:
    first = run(moved_to=FRI).announcement
    back = run(3, done=(first,), moved_to=WED)
    assert [told.post.id for told in back.told] == [first]
    for post in announced(root):  # the old one too, should somebody look at it
        said = words(root, post).casefold()
        assert "harinya pindah" not in said and "pindah hari" not in said
    said = proof(root, posts(root)[back.announcement]).texts[0].words
    assert "Rabu, 25 November 2026" in said and "BERUBAH" not in said and "Semula" not in said
    assert "Kembali ke jadwal semula" in said
    assert "pindah ke Jumat, 27 November 2026, tidak berlaku lagi" in said
    proved = proof(root, posts(root)[back.announcement])
    assert "jam-bentrok" not in {found.code for found in proved.findings}
    assert posts(root)["harinya"].date == WED
    reminder = proof(root, posts(root)["sebelum1"])
    assert "semula" not in "".join(text.words for text in reminder.texts).casefold()


def test_who_heard_of_it_from_a_reminder_is_told_that_it_is_over(root: Path, run: Run) -> None:
    run(moved_to=FRI)
    back = run(30, done=("sebelum1",), moved_to=WED)
    (one,) = announced(root)
    assert one.id == back.announcement
    assert "tidak berlaku lagi" in proof(root, one).texts[0].words


def test_a_cancelled_day_that_opens_after_all(root: Path, run: Run) -> None:
    first = run(cancelled=True).announcement
    back = run(3, done=(first,), moved_to=WED)
    said = proof(root, posts(root)[back.announcement]).texts[0].words
    assert "Kabar sebelumnya, batal, tidak berlaku lagi" in said and "BATAL" not in said


def test_back_to_the_day_in_another_place(root: Path, run: Run) -> None:
    first = run(moved_to=FRI).announcement
    back = run(3, done=(first,), moved_to=WED, place="Rumah Ibu RT 03")
    said = words(root, posts(root)[back.announcement])
    assert "Harinya kembali ke semula" in said and "harinya pindah" not in said
    assert "Rumah Ibu RT 03" in said


def test_what_was_announced_survives_reading_and_another_change(root: Path, run: Run) -> None:
    first = run(moved_to=FRI).announcement
    second = run(3, done=(first,), moved_to=SAT).announcement
    run(6, done=(first, second), hours=Hours(time(13), time(15)))
    text = (root / "calendars" / "melati" / "posyandu.yaml").read_text("utf-8")
    assert "diumumkan: pindah_ke: 2026-11-28" in " ".join(text.replace(chr(34), "").split())
    last = announced(root)[-1]
    said = proof(root, last).texts[0].words
    assert "Semula: Sabtu, 28 November 2026, 08.00" in said


def test_the_day_it_is_on_already_is_no_change(run: Run) -> None:
    with pytest.raises(UsageError, match="tidak ada yang berubah"):
        run(moved_to=WED)


def test_an_announcement_of_a_change_that_was_taken_out_by_hand_never_goes_out(
    root: Path, run: Run
) -> None:
    first = run(moved_to=FRI).announcement
    path = root / "calendars" / "melati" / "posyandu.yaml"
    path.write_text(PROFILE, encoding="utf-8", newline="")
    workspace = Workspace.open(root)
    made = Press(workspace, workspace.load()).proof(posts(root)[first])
    assert made.draft and "pengumuman-salah" in {f.code for f in made.findings}


def test_an_announcement_that_was_followed_by_another_goes_into_no_pack(
    root: Path, run: Run, tmp_path: Path
) -> None:
    first = run(moved_to=FRI).announcement
    second = run(3, done=(first,), moved_to=SAT).announcement
    workspace = Workspace.open(root)
    press = Press(workspace, workspace.load())
    out = tmp_path / "keluaran"
    proofs = [press.proof(post) for post in announced(root)]
    for each in proofs:
        assert list(press.write(each, out))
    (packed,) = release(Reviews(press, ELEVEN), proofs, out).packs
    assert [each.post.id for each in packed.left_out] == [first] and second
    told = (packed.folder / "BACA-DULU.txt").read_text("utf-8")
    assert "sudah ada pengumuman yang lebih baru" in told and first not in told
    texts = [path.read_text("utf-8") for path in packed.folder.glob("*_teks.txt")]
    assert texts and all("Sabtu, 28 November 2026" in text for text in texts)


def test_what_was_replaced_leaves_by_no_door(root: Path, run: Run) -> None:
    first = run(moved_to=FRI).announcement
    run(3, done=(first,), moved_to=SAT)
    workspace = Workspace.open(root)
    reviews = Reviews(Press(workspace, workspace.load()), datetime(2026, 11, 23, tzinfo=UTC))
    proofs = [reviews.press.proof(post) for post in announced(root)]
    assert admitted(reviews, proofs).held["melati", first].code == "pengumuman-diganti"
    made, _ = bulk(reviews, "publer", date(2026, 11, 1), ["melati"], "fb", step=lambda *_: None)
    told = b"".join(data for _, data in made.files).decode()
    assert "Semula: Jumat, 27" in told and "Semula: Rabu, 25" not in told
