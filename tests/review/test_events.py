"""The log believes only whole events, and says of every other file why it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.model import Person, Posyandu
from content_kit.review.events import Entry, Event, Kind, Log, person
from content_kit.review.log import read_log, with_event, write
from content_kit.review.seal import seal

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
INPUTS = {"isi.judul": 'Besok "buka" 😀\nayo', "waktu": "2026-12-07T18:30:00+08:00", "isi.x": " "}
SEAL = seal(INPUTS)


class Desk:
    """A unit's log in a folder, written and read as commands do."""

    def __init__(self, root: Path, posyandu: Posyandu) -> None:
        (root / "calendars" / "melati").mkdir(parents=True)
        self.workspace = Workspace(root)
        self.posyandu = posyandu
        self.folder = root / "calendars" / "melati" / "tinjauan"

    def add(self, kind: Kind, by: str, *, note: str = "", seal: str = SEAL) -> Path:
        before = set(self.files())
        inputs = INPUTS if kind is Kind.SUBMIT else {}
        event = Event(kind, by, NOW, (Entry("m4x7q2", seal, inputs),), note)
        write(self.workspace, self.posyandu, self.log(), event)
        (new,) = set(self.files()) - before
        return new

    def log(self, now: datetime = NOW) -> Log:
        return read_log(self.workspace, self.posyandu, {}, now)

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.yaml")) if self.folder.exists() else []


@pytest.fixture
def desk(tmp_path: Path, melati: Posyandu) -> Desk:
    """An empty log."""
    return Desk(tmp_path, melati)


def test_what_was_written_is_read_back_in_order_under_names_that_sort(desk: Desk) -> None:
    desk.add(Kind.SUBMIT, "Hendra", note="Sudah dicek: ya")
    desk.add(Kind.APPROVE, "Rina")
    desk.add(Kind.RETURN, "Rina", note="= tolong\n- ubah")
    log = desk.log()
    assert log.findings == ()
    assert [event.kind for event in log.events] == [Kind.SUBMIT, Kind.APPROVE, Kind.RETURN]
    assert log.events[0].entries[0].inputs == INPUTS
    assert log.events[2].previous == (log.events[1].digest,)
    assert [path.name.split("-")[1] for path in desk.files()] == ["ajukan", "setujui", "kembalikan"]


def test_an_event_is_never_earlier_than_what_its_author_has_seen(desk: Desk) -> None:
    desk.add(Kind.SUBMIT, "Hendra")
    event = Event(Kind.APPROVE, "Rina", NOW - timedelta(days=3), (Entry("m4x7q2", SEAL),))
    written = write(desk.workspace, desk.posyandu, desk.log(), event)
    assert written.at > desk.log().events[0].at


@pytest.mark.parametrize(
    ("old", "new"),
    [("Hendra", "Rina"), ("m4x7q2", "m4x7q3"), (SEAL[:9], "0" * 9), ("waktu:", "waktu2:")],
)
def test_an_edited_event_is_told_and_does_not_count(desk: Desk, old: str, new: str) -> None:
    path = desk.add(Kind.SUBMIT, "Hendra")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    log = desk.log()
    assert log.events == ()
    assert [found.code for found in log.findings] == ["tinjauan-rusak"]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe\x00", b"a: &a [*a]", b"[" * 50_000, b"versi: 1\nversi: 1\n", b"- 1", b"\x00",
        b"versi: 1\nposyandu: x\njenis: setujui\noleh: [a]\nwaktu: 9999\npostingan: {}\n",
        b"<<<<<<< HEAD\nversi: 1\n", b"versi: 1\n" * 300_000,
    ],
)  # fmt: skip
def test_hostile_bytes_under_a_right_name_are_told_and_nothing_falls_over(
    desk: Desk, data: bytes
) -> None:
    import hashlib

    desk.add(Kind.SUBMIT, "Hendra")
    digest = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    (desk.folder / f"20261201T080000000000Z-setujui-x-{digest[:16]}.yaml").write_bytes(data)
    log = desk.log()
    assert len(log.events) == 1
    assert [found.code for found in log.findings] == ["tinjauan-rusak"]


def test_strangers_folders_and_copies_are_told_and_hidden_files_are_not(desk: Desk) -> None:
    path = desk.add(Kind.SUBMIT, "Hendra")
    (desk.folder / "catatan.txt").write_text("x", encoding="utf-8")
    (desk.folder / f"{path.stem} (1).yaml").write_bytes(path.read_bytes())
    (desk.folder / "folder").mkdir()
    (desk.folder / ".content-kit.lock").write_text("", encoding="utf-8")
    log = desk.log()
    assert len(log.events) == 1
    assert {found.code for found in log.findings} == {"tinjauan-rusak"}
    assert len(log.findings) == 3


def test_an_event_of_another_unit_or_from_the_future_does_not_count(desk: Desk) -> None:
    desk.add(Kind.SUBMIT, "Hendra")
    assert desk.log(NOW - timedelta(days=2)).events == ()
    desk.posyandu = replace(desk.posyandu, id="contoh-desa-lain-melati")
    assert desk.log().events == ()
    assert "posyandu lain" in desk.log().findings[0].message


def test_a_gap_voids_the_approvals_before_it(desk: Desk) -> None:
    """The lost file is the return that took the approval back."""
    desk.add(Kind.SUBMIT, "Hendra")
    desk.add(Kind.APPROVE, "Rina")
    lost = desk.add(Kind.RETURN, "Rina", note="Ganti fotonya")
    desk.add(Kind.POSTED, "Rina")
    lost.unlink()
    log = desk.log()
    assert [event.kind for event in log.events] == [Kind.SUBMIT, Kind.POSTED]
    assert [found.code for found in log.findings] == ["tinjauan-terputus"]


def test_without_keys_a_whole_forged_event_is_believed(desk: Desk) -> None:
    """The limit: a log that is not signed guards against accidents and not against a person."""
    desk.add(Kind.SUBMIT, "Hendra")
    desk.add(Kind.APPROVE, "Rina")  # written by anybody who can write to the folder
    assert [event.by for event in desk.log().events] == ["Hendra", "Rina"]
    desk.files()[-1].unlink()  # and the end of a chain can be cut off unseen
    assert desk.log().findings == ()


def test_a_person_is_one_under_id_and_name() -> None:
    people = {
        "kim-hendra": Person("kim-hendra", "Hendra"),
        "a": Person("a", "Siti"),
        "b": Person("b", "Siti"),
    }
    assert person("hendra", people) == person("KIM-Hendra", people) == "kim-hendra"
    assert person(" Ibu  Rina ", people) == "Ibu Rina"
    assert person("A", {**people, "c": Person("c", "a")}) == "a"  # an id goes before a name
    # Two people are called Siti: guessed, one of them could approve what she handed in herself.
    for name in ("", "  ", "x" * 61, "\u202e", "Siti"):
        with pytest.raises(UsageError):
            person(name, people)


def test_five_hundred_events_are_read_back(desk: Desk) -> None:
    log = desk.log()
    for number in range(500):
        event = Event(Kind.APPROVE, f"P{number % 5}", NOW, (Entry("m4x7q2", SEAL),))
        log = with_event(log, write(desk.workspace, desk.posyandu, log, event))
    again = desk.log()
    assert (again.events, again.findings) == (log.events, ())
    assert again.heads == log.heads
