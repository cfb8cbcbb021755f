"""The cache of checks: right to the byte, and never believed further than that."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place
from content_kit.review.decide import decide as rules
from content_kit.review.decide import posted
from content_kit.review.events import Kind
from content_kit.review.memory import Memory
from content_kit.roster import checking
from content_kit.roster.approve import batch
from content_kit.roster.cache import Keys, Store, decoded, encoded
from content_kit.roster.gather import Gathered, gather
from content_kit.roster.rows import Checker
from content_kit.roster.standing import Checked
from content_kit.roster.view import UNCHECKED, Unit

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """A workspace, its cache, and this machine's memory."""

    root: Path
    store: Store
    memory: Path

    @property
    def workspace(self) -> Workspace:
        return Workspace.open(self.root)

    def look(self, now: datetime = NOW) -> Gathered:
        memory = Memory.open(self.memory)
        return gather(self.workspace, FIRST, LAST, now, self.store, memory)

    def check(self, now: datetime = NOW) -> None:
        stale = self.look(now).stale
        checking.check(self.root, stale, FIRST, LAST, now, self.store, self.memory, processes=1)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two posyandu in two kecamatan, each with one invitation."""
    root = tmp_path / "kerja"
    shutil.copytree(bundled.root() / "calendars", root / "calendars")
    (root / "calendars" / "kantor.yaml").write_text("nama: Uji\npersetujuan: satu\n", "utf-8")
    for folder in (root / "calendars").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    melati = root / "calendars" / "melati"
    melati.mkdir()
    (melati / "posyandu.yaml").write_text(
        KENANGA.replace("hilir", "hulu").replace("Hilir", "Hulu").replace("enanga", "elati"),
        "utf-8",
    )
    (melati / "2026-12.yaml").write_text(DECEMBER.replace("kabar1", "kabar2"), "utf-8")
    kenanga = root / "calendars" / "kenanga"
    kenanga.mkdir()
    (kenanga / "posyandu.yaml").write_text(KENANGA, encoding="utf-8")
    (kenanga / "2026-12.yaml").write_text(DECEMBER, encoding="utf-8")
    cache = tmp_path / "cache"
    return Office(root, Store.of(Workspace.open(root), cache), tmp_path / "ingatan.json")


KENANGA = """\
id: contoh-hilir-kenanga
nama: Posyandu Kenanga
desa: Desa Hilir
kecamatan: Kecamatan Hilir
kabupaten: Kabupaten Contoh
zona: WITA
rekaan: ya
kontak: {whatsapp: "0812-0000-0000"}
hari_buka:
  - {id: bulanan, aturan: rabu ke-2, jam: 08.00-11.00, tempat: Balai RT 02, layanan: [timbang]}
"""

DECEMBER = """\
bulan: 2026-12
postingan:
  - id: kabar1
    tanggal: 2026-12-08
    jam: "18.30"
    jenis: jadwal
    model: jadwal-kartu
    acara: {hari_buka: bulanan, tanggal: 2026-12-09}
    isi: {judul: "Besok kita buka, ayo datang!"}
