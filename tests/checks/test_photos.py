"""Nobody is shown whose consent does not cover this post, on its day and in its channels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from content_kit.checks import Case
from content_kit.checks.photos import consent
from content_kit.files.templates import FieldSpec, Template
from content_kit.findings import NO_PICTURE, Place
from content_kit.model import Consent, PeopleInPhoto, Photo, Post, Posyandu

MakePost = Callable[..., Post]
MakeTemplate = Callable[..., Template]

GIVEN = Consent("IZ-12", channels=("wa-grup", "fb"), given=date(2026, 11, 1), guardian=True)
CHILD = Photo("balita.jpg", PeopleInPhoto.CHILDREN, consent=GIVEN)


@pytest.fixture
def codes(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> Callable[..., list[str]]:
    """The codes for a post of 7 December in `wa-grup` that shows balita.jpg."""
    template = make_template(FieldSpec("foto", "Foto", type="photo"))

    def found(photo: Photo | None, **changes: object) -> list[str]:
        post = make_post(fields={"foto": "balita.jpg"}, **changes)
        photos = {photo.file: photo} if photo else {}
        findings = list(consent(Case(post, melati, template=template, photos=photos)))
        assert all(finding.code in NO_PICTURE and finding.hint for finding in findings)
        return [finding.code for finding in findings]

    return found


def test_a_photo_with_a_fitting_consent_is_fine(codes: Callable[..., list[str]]) -> None:
    assert codes(CHILD) == []
    assert codes(replace(CHILD, people=PeopleInPhoto.NONE, consent=None)) == []


def test_a_photo_nobody_described_is_not_shown(codes: Callable[..., list[str]]) -> None:
    assert codes(None) == ["foto-tanpa-data"]


@pytest.mark.parametrize("people", [PeopleInPhoto.CHILDREN, PeopleInPhoto.ADULTS])
@pytest.mark.parametrize("given", [None, Consent(""), Consent(" ")])
def test_recognisable_people_need_a_consent_with_a_number(
    people: PeopleInPhoto, given: Consent | None, codes: Callable[..., list[str]]
) -> None:
    assert codes(replace(CHILD, people=people, consent=given)) == ["foto-tanpa-izin"]


def test_a_consent_counts_through_its_last_day(codes: Callable[..., list[str]]) -> None:
    assert codes(replace(CHILD, consent=replace(GIVEN, expires=date(2026, 12, 7)))) == []
    ended = replace(CHILD, consent=replace(GIVEN, expires=date(2026, 12, 6)))
    assert codes(ended) == ["foto-izin-berakhir"]


def test_a_withdrawn_consent_ends_every_use(codes: Callable[..., list[str]]) -> None:
    gone = replace(CHILD, consent=replace(GIVEN, withdrawn=date(2027, 1, 1)))
    assert codes(gone) == ["foto-izin-ditarik"]


def test_a_consent_holds_for_its_channels_only(codes: Callable[..., list[str]]) -> None:
    assert codes(CHILD, channels=("wa-grup", "ig")) == ["foto-tanpa-izin"]
    assert codes(replace(CHILD, consent=Consent("IZ-12", guardian=True)), channels=("ig",)) == []


def test_a_consent_given_later_does_not_count_yet(codes: Callable[..., list[str]]) -> None:
    later = replace(CHILD, consent=replace(GIVEN, given=date(2026, 12, 8)))
    assert codes(later) == ["foto-tanpa-izin"]


@pytest.mark.parametrize(
    "given", [replace(GIVEN, guardian=False), replace(GIVEN, child_agreed=False)]
)
def test_a_child_needs_its_guardian_and_its_own_yes(
    given: Consent, codes: Callable[..., list[str]]
) -> None:
    assert codes(replace(CHILD, consent=given)) == ["foto-tanpa-izin"]
    assert codes(replace(CHILD, people=PeopleInPhoto.ADULTS, consent=given)) == []


def test_a_picture_file_in_any_field_is_a_photo(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    place = Place("b.yaml", 20, 15, "isi.langkah.0.gambar")
    post = make_post(
        fields={"langkah": ({"gambar": "ibu.JPG", "isi": "Unggah ke foto.jpg ya"},)},
        places={"isi.langkah.0.gambar": place},
    )
    (finding,) = consent(Case(post, melati, template=make_template()))
    assert (finding.code, finding.place) == ("foto-tanpa-data", place)


def test_a_child_without_a_guardians_word_is_not_shown(codes: Callable[..., list[str]]) -> None:
    for said in (None, False):
        assert codes(replace(CHILD, consent=replace(GIVEN, guardian=said))) == ["foto-tanpa-izin"]
    adult = replace(CHILD, people=PeopleInPhoto.ADULTS, consent=replace(GIVEN, guardian=None))
    assert codes(adult) == []
