"""New workspaces: the sample moves by whole weeks and keeps its meaning; init asks for little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.findings import has_errors
from content_kit.schedule.occurrences import occurrences, resolve
from content_kit.start import (
    NewPosyandu,
    create,
    create_demo,
    create_office,
    next_service_day,
)

MELATI = NewPosyandu(
    name='Posyandu "Melati"',
    village="Desa Contoh",
    district="Kecamatan Contoh",
    regency="Kabupaten Contoh",
    zone="WITA",
    rule="selasa ke-2",
    hours="08.00-11.00",
    place="Balai: RW 05 # dekat sungai",
)


@settings(max_examples=12, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_the_demo_opens_in_the_first_week_with_a_service_day_on_or_after_the_date(
    tmp_path_factory: pytest.TempPathFactory, day: date
) -> None:
    root = create_demo(tmp_path_factory.mktemp("demo") / "contoh", day)
    loaded = Workspace.open(root).load()
    assert not has_errors(loaded.findings), [f.sentence() for f in loaded.findings]
    opens = min(
        occurrence.date
        for posyandu in loaded.posyandu.values()
        for occurrence in occurrences(posyandu, day, day + timedelta(days=60))[0]
    )
    assert day <= opens < day + timedelta(days=14)
    for post in loaded.posts():
        if post.occurrence is not None:
            assert resolve(loaded.posyandu[post.unit], post.occurrence) is not None


def test_the_demo_for_the_default_date_is_the_sample_itself(tmp_path: Path) -> None:
    root = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    fresh = Workspace.open(root).load()
    posts = {(p.unit, p.id): (p.date, p.fields) for p in fresh.posts()}
    from content_kit.files import bundled

    sample = Workspace(bundled.root()).load()
    assert posts == {(p.unit, p.id): (p.date, p.fields) for p in sample.posts()}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "surat.txt").write_text("penting", encoding="utf-8")
    with pytest.raises(UsageError, match="sudah ada isinya"):
        create_demo(tmp_path, date(2026, 12, 7))
    assert [path.name for path in tmp_path.iterdir()] == ["surat.txt"]


def test_a_new_workspace_holds_just_the_words_that_were_typed(tmp_path: Path) -> None:
    root = create(tmp_path / "melati", MELATI, date(2026, 11, 21))
    loaded = Workspace.open(root).load()
    assert loaded.findings == ()
    (posyandu,) = loaded.posyandu.values()
    assert posyandu.name == 'Posyandu "Melati"'
    assert posyandu.service_days[0].place == "Balai: RW 05 # dekat sungai"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Posyandu Melati", "melati"),
        ("Posyandu Bersama", "posyandu-bersama"),  # `bersama` holds posts of all units
        ("Posyandu Con", "posyandu-con"),  # Windows keeps `con` for itself
        ("Posyandu", "posyandu"),
        ("Mélati " + "x" * 300, "melati-" + "x" * 53),
    ],
)
def test_any_name_gives_a_folder_that_loads(tmp_path: Path, name: str, folder: str) -> None:
    root = create(tmp_path / "kerja", replace(MELATI, name=name), date(2026, 11, 21))
    loaded = Workspace.open(root).load()
    assert loaded.findings == ()
    assert list(loaded.posyandu) == [folder]


def test_the_next_service_day_is_never_today() -> None:
    assert next_service_day("selasa ke-2", date(2026, 12, 8)) == date(2027, 1, 12)
    assert next_service_day("selasa ke-2", date(2028, 2, 29)) == date(2028, 3, 14)
    assert next_service_day("belum pasti", date(2026, 12, 8)) is None


def test_a_new_workspace_announces_its_next_service_day_the_day_before(tmp_path: Path) -> None:
    root = create(tmp_path / "melati", MELATI, date(2026, 11, 21))
    (post,) = Workspace.open(root).load().posts()
    assert post.date == date(2026, 12, 7)
    assert post.occurrence is not None and post.occurrence.date == date(2026, 12, 8)


def test_an_office_begins_without_a_posyandu(tmp_path: Path) -> None:
    root = create_office(tmp_path / "kantor", "Diskominfo  Contoh")
    loaded = Workspace(root).load(())
    assert (loaded.posyandu, loaded.findings) == ({}, ())
    assert loaded.office.name == "Diskominfo Contoh"
