"""The bank of facts and the allow-list: honest about how they were read, and nothing weak is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.files import bundled
from content_kit.files.facts import Read, load_facts
from content_kit.files.institutions import MOST, load_institutions
from content_kit.files.workspace import Workspace
from content_kit.model import CheckState, Source

BUNDLED = Workspace(bundled.root())
INSTITUTIONS, PROBLEMS = load_institutions(BUNDLED)

FACT = """\
fakta:
  - id: angka
    kalimat: Tahun 2024, 24 dari 100 balita.
    sasaran: [bayi]
    sumber: Survei Status Gizi Indonesia 2024, Kemenkes
    cetak: SSGI 2024, Kemenkes
    tahun: 2024
    dibaca: kutipan
    sampai: 2026-12-31
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "assets").mkdir()
    return Workspace.open(tmp_path)


def codes(workspace: Workspace, text: str) -> list[str]:
    (workspace.root / "assets" / "facts.yaml").write_text(text, encoding="utf-8")
    _, findings = load_facts(workspace, INSTITUTIONS)
    assert all(found.hint for found in findings if found.code == "nilai-salah")
    return [found.code for found in findings]


def test_the_bundled_facts_and_names_are_sound() -> None:
    facts, findings = load_facts(BUNDLED, INSTITUTIONS)
    assert [found.sentence() for found in (*findings, *PROBLEMS)] == []
    assert len(facts) > 100
    for fact in facts.values():
        assert fact.short or fact.state is CheckState.UNVERIFIED, fact.id
        if fact.read in (Read.HEARSAY, Read.NOT):
            assert fact.state is not CheckState.VERIFIED, "nobody has opened the document"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("id: angka", "id: Angka Baru"), "nilai-salah"),
        (("dibaca: kutipan", "dibaca: sekilas"), "nilai-salah"),
        (("    kalimat: Tahun 2024, 24 dari 100 balita.\n", ""), "wajib-diisi"),
        (("    tahun: 2024\n", ""), "nilai-salah"),
        (("cetak: SSGI 2024, Kemenkes", "cetak: Kompas"), "sumber-lemah"),
        (("    sampai:", "    diganti: angka-baru\n    sampai:"), "nilai-salah"),
        (("sampai:", "sampay:"), "kunci-tidak-dikenal"),
        (("fakta:\n", FACT), "id-ganda"),
    ],
    ids=["id", "reading", "sentence", "year", "printed", "successor", "key", "twice"],
)
def test_a_slip_is_told(workspace: Workspace, change: tuple[str, str], code: str) -> None:
    assert codes(workspace, FACT) == []
    assert change[0] in FACT
    assert codes(workspace, FACT.replace(*change, 1)) == [code]


@pytest.mark.parametrize(
    "name",
    [
        "Buku KIA", "Buku KIA, Kemenkes 2024", "Kemenkes", "Kemenkes 2025",
        "Kemenkes (KMK 2015/2023)", "Kemenkes (Permenkes 12/2017)", "Kemenkes (MTBS)",
        "Permenkes 21/2015", "Permenkes Nomor 21 Tahun 2015", "UU 17/2023", "UU 7/2017; UU 20/2023",
        "SSGI 2024, Kemenkes", "BPS 2022", "BNPB 2019", "BNPB / PLN", "IDAI", "WHO", "WHO/Kemenkes",
        "Kemenkes & UNICEF 2020", "WHO dan UNICEF", "kemenkes", "Kementerian Kesehatan",
        "Kementerian PUPR 2024", "Dinkes Kalsel", "Kemendukbangga/BKKBN", "Kemenkes · IDAI",
        "KMK HK.01.07/MENKES/1186/2022", "Inpres 1/2017 (Germas)",
    ],
)  # fmt: skip
def test_names_an_office_can_stand_behind(name: str) -> None:
    assert INSTITUTIONS.allows(name)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", ",", "Kompas", "detik.com", "kemenkes-sehat.com", "starpetrochem.co.id", "Scribd",
        "Puskesmas Pangalengan", "RSUD Buleleng", "Dinkes Indragiri Hulu", "KIM Desa Tamanayu",
        "Modul kader posyandu", "Kemenkes (dikutip Kompas)", "Buku KIA; popmama.com",
        "Kemenkes, Republika", "Resep dapur banua", "Permenkes", "Permenkes 21", "Kemdikbud",
        "Kemenkesnya", "Grup WA", "Kemenkes (Kemenkes", "UU 17/23", "TikTok Kemenkes", "BPS Jabar",
    ],
)  # fmt: skip
def test_names_that_are_never_printed(name: str) -> None:
    assert not INSTITUTIONS.allows(name)
    assert INSTITUTIONS.printed([Source(name, CheckState.VERIFIED)]) == ()
    assert INSTITUTIONS.hint(name)


def test_an_old_name_leads_to_todays() -> None:
    assert INSTITUTIONS.hint("Kominfo") == 'Sekarang namanya "Komdigi".'


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        (("Kemenkes", "Kemenkes 2025"), ("Kemenkes 2025",)),
        (("Kemenkes (P2PTM)", "Kemenkes"), ("Kemenkes (P2PTM)",)),
        (("Kemenkes 2025", "Kemenkes (P2PTM)"), ("Kemenkes 2025", "Kemenkes (P2PTM)")),
        (("WHO", "UNICEF"), ("WHO", "UNICEF")),
    ],
)
def test_an_institution_alone_is_left_out_beside_its_document(
    names: tuple[str, ...], printed: tuple[str, ...]
) -> None:
    assert INSTITUTIONS.printed([Source(n, CheckState.VERIFIED) for n in names]) == printed


def test_each_name_is_printed_once_and_at_most_two() -> None:
    sources = [
        Source("panjang sekali", CheckState.VERIFIED, short=name)
        for name in ("IDAI", "Kompas", "IDAI", "WHO", "Kemenkes")
    ]
    assert INSTITUTIONS.printed(sources) == ("IDAI", "WHO") and MOST == 2


def test_an_office_names_its_own_puskesmas(workspace: Workspace) -> None:
    kantor = workspace.root / "calendars" / "kantor.yaml"
    kantor.write_text("sumber_sendiri: [Puskesmas Contoh, Dinkes Kabupaten Contoh]\n", "utf-8")
    own, _ = load_institutions(workspace)
    assert own.allows("Puskesmas Contoh") and own.allows("Kemenkes; Dinkes Kabupaten Contoh")
    assert not own.allows("Puskesmas Lain")


@pytest.mark.parametrize("name", ["kabar.com", "Puskesmas di contoh.id", "Kompas", "x" * 90])
def test_nothing_else_becomes_its_own_source(workspace: Workspace, name: str) -> None:
    kantor = workspace.root / "calendars" / "kantor.yaml"
    kantor.write_text(f'sumber_sendiri: ["{name}"]\n', "utf-8")
    office, findings = workspace.settings()
    assert office.own_sources == ()
    assert [found.code for found in findings] == ["nilai-salah"]