"""


KEY = "k" * 64


def the_file(office: Office, unit: str = "kenanga") -> Path:
    return next(
        path
        for path in office.store.folder.iterdir()
        if json.loads(path.read_bytes())["unit"]["slug"] == unit
    )


def test_a_new_look_gives_what_the_check_found(office: Office) -> None:
    before = office.look()
    assert before.stale == ("kenanga", "melati")
    assert {row.status for row in before.roster.rows} == {UNCHECKED}
    assert before.roster.totals.unchecked == before.roster.totals.posts > 0
    office.check()
    after = office.look()
    assert after.stale == ()
    assert after.roster.totals.unchecked == 0
    fresh = [one for slug in ("kenanga", "melati") for one in _fresh(office, slug).rows]
    assert sorted(after.roster.rows, key=lambda r: r.key) == sorted(fresh, key=lambda r: r.key)
    told = [(r.key, r.date, r.title, r.duty_name, r.kabupaten) for r in after.roster.rows]
    assert told == [(r.key, r.date, r.title, r.duty_name, r.kabupaten) for r in before.roster.rows]


def _fresh(office: Office, slug: str) -> Checked:
    return Checker(office.root, FIRST, LAST, NOW, Memory()).check(slug)


def test_what_was_checked_needs_no_yaml(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.check()
    monkeypatch.setattr("content_kit.files.workspace.read_month", None)
    monkeypatch.setattr("content_kit.files.workspace.read_posyandu", None)
    assert office.look().stale == ()


def inputs(office: Office) -> list[Path]:
    """Files that the rows of Kenanga are made from."""
    kenanga = office.root / "calendars" / "kenanga"
    foto = kenanga / "foto"
    foto.mkdir(exist_ok=True)
    (foto / "a.jpg").write_bytes(b"\xff\xd8" + bytes(500))
    (kenanga / "foto.yaml").write_text("foto: []\n", "utf-8")
    (kenanga / "2026-11.yaml").write_text("bulan: 2026-11\n", "utf-8")
    (kenanga / "tinjauan").mkdir(exist_ok=True)
    (kenanga / "tinjauan" / "x.yaml").write_text("versi: 1\n", "utf-8")
    own = office.root / "templates" / "jadwal-kartu"
    shutil.copytree(bundled.root() / "templates" / "jadwal-kartu", own)
    assets = office.root / "assets"
    shutil.copytree(bundled.root() / "assets" / "palettes", assets / "palettes")
    calendars = office.root / "calendars"
    (calendars / "libur.yaml").write_text("libur: []\n", "utf-8")
    return [
        *sorted(path for path in kenanga.rglob("*") if path.is_file()),
        *sorted(own.iterdir()),
        *sorted((assets / "palettes").iterdir()),
        calendars / "kantor.yaml",
        calendars / "orang.yaml",
        calendars / "libur.yaml",
    ]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_byte_of_any_input_makes_another_key(data: st.DataObject, office: Office) -> None:
    shutil.rmtree(office.root / "templates", ignore_errors=True)
    shutil.rmtree(office.root / "assets", ignore_errors=True)
    paths = inputs(office)
    keys = Keys(office.workspace)

    def whole() -> tuple[str, str]:
        return keys.unit(keys.common(), "kenanga", FIRST, LAST), keys.log("kenanga")

    key = whole()
    assert all(key)
    path = data.draw(st.sampled_from(paths))
    old = path.read_bytes()
    at = data.draw(st.integers(0, len(old) - 1))
    path.write_bytes(old[:at] + bytes([old[at] ^ 1]) + old[at + 1 :])
    try:
        assert whole() != key
    finally:
        path.write_bytes(old)
    if path.suffix != ".jpg":  # a photo is known by its times, like a file of git's index
        assert whole() == key
    moved = path.with_name(f"{path.stem}x{path.suffix}")
    path.rename(moved)
    assert whole() != key
    moved.rename(path)


def test_a_photo_that_keeps_size_and_time_is_still_another(office: Office) -> None:
    inputs(office)
    photo = office.root / "calendars" / "kenanga" / "foto" / "a.jpg"
    keys = Keys(office.workspace)
    key = keys.unit(keys.common(), "kenanga", FIRST, LAST)
    about = photo.stat()
    photo.write_bytes(b"\xff\xd8" + bytes([1]) * 500)
    os.utime(photo, ns=(about.st_atime_ns, about.st_mtime_ns))
    if os.name != "nt":  # there the third time is when a file was made
        assert keys.unit(keys.common(), "kenanga", FIRST, LAST) != key


def test_other_months_and_neighbours_have_their_own_keys(office: Office) -> None:
    keys = Keys(office.workspace)
    common = keys.common()
    assert keys.unit(common, "kenanga", FIRST, LAST) != keys.unit(common, "melati", FIRST, LAST)
    assert keys.unit(common, "kenanga", FIRST, LAST) != keys.unit(common, "kenanga", FIRST, FIRST)
    before = keys.unit(common, "kenanga", FIRST, LAST)
    (office.root / "calendars" / "melati" / "2026-12.yaml").write_text("bulan: 2026-12\n", "utf-8")
    assert keys.unit(keys.common(), "kenanga", FIRST, LAST) == before


def test_an_edit_puts_one_unit_back_to_unchecked(office: Office) -> None:
    office.check()
    path = office.root / "calendars" / "kenanga" / "2026-12.yaml"
    path.write_text(path.read_text("utf-8").replace("ayo datang", "ayo kemari"), "utf-8")
    found = office.look()
    assert found.stale == ("kenanga",)
    states = {row.unit: row.status for row in found.roster.rows}
    assert states["kenanga"] == UNCHECKED and states["melati"] != UNCHECKED


def test_an_edit_while_checking_is_not_remembered_as_checked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Checker.check

    def slow(self: Checker, slug: str) -> Checked:
        found = real(self, slug)
        (office.root / "calendars" / slug / "baru.txt").write_text("x", "utf-8")
        return found

    monkeypatch.setattr(Checker, "check", slow)
    office.check()
    assert office.look().stale == ("kenanga", "melati")


def test_a_run_that_was_stopped_goes_on_where_it_was(office: Office) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checking.check(
            office.root, ("kenanga", "melati"), FIRST, LAST, NOW, office.store, office.memory,
            processes=1, progress=stop,
        )  # fmt: skip
    assert office.look().stale == ("melati",)


def test_two_processes_find_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.check()
    one = office.look().roster
    shutil.rmtree(office.store.folder)
    monkeypatch.setattr(checking, "WORTH_TWO", 1)
    done: list[int] = []
    checking.check(
        office.root, ("kenanga", "melati"), FIRST, LAST, NOW, office.store, office.memory,
        progress=lambda count, _all: done.append(count),
    )  # fmt: skip
    assert done == [1, 2]
    assert office.look().roster == one


@dataclass
class Decider:
    """Somebody who decides about the post of Kenanga, as any command or screen writes it down."""

    office: Office

    def __post_init__(self) -> None:
        self.checker = Checker(self.office.root, FIRST, LAST, NOW, Memory())

    def at(self, now: datetime) -> Checker:
        """A checker as it would be at this moment; what all have in common was read once."""
        self.checker.now, self.checker.memory = now, Memory.open(self.office.memory)
        return self.checker

    def decide(self, kind: Kind, by: str, now: datetime = NOW) -> None:
        reviews = self.at(now).reviews(("kenanga",))
        states = [reviews.state(reviews.press.proof(post)) for post in reviews.press.loaded.posts()]
        decision = posted(states[0], ("fb",)) if kind is Kind.POSTED else rules(kind, states, by)
        assert decision.carried
        reviews.record(kind, by, decision.carried, "Perbaiki jamnya")

    def same_as_fresh(self, now: datetime = NOW) -> Gathered:
        """What a look says after a check is what a new check would say; nothing is unchecked."""
        found, fresh = self.office.look(now), self.at(now).check("kenanga")
        assert found.stale == ()
        assert [row for row in found.roster.rows if row.unit == "kenanga"] == list(fresh.rows)
        told = [f for f in found.findings if f.place.file.startswith("calendars/kenanga")]
        assert told == list(fresh.findings)
        return found


S, A, R, W, P = Kind.SUBMIT, Kind.APPROVE, Kind.RETURN, Kind.WITHDRAW, Kind.POSTED


def test_no_decision_unsettles_a_count(office: Office) -> None:
    words = office.root / "calendars/kenanga/2026-12.yaml"  # no fast lane: an own sentence
    words.write_text(words.read_text("utf-8").replace("ayo datang", "ayo kemari"), "utf-8")
    office.check()
    somebody = Decider(office)
    for number, kind in enumerate((S, W, S, R, S, A, P)):
        at = NOW - timedelta(hours=9 - number)
        somebody.decide(kind, "Rina" if kind is A else "Hendra", at)
        assert somebody.same_as_fresh().roster.totals.unchecked == 0, kind


def test_a_decision_of_another_machine_and_its_loss_are_followed(office: Office) -> None:
    office.check()
    somebody = Decider(office)
    somebody.decide(S, "Hendra")
    somebody.same_as_fresh()
    (event,) = (office.root / "calendars/kenanga/tinjauan").glob("*.yaml")
    event.unlink()  # a folder put back to last week
    found = somebody.same_as_fresh()
    assert "tinjauan-mundur" in [one.code for one in found.findings]
    (event.parent / "coret.yaml").write_text("bukan catatan", "utf-8")
    somebody.same_as_fresh()


def test_a_status_that_expires_is_not_told_longer(office: Office) -> None:
    office.check()
    somebody = Decider(office)
    somebody.decide(S, "Hendra")
    somebody.decide(A, "Rina")
    assert somebody.same_as_fresh().roster.totals.approved == 1
    assert somebody.same_as_fresh(NOW + timedelta(days=61)).roster.totals.approved == 0


def test_a_log_is_only_read_again_when_it_is_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.check()
    Decider(office).decide(S, "Hendra")
    assert office.look().stale == ()
    monkeypatch.setattr(Workspace, "load", None)
    assert office.look().stale == ()


def test_keys_that_this_machine_learned_of_void_the_check(office: Office) -> None:
    office.check()
    path = the_file(office)
    data = json.loads(path.read_bytes())
    path.write_text(json.dumps(data | {"seen": "0" * 64}), "utf-8")
    assert office.look().stale == ()  # the log was read again
    path.write_text(json.dumps(data | {"pins": "0" * 64}), "utf-8")
    assert office.look().stale == ("kenanga",)


def test_findings_that_belong_to_no_row_are_told_from_the_cache(office: Office) -> None:
    path = office.root / "calendars" / "kenanga" / "2026-12.yaml"
    path.write_text(path.read_text("utf-8") + "  - {id: rusak1, tanggal: 2026-13-01}\n", "utf-8")
    told = [found.code for found in office.look().findings]
    office.check()
    after = office.look()
    assert after.stale == ()
    assert "tanggal-salah" in told
    assert "tanggal-salah" in [found.code for found in after.findings]
    assert next(unit for unit in after.roster.units if unit.slug == "kenanga").broken


# Hostile files


@pytest.fixture
def good(office: Office) -> dict[str, Any]:
    checked = replace(
        _fresh(office, "kenanga"), findings=(Finding("id-kosong", "x", Place("a", 1, 2, "b")),)
    )
    again = decoded(encoded(checked, KEY), "kenanga", KEY, FIRST, LAST)
    assert again == checked
    data: dict[str, Any] = json.loads(encoded(checked, KEY))
    return data


def judged(data: object, **changes: object) -> Checked | None:
    return decoded(json.dumps(data).encode(), "kenanga", KEY, FIRST, LAST)


ODD: list[object] = [None, True, -1, 10**30, 1.5, "", "\x1b]0;x\x07" * 99, "z" * 10_000, [], {}, [[]], "belum diperiksa"]  # fmt: skip


FLAGS = ("as_library", "fast", "plain", "wrong", "waiting", "replaced")


def test_every_odd_word_is_no_cache(good: dict[str, Any]) -> None:
    free = {"title", "duty", "duty_name", "name", "village", "kecamatan", "kabupaten",
            "region_code", "id", "handed_in", "until", "seen", "message", "hint", "post", "file",
            "field", "channels", "codes", "findings", "rows", "text", "caption", "found", "decided",
            "submitters", "approvers", "steps", "slow", "offices", "pins", "log"}  # fmt: skip
    for odd in ODD:
        for name in good:
            _tried({**good, name: odd}, name in free)
        for part in ("unit",):
            for name in good[part]:
                _tried({**good, part: {**good[part], name: odd}}, name in free)
        for part in ("rows", "findings"):
            for name in good[part][0]:
                changed = {**good[part][0], name: odd}
                allowed = name in free or (odd is True and name in FLAGS)
                _tried({**good, part: [changed]}, allowed)


def _tried(data: dict[str, Any], may_be_read: bool) -> None:
    found = judged(data)
    assert found is None or may_be_read, data
    for row in found.rows if found else ():
        assert FIRST <= row.date <= LAST and row.unit == "kenanga"
        assert row.status != UNCHECKED and len(row.title) <= 200


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"key": "k"}', b"1" * 5_000],
)
def test_no_cache_at_all(text: bytes) -> None:
    assert decoded(text, "kenanga", KEY, FIRST, LAST) is None


def test_another_key_or_unit_or_day_is_no_cache(good: dict[str, Any]) -> None:
    text = json.dumps(good).encode()
    assert decoded(text, "kenanga", KEY, FIRST, LAST) is not None
    assert decoded(text, "kenanga", "x" * 64, FIRST, LAST) is None
    assert decoded(text, "melati", KEY, FIRST, LAST) is None
    assert decoded(text, "kenanga", KEY, date(2027, 1, 1), date(2027, 1, 31)) is None
    twice = {**good, "rows": good["rows"] * 2}
    assert judged(twice) is None
    naive = {**good, "until": "2026-12-01T00:00:00"}
    assert judged(naive) is None


@given(st.binary(max_size=300))
def test_noise_is_no_cache(noise: bytes) -> None:
    assert decoded(noise, "kenanga", KEY, FIRST, LAST) is None


def test_a_forged_file_never_approves(office: Office) -> None:
    office.check()
    path = the_file(office)
    data = json.loads(path.read_bytes())
    for row in data["rows"]:
        row |= {"status": "diajukan", "as_library": True, "codes": []}
    path.write_text(json.dumps(data), "utf-8")
    shown = [row for row in office.look().roster.rows if row.unit == "kenanga"]
    assert [row.status for row in shown] == ["diajukan"]  # it is only a view
    checker = Checker(office.root, FIRST, LAST, NOW, Memory())
    assert batch(checker, ["kenanga"], "benih").posts == ()


def test_an_unreadable_or_huge_file_is_no_cache(office: Office) -> None:
    office.check()
    path = the_file(office)
    path.write_bytes(b" " * 5_000_000)
    assert office.look().stale == ("kenanga",)
    path.unlink()
    path.mkdir()
    assert office.look().stale == ("kenanga",)
    office.check()  # cannot be kept, and says nothing
    assert office.look().stale == ("kenanga",)


def test_old_files_are_swept(office: Office) -> None:
    office.check()
    path = the_file(office)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(path, (long_ago, long_ago))
    office.store.sweep()
    assert not path.exists()
    assert office.look().stale == ("kenanga",)


def test_a_unit_of_another_name_is_another_file(office: Office) -> None:
    first = Checked(Unit("a", "a", "A"), ())
    for slug in ("a", "A", "a b", "ā"):
        office.store.write(slug, KEY, FIRST, LAST, replace(first, unit=Unit(slug, slug, "A")))
    for slug in ("a", "A", "a b", "ā"):
        found = office.store.read(slug, KEY, FIRST, LAST)
        assert found is not None and found.unit.slug == slug
