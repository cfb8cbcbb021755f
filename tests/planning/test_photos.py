"""A photo comes in with its record or not at all, and a consent can be taken back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from content_kit.errors import SystemFailure, UnreadableFile, UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Consent, PeopleInPhoto
from content_kit.planning import photos
from content_kit.planning.history import History
from content_kit.planning.pages import Pages
from content_kit.planning.photos import Described

DAY = date(2026, 12, 8)
NOBODY = Described(PeopleInPhoto.NONE)
GIVEN = Consent(
    "07/2026", "media sosial: posyandu", ("wa-grup",), date(2026, 11, 1), date(2027, 11, 1),
    guardian=True,
)  # fmt: skip
CHILD = Described(PeopleInPhoto.CHILDREN, GIVEN, (1 / 6, 0.5))


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The sample, which has no photos."""
    shutil.copytree(bundled.root() / "calendars", tmp_path / "kerja" / "calendars")
    return Workspace.open(tmp_path / "kerja")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A photo as a phone sends it."""
    path = tmp_path / "IMG-20261207-WA0003.jpg"
    Image.new("RGB", (64, 48), (120, 160, 120)).save(path)
    return path


def melati(place: Workspace) -> Loaded:
    return place.load(unit="melati")


def record(place: Workspace) -> str:
    return (place.root / "calendars/melati/foto.yaml").read_text(encoding="utf-8")


def files(place: Workspace) -> list[str]:
    folder = place.root / "calendars/melati/foto"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_photo_and_its_record_come_in_together(place: Workspace, source: Path) -> None:
    file = photos.add(place, melati(place), "melati", source, CHILD)
    loaded = melati(place)
    entry = loaded.photos["melati"][file]
    assert file == "img-20261207-wa0003.jpg"
    assert files(place) == [file]
    assert (entry.people, entry.consent, entry.focus) == (CHILD.people, GIVEN, (0.17, 0.5))
    assert not loaded.findings


def test_what_stood_in_the_record_keeps_its_bytes(place: Workspace, source: Path) -> None:
    before = "# siapa saja\nfoto:\n  - berkas: lama.jpg   # kader\n    orang: tidak_ada\n"
    (place.root / "calendars/melati/foto.yaml").write_text(before, encoding="utf-8", newline="")
    photos.add(place, melati(place), "melati", source, NOBODY)
    assert record(place).startswith(before)


def test_a_photo_never_takes_the_place_of_another(place: Workspace, source: Path) -> None:
    photos.add(place, melati(place), "melati", source, NOBODY)
    first = (place.root / "calendars/melati/foto/img-20261207-wa0003.jpg").read_bytes()
    Image.new("RGB", (64, 48), "red").save(source)
    second = photos.add(place, melati(place), "melati", source, NOBODY)
    assert second == "img-20261207-wa0003-2.jpg"
    (place.root / "calendars/melati/foto" / second).unlink()
    third = photos.add(place, melati(place), "melati", source, NOBODY)
    assert third == "img-20261207-wa0003-3.jpg", "a consent belongs to a name, even of a lost file"
    assert (place.root / "calendars/melati/foto/img-20261207-wa0003.jpg").read_bytes() == first


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("CON.jpg", "con-1.jpg"),
        ("[red]Gratis[_].jpg", "red-gratis.jpg"),
        ("..  ..jpg", "foto.jpg"),
        ("\u202egpj.exe.jpg", "gpj-exe.jpg"),
        ("-rf.jpg", "foto-rf.jpg"),
        ("x" * 150 + ".jpg", "x" * 48 + ".jpg"),
    ],
)
def test_hostile_names_become_plain_ones(
    name: str, wanted: str, place: Workspace, source: Path
) -> None:
    hostile = source.with_name(name)
    try:
        source.rename(hostile)
    except OSError:
        pytest.skip("this system has no such name")
    assert photos.add(place, melati(place), "melati", hostile, NOBODY) == wanted


def test_a_record_that_cannot_be_saved_leaves_no_photo(place: Workspace, source: Path) -> None:
    def full(_pages: Pages, _what: str) -> None:
        raise SystemFailure("disk penuh")

    with pytest.raises(SystemFailure):
        photos.add(place, melati(place), "melati", source, NOBODY, save=full)
    assert files(place) == []
    (place.root / "calendars/melati/foto.yaml").write_text("foto: [", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"foto\.yaml:2:1"):
        photos.add(place, melati(place), "melati", source, NOBODY)
    assert files(place) == []


def test_a_photo_that_is_none_changes_nothing(place: Workspace, tmp_path: Path) -> None:
    heic = tmp_path / "a.jpg"
    heic.write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    with pytest.raises(UsageError, match="Ubah ke JPEG dulu"):
        photos.add(place, melati(place), "melati", heic, NOBODY)
    with pytest.raises(UsageError, match="kenari"):
        photos.add(place, melati(place), "kenari", heic, NOBODY)
    assert files(place) == []


def test_an_undone_photo_has_no_record(place: Workspace, source: Path) -> None:
    history = History()
    photos.add(place, melati(place), "melati", source, NOBODY, save=history.save)
    history.undo()
    (stored,) = photos.stored(place, melati(place), "melati", DAY)
    assert stored.standing == "belum dicatat"


@pytest.mark.parametrize(
    ("described", "said"),
    [
        (Described(PeopleInPhoto.CHILDREN, Consent("1")), "orang tua atau walinya"),
        (Described(PeopleInPhoto.ADULTS, Consent(" ")), "Nomor surat izin"),
        (
            Described(
                PeopleInPhoto.ADULTS, Consent("1", given=date(2026, 2, 1), expires=date(2026, 1, 1))
            ),
            "berakhir sebelum",
        ),
    ],
)
def test_a_consent_that_cannot_be_is_refused(described: Described, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        photos.checked(described)


def test_a_consent_of_nobody_is_not_kept() -> None:
    assert photos.checked(Described(PeopleInPhoto.NONE, GIVEN)) == NOBODY


def test_photos_are_told_as_they_stand(place: Workspace, source: Path) -> None:
    for described in (
        CHILD,
        NOBODY,
        Described(PeopleInPhoto.CHILDREN),
        Described(PeopleInPhoto.ADULTS, Consent("8", expires=date(2026, 12, 7))),
        Described(PeopleInPhoto.CHILDREN, Consent("9", guardian=True, child_agreed=False)),
    ):
        photos.add(place, melati(place), "melati", source, described)
    shutil.copy(source, place.root / "calendars/melati/foto/salinan.jpg")
    (place.root / "calendars/melati/foto/img-20261207-wa0003-2.jpg").unlink()
    stored = photos.stored(place, melati(place), "melati", DAY, ("wa-grup",))
    assert {each.file.removeprefix("img-20261207-"): each.standing for each in stored} == {
        "wa0003.jpg": "izin 07/2026 sampai 1 November 2027",
        "wa0003-2.jpg": "berkasnya hilang",
        "wa0003-3.jpg": "belum ada izin",
        "wa0003-4.jpg": "izin berakhir",
        "wa0003-5.jpg": "izin belum cukup",
        "salinan.jpg": "belum dicatat",
    }
    (other,) = (
        each
        for each in photos.stored(place, melati(place), "melati", DAY, ("fb",))
        if each.file == "img-20261207-wa0003.jpg"
    )
    assert other.standing == "izin belum cukup" and "fb" in other.problem


def test_a_consent_is_taken_back_once_with_every_post_that_used_it(
    place: Workspace, source: Path
) -> None:
    file = photos.add(place, melati(place), "melati", source, CHILD)
    month = place.root / "calendars/melati/2026-12.yaml"
    text = month.read_text(encoding="utf-8")
    month.write_text(text.replace("isi:\n", f"isi:\n      foto: {file}\n", 2), encoding="utf-8")
    loaded = melati(place)
    assert len(photos.used_in(loaded, "melati", file)) == 2
    pages = photos.withdraw(place, loaded, "melati", file, DAY)
    assert pages.loaded(loaded).photos["melati"][file].consent is not None
    pages.save()
    (stored,) = photos.stored(place, melati(place), "melati", DAY)
    assert stored.standing == "izin dicabut"
    with pytest.raises(UsageError, match="sudah dicabut"):
        photos.withdraw(place, melati(place), "melati", file, DAY)


def test_another_description_takes_the_place_of_the_old_one(place: Workspace, source: Path) -> None:
    file = photos.add(place, melati(place), "melati", source, CHILD)
    photos.describe(place, melati(place), "melati", file, NOBODY).save()
    entry = melati(place).photos["melati"][file]
    assert (entry.people, entry.consent, entry.focus) == (PeopleInPhoto.NONE, None, (0.5, 0.5))
    photos.describe(place, melati(place), "melati", file, CHILD).save()
    assert melati(place).photos["melati"][file].consent == GIVEN
    with pytest.raises(UsageError, match="tidak ada di folder foto"):
        photos.describe(place, melati(place), "melati", "lain.jpg", NOBODY)


def test_other_photos_under_the_same_paper_are_named(place: Workspace, source: Path) -> None:
    first = photos.add(place, melati(place), "melati", source, CHILD)
    second = photos.add(place, melati(place), "melati", source, CHILD)
    assert photos.under(melati(place), "melati", first) == [second]
