"""What changes in a posyandu's life is one edit of its files, and nothing else in them moves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Cloth, Posyandu
from content_kit.planning.pages import Pages
from content_kit.start import NewPerson, NewPosyandu
from content_kit.tasks.people import add_person, duties, helped, leave, set_person
from content_kit.tasks.posyandu_data import (
    Day,
    add_posyandu,
    remove_day,
    set_day,
    set_details,
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The sample as a workspace of one's own."""
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    return Workspace(tmp_path)


def edited(place: Workspace, act: Callable[[Pages, Loaded], object]) -> Loaded:
    """The workspace after an edit was saved."""
    pages = Pages(place)
    act(pages, place.load(()))
    pages.save()
    loaded = place.load(())
    assert [found.sentence() for found in loaded.findings] == []
    return loaded


def melati(loaded: Loaded) -> Posyandu:
    return loaded.posyandu["melati"]


def lines_that_differ(before: str, after: str) -> int:
    return len(set(after.splitlines()) - set(before.splitlines()))


def test_a_corrected_number_changes_its_line_and_prints_one_way(place: Workspace) -> None:
    path = place.root / "calendars/melati/posyandu.yaml"
    before = path.read_text(encoding="utf-8")
    loaded = edited(place, lambda pages, now: set_details(pages, melati(now), {"whatsapp": "+62 812 3456 7890"}))  # fmt: skip
    assert melati(loaded).contact.whatsapp == "0812-3456-7890"
    assert lines_that_differ(before, path.read_text(encoding="utf-8")) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"whatsapp": "08123"}, "08123"),
        ({"whatsapp": "0812-5555-0123S"}, "0123S"),
        ({"nama": "  "}, "belum diisi"),
        ({"zona": "WIX"}, "WIX"),
        ({"palet": "ungu-janda"}, "ungu-janda"),
        ({"motif": "naga balimbu"}, "Maksudnya .naga_balimbur"),
    ],
    ids=[
        "short number",
        "letter in a number",
        "no name",
        "no such zone",
        "no such colours",
        "no such motif",
    ],
)
def test_what_cannot_be_printed_is_asked_for(
    place: Workspace, words: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        set_details(Pages(place), melati(place.load(())), words)


@pytest.mark.parametrize("typed", ["ular_lidi", "Ular lidi", "ular-lidi"])
def test_a_motif_is_chosen_by_its_name_and_goes_when_emptied(place: Workspace, typed: str) -> None:
    loaded = edited(place, lambda pages, now: set_details(pages, melati(now), {"motif": typed}))
    assert melati(loaded).motif is Cloth.ULAR_LIDI
    loaded = edited(place, lambda pages, now: set_details(pages, melati(now), {"motif": ""}))
    assert melati(loaded).motif is None


def test_an_emptied_number_goes_and_a_first_one_comes(place: Workspace) -> None:
    loaded = edited(place, lambda pages, now: set_details(pages, melati(now), {"whatsapp": "", "instagram": "posyandu.melati"}))  # fmt: skip
    assert melati(loaded).contact.whatsapp == ""
    assert melati(loaded).contact.instagram == "posyandu.melati"


def test_a_second_service_day_is_told_in_one_sentence(place: Workspace) -> None:
    day = Day(rule="Jumat minggu ke-4, jam 8 sampai 11 di Balai RW 02", services=("tensi",), audience=("lansia",))  # fmt: skip
    loaded = edited(place, lambda pages, now: set_day(pages, melati(now), None, day))
    new = melati(loaded).service_days[-1]
    assert (new.rule, new.place, new.services) == ("Jumat minggu ke-4", "Balai RW 02", ("tensi",))
    assert (new.hours.start.hour, new.hours.end and new.hours.end.hour) == (8, 11)
    assert len(melati(loaded).service_days) == len(melati(place.load(())).service_days)
    loaded = edited(place, lambda pages, now: remove_day(pages, melati(now), new.id))
    assert new.id not in {each.id for each in melati(loaded).service_days}


def test_a_day_changes_where_somebody_said_so_and_keeps_the_rest(place: Workspace) -> None:
    before = melati(place.load(())).service_days[0]
    loaded = edited(place, lambda pages, now: set_day(pages, melati(now), before.id, Day(hours="jam 9 sampai 12", bring=())))  # fmt: skip
    after = melati(loaded).service_days[0]
    assert (after.hours.start.hour, after.bring) == (9, ())
    assert (after.rule, after.place, after.services) == (before.rule, before.place, before.services)
    assert after.changes == before.changes


@pytest.mark.parametrize(
    "day",
    [Day(rule="entah"), Day(hours="8-25"), Day(services=("bekam",)), Day(place=" ")],
    ids=["rule", "hours", "service", "place"],
)
def test_an_unclear_day_is_asked_for_and_nothing_changes(place: Workspace, day: Day) -> None:
    pages, unit = Pages(place), melati(place.load(()))
    with pytest.raises(UsageError):
        set_day(pages, unit, unit.service_days[0].id, day)
    assert not pages.changed()


def test_people_come_are_renamed_and_leave(place: Workspace) -> None:
    new = NewPerson("Siti Aminah")
    loaded = edited(place, lambda pages, now: add_person(pages, now.people, new, ("melati",)))
    (person,) = (each for each in loaded.people.values() if each.name == "Siti Aminah")
    assert person in helped(loaded.people, "melati")
    loaded = edited(place, lambda pages, _: set_person(pages, person, name="Hj. Siti Aminah"))
    assert loaded.people[person.id].name == "Hj. Siti Aminah"
    loaded = edited(place, lambda pages, now: set_person(pages, now.people[person.id], units=()))
    assert loaded.people[person.id].units == ()


def test_who_leaves_hands_the_coming_posts_to_an_heir_who_then_helps_there(
    place: Workspace,
) -> None:
    today = date(2026, 12, 8)
    now = place.load()
    jumiati, heir = now.people["kader-jumiati"], now.people["kader-fitri"]
    theirs = duties(now.posts(), jumiati, ("melati",), today)
    assert theirs and "melati" not in heir.units
    pages = Pages(place)
    leave(pages, jumiati, ("melati",), theirs, heir)
    pages.save()
    after = place.load()
    assert not duties(after.posts(), jumiati, ("melati",), today)
    assert {post.id for post in theirs} <= {
        post.id for post in after.posts() if post.duty == heir.id
    }
    assert after.people[jumiati.id].units == () and "melati" in after.people[heir.id].units
    assert "sekarang atas nama" in pages.done[-1].what


def test_a_role_changes_and_an_unknown_one_does_not(place: Workspace) -> None:
    loaded = edited(
        place, lambda pages, now: set_person(pages, now.people["kader-jumiati"], role="kim")
    )
    assert loaded.people["kader-jumiati"].role == "kim"
    with pytest.raises(UsageError, match="ketua"):
        set_person(Pages(place), loaded.people["kader-jumiati"], role="ketua")


def test_who_helps_already_helps_one_more(place: Workspace) -> None:
    loaded = edited(place, lambda pages, now: add_person(pages, now.people, NewPerson("rusminah"), ("kenanga",)))  # fmt: skip
    assert loaded.people["kader-rusminah"].units == ("melati", "kenanga")


def test_another_posyandu_of_the_same_name_gets_its_own_folder(place: Workspace) -> None:
    new = NewPosyandu(
        "Posyandu Melati", "Desa Lain", "Kecamatan Contoh", "Kabupaten Contoh", "WITA",
        "tanggal 31", "jam 8 sampai 11", "Aula", people=(NewPerson("Rusminah"),),
    )  # fmt: skip
    loaded = edited(place, lambda pages, now: add_posyandu(pages, now.posyandu, now.people, new, ("kim-hendra",)))  # fmt: skip
    assert loaded.posyandu["melati-desa-lain"].service_days[0].rule == "tanggal 31"
    assert {each.id for each in helped(loaded.people, "melati-desa-lain")} == {
        "kader-rusminah",
        "kim-hendra",
    }


def test_posts_follow_a_usual_day_that_changes(place: Workspace) -> None:
    loaded = place.load()
    day = melati(loaded).service_days[0]
    before = {post.id: post for post in loaded.posts("melati")}
    pages = Pages(place)
    today = date(2026, 12, 1)
    set_day(pages, melati(loaded), day.id, Day(rule="rabu ke-2"), loaded.posts("melati"), today)
    pages.save()
    after = {post.id: post for post in place.load().posts("melati")}
    moved = [id for id, post in before.items() if after[id].date != post.date]
    assert moved
    for id in moved:
        old, new = before[id], after[id]
        assert old.occurrence and new.occurrence
        assert new.occurrence.date == date(2026, 12, 9)
        assert new.date - new.occurrence.date == old.date - old.occurrence.date
    assert not [id for id in moved if before[id].occurrence is None]
    assert "postingan ikut pindah" in pages.done[-1].what
