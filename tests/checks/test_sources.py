"""Where facts come from: a source is named and read, its name may be printed, its number still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from content_kit.checks import Case
from content_kit.checks.sources import facts, names, read
from content_kit.files import bundled
from content_kit.files.facts import Fact, Read
from content_kit.files.institutions import load_institutions
from content_kit.files.texts import Texts
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level
from content_kit.model import Bidang, CheckState, Pillar, Post, Posyandu, Source

MakePost = Callable[..., Post]
INSTITUTIONS, _ = load_institutions(Workspace(bundled.root()))


def codes(findings: list[Finding]) -> list[str]:
    assert all(finding.hint and finding.post for finding in findings)
    return [finding.code for finding in findings]


@pytest.fixture
def sources(melati: Posyandu, make_post: MakePost) -> Callable[..., list[Finding]]:
    def found(**changes: object) -> list[Finding]:
        return list(read(Case(make_post(**changes), melati)))

    return found


@pytest.mark.parametrize("pillar", [Pillar.EDUKASI, Pillar.TANYA_JAWAB])
def test_health_facts_need_a_source(pillar: Pillar, sources: Callable[..., list[Finding]]) -> None:
    assert codes(sources(pillar=pillar)) == ["tanpa-sumber"]


def test_other_posts_need_none(sources: Callable[..., list[Finding]]) -> None:
    assert sources(pillar=Pillar.JADWAL) == []


def test_a_text_that_teaches_needs_one_in_every_bidang(
    sources: Callable[..., list[Finding]],
) -> None:
    assert codes(sources(pillar=Pillar.EDUKASI, bidang=Bidang.SOSIAL)) == ["tanpa-sumber"]


def test_a_source_is_verified_and_read_by_a_health_worker(
    sources: Callable[..., list[Finding]],
) -> None:
    read = Source("Buku KIA", CheckState.VERIFIED, reviewed_by="Bidan Ani")
    assert sources(pillar=Pillar.EDUKASI, sources=(read,)) == []
    unread = Source("Buku KIA", CheckState.VERIFIED)
    named = Source("IDAI", CheckState.NAMED, reviewed_by="Bidan Ani")
    unknown = Source("Blog", CheckState.UNVERIFIED)
    found = sources(pillar=Pillar.EDUKASI, sources=(unread, named, unknown))
    assert codes(found) == ["sumber-belum-ditelaah"] * 3
    assert [finding.message for finding in found] == [
        'sumber "Buku KIA" dan "Blog" belum dibaca tenaga kesehatan.',
        'sumber "IDAI" baru disebut, belum dibuka.',
        'sumber "Blog" belum ditemukan.',
    ]


def test_a_weak_name_is_told_with_what_may_be_written(
    melati: Posyandu, make_post: MakePost
) -> None:
    post = make_post(sources=(Source("kabar-sehat.com", CheckState.VERIFIED),))
    (found,) = names(Case(post, melati, institutions=INSTITUTIONS))
    assert (found.code, found.level) == ("sumber-lemah", Level.WARNING)
    assert "Buku KIA, Kemenkes 2024" in found.hint


def test_a_ready_text_with_a_weak_name_stops_the_post(
    melati: Posyandu, make_post: MakePost
) -> None:
    post = make_post(entry="uji", sources=(Source("Harian Rekaan", CheckState.VERIFIED),))
    (found,) = names(Case(post, melati, institutions=INSTITUTIONS))
    assert (found.code, found.level) == ("sumber-pustaka-lemah", Level.ERROR)


def test_the_printed_name_counts_when_there_is_one(melati: Posyandu, make_post: MakePost) -> None:
    long = "Buku Kesehatan Ibu dan Anak, versi 5, ISBN 978-623-301-149-5"
    good = Source(long, CheckState.VERIFIED, short="Buku KIA, Kemenkes 2024")
    weak = Source("Buku KIA, Kemenkes 2024", CheckState.VERIFIED, short="Kompas")
    assert list(names(Case(make_post(sources=(good,)), melati, institutions=INSTITUTIONS))) == []
    found = list(names(Case(make_post(sources=(weak,)), melati, institutions=INSTITUTIONS)))
    assert codes(found) == ["sumber-lemah"]


def a_fact(**changes: object) -> Fact:
    given = {
        "id": "angka", "sentence": "Tahun 2024: 24 dari 100.", "source": "SSGI 2024",
        "short": "SSGI 2024, Kemenkes", "read": Read.WHOLE, "year": "2024",
    }  # fmt: skip
    return Fact(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (a_fact(until=date(2026, 12, 31)), []),
        (a_fact(until=date(2026, 12, 1)), ["fakta-kedaluwarsa"]),
        (a_fact(replaced_by="angka-baru"), ["fakta-diganti"]),
        (a_fact(), []),
    ],
    ids=["holds", "expired", "replaced", "endless"],
)
def test_a_fact_holds_until_its_day(
    fact: Fact, expected: list[str], melati: Posyandu, make_post: MakePost
) -> None:
    post = make_post(date=date(2026, 12, 7), sources=(fact.as_source(),))
    case = Case(post, melati, library=Texts(facts={fact.id: fact}))
    assert codes(list(facts(case))) == expected
