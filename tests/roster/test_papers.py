"""The papers of a roster: what is printed, what comes back, and that nothing in them runs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from content_kit.files.letterhead import Letterhead, Signatory
from content_kit.files.tables import read_table
from content_kit.files.workbook import Book, write_workbook
from content_kit.model import Bidang, Pillar
from content_kit.review.events import Kind
from content_kit.roster import pdf, sheet
from content_kit.roster.page import write_html
from content_kit.roster.papers import Heading, fingerprint
from content_kit.roster.pdf import write_pdf
from content_kit.roster.pen import BOTTOM, Pen
from content_kit.roster.sheet import read_decisions
from content_kit.roster.view import Roster, Row, Unit

HOSTILE = "[red]Gratis[/] <script>alert(1)</script> \x1b]0;x\x07 =1+1 \u202eabc"
HEADING = Heading("Dinas Contoh", "Kabupaten Contoh", datetime(2026, 11, 25, 8, tzinfo=UTC))


def row(number: int, **given: Any) -> Row:
    made = Row(
        unit="melati", post=f"p{number}", date=date(2026, 12, 1 + number % 28), time=time(18, 30),
        zone="WITA", channels=("wa-grup", "fb"), pillar=Pillar.EDUKASI, bidang=Bidang.KESEHATAN,
        title=f"Judul {number}", status="diajukan", worst="", seal=f"{number:064x}",
        posyandu="Posyandu Melati", kabupaten="Kabupaten Contoh", kecamatan="Kecamatan Contoh",
    )  # fmt: skip
    return replace(made, **given)


def roster(*rows: Row) -> Roster:
    units = (
        Unit(
            "contoh-melati", "melati", "Posyandu Melati", "", "Kecamatan Contoh", "Kabupaten Contoh"
        ),
        Unit("contoh-anggrek", "", "Posyandu Anggrek", "", "Kecamatan Contoh", "Kabupaten Contoh"),
    )
    return Roster(date(2026, 12, 1), date(2026, 12, 31), rows, units)


class Canvas:
    """Keeps what would be drawn, page by page."""

    def __init__(self) -> None:
        self.pages: list[list[tuple[float, str]]] = [[]]

    def __getattr__(self, name: str) -> Any:
        return lambda *given, **named: None

    def drawString(self, x: float, y: float, words: str, **_: Any) -> None:  # noqa: N802 - reportlab's name
        self.pages[-1].append((y, words))

    def showPage(self) -> None:  # noqa: N802
        self.pages.append([])


def printed(given: Roster) -> list[list[tuple[float, str]]]:
    canvas = Canvas()
    document = pdf.Document(
        canvas, given, HEADING, lambda _: None, lambda *_: None,
        lambda words, font, size: len(words) * size * 0.55,
    )  # fmt: skip
    document.write()
    assert canvas.pages.pop() == []
    return canvas.pages


def words(page: list[tuple[float, str]]) -> Iterator[str]:
    yield from (said for _, said in page)


@pytest.mark.parametrize("count", [0, 1, 8, 11, 12, 100])
def test_every_post_is_printed_once_and_every_page_knows_how_many_there_are(count: int) -> None:
    pages = printed(roster(*(row(number) for number in range(count))))
    said = [one for page in pages for one in words(page)]
    for number in range(count):
        assert said.count(f"Judul {number}") == 1
    for number, page in enumerate(pages, 1):
        assert any(f"halaman {number} dari {len(pages)}" in one for one in words(page))
        body = [y for y, one in page if "halaman" not in one and "Daftar posting" not in one]
        assert all(y > BOTTOM - 10 for y in body)
    assert "Posyandu Anggrek" in said and "BELUM MENGIRIM" in said


def test_the_document_is_the_same_each_time_and_a_pdf() -> None:
    given = roster(row(1), row(2, title=HOSTILE))
    once = write_pdf(given, HEADING, lambda _: None)
    assert once == write_pdf(given, HEADING, lambda _: None)
    assert once.startswith(b"%PDF-") and b"/JavaScript" not in once


def test_nothing_hidden_reaches_the_paper() -> None:
    given = roster(row(1, title="\x1b]0;x\x07"), row(2, title="\u202eabc"), row(3, title=HOSTILE))
    said = "".join(one for page in printed(given) for one in words(page))
    assert "\x1b" not in said and "\u202e" not in said
    assert "<U+001B>" in said and "<U+202E>" in said


def test_the_page_runs_nothing_and_asks_nobody() -> None:
    given = roster(row(1, title=HOSTILE, posyandu=HOSTILE))
    text = write_html(given, HOSTILE, HOSTILE, lambda _: b"\xff\xd8jpeg")
    assert "<script" not in text and "default-src 'none'" in text
    assert not re.search(r'(?:src|href)\s*=\s*"(?!data:)', text.split("</style>")[1])
    assert "belum mengirim" in text and "\x1b" not in text


def test_the_fingerprint_follows_what_was_seen() -> None:
    given = roster(row(1), row(2))
    assert fingerprint(given) == fingerprint(roster(row(2), row(1)))
    assert fingerprint(given) != fingerprint(roster(row(1)))
    assert fingerprint(given) != fingerprint(roster(row(1), row(2, seal="f" * 64)))
    assert fingerprint(given) != fingerprint(roster(row(1), row(2, status="disetujui")))


def decided(given: Roster, decisions: dict[int, tuple[str, str]]) -> Book:
    """The workbook with decisions filled in, by the number of the row."""
    book = sheet.book(given, "Contoh")
    page = book.pages[0]
    rows = [
        (*decisions.get(number, ("", "")), *cells[2:]) for number, cells in enumerate(page.rows)
    ]
    return replace(book, pages=(replace(page, rows=tuple(rows)), *book.pages[1:]))


def test_decisions_come_back_with_the_seal_that_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    given = roster(row(1), row(2), row(3))
    book = decided(given, {0: ("setujui", ""), 2: ("kembalikan", "=Salah tanggal")})
    path.write_bytes(write_workbook(book))
    found, findings = read_decisions(path)
    assert not findings
    assert [(one.post, one.kind, one.note) for one in found] == [
        ("p1", Kind.APPROVE, ""),
        ("p3", Kind.RETURN, "=Salah tanggal"),
    ]
    assert found[0].seal == given.rows[0].seal and found[0].unit == "melati"


@pytest.mark.parametrize(
    ("decision", "note", "told"),
    [
        ("mungkin", "", "bukan keputusan"),
        ("kembalikan", "", "tanpa catatan"),
        ("", "apa ini", "catatan tanpa keputusan"),
    ],
)
def test_what_is_unclear_is_told_and_not_guessed(
    decision: str, note: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(write_workbook(decided(roster(row(1)), {0: (decision, note)})))
    found, findings = read_decisions(path)
    assert not found and told in findings[0].message and findings[0].place.line == 2


def test_another_workbook_is_no_roster(tmp_path: Path) -> None:
    path = tmp_path / "lain.csv"
    path.write_text("nama;umur\nRusminah;40\n", encoding="utf-8")
    found, findings = read_decisions(path)
    assert not found and findings


def test_the_workbook_shows_each_text_once_with_its_picture(tmp_path: Path) -> None:
    small = io.BytesIO()
    Image.new("RGB", (270, 340), "teal").save(small, "JPEG")
    alike = [replace(row(number), text="t1", title="Melihat kekerasan?") for number in (1, 2, 3)]
    alone = replace(row(4), text="t2", title="Tulisan sendiri")
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(sheet.write_xlsx(roster(*alike, alone), "Contoh", lambda _: small.getvalue()))
    sheets, _ = read_table(path, len)
    texts = next(one for one in sheets if one.name == "Tulisan")
    titles = [cell for line in texts.rows for cell in line.cells if "kekerasan" in cell]
    assert len(titles) == 1
    with zipfile.ZipFile(path) as parts:
        drawn = parts.read("xl/drawings/drawing1.xml").decode()
        assert drawn.count("<xdr:pic>") == 2
        assert [n for n in parts.namelist() if n.startswith("xl/media/")]
    found, problems = sheet.read_decisions(path)
    assert found == [] and problems == []


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(sheet.write_xlsx(roster(row(1, title='=HYPERLINK("http://x")')), "Contoh"))
    sheets, _ = read_table(path, len)
    assert any('=HYPERLINK("http://x")' in line.cells for line in sheets[0].rows)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("😀 Terima kasih 🙏", "Terima kasih"),
        ("1️⃣ 2️⃣ 3️⃣ langkah", "1 2 3 langkah"),
        ("🎉🎉", "(emoji)"),
        (
            "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645 Ibu",
            "(huruf lain) Ibu",
        ),
        ("✓ Timbang ➢ Ukur", "• Timbang • Ukur"),
        ("a\u202eb", "a<U+202E>b"),
    ],
)
def test_paper_shows_no_boxes(text: str, printed: str) -> None:
    assert Pen(Canvas(), lambda *_: 0.0).seen(text) == printed


LETTER = replace(
    HEADING,
    letterhead=Letterhead(
        ("Pemerintah Kabupaten Contoh", "Dinas Kominfo"), "Jalan Contoh 1", "", "Kota Contoh", "480/1",
        "Persetujuan", Signatory("Hendra", "19850505", "Pranata Humas"), Signatory("Rahmah"),
    ),
)  # fmt: skip


def pages_of(given: Roster, heading: Heading = LETTER) -> list[list[str]]:
    canvas = Canvas()
    pdf.Document(
        canvas, given, heading, lambda _: None, lambda *_: None,
        lambda words, font, size: len(words) * size * 0.55,
    ).write()  # fmt: skip
    return [[said for _, said in page] for page in canvas.pages[:-1]]


def test_the_head_and_the_names_come_from_the_office() -> None:
    first = pages_of(roster(row(1)))[0]
    for said in (
        "Pemerintah Kabupaten Contoh", "Dinas Kominfo", "Jalan Contoh 1", ": 480/1", ": Persetujuan",
        "Kota Contoh, 25 November 2026", "Hendra", "19850505", "Pranata Humas", "Rahmah",
    ):  # fmt: skip
        assert said in first


def test_the_same_text_is_one_entry_with_its_caption_and_what_needs_a_look_is_by_itself() -> None:
    same = [
        row(number, text="a" * 16, unit=f"u{number}", village=f"Desa {number}", title="Melihat kekerasan?",
            caption="Lapor ke 129.")
        for number in range(3)
    ]  # fmt: skip
    odd = replace(same[2], worst="warning", found=("gambarnya terlalu berat.",))
    said = [word for page in pages_of(roster(*same[:2], odd)) for word in page]
    assert said.count("Melihat kekerasan?") == 2
    assert any(one.startswith("2 postingan, 2 posyandu: Posyandu Melati, Desa 0;") for one in said)
    assert said.count("Lapor ke 129.") == 2
    assert "gambarnya terlalu berat." in said
    assert said.count("setuju") == 2


def test_what_was_decided_says_by_whom_and_what_nobody_handed_in_has_no_boxes() -> None:
    said = [
        word
        for page in pages_of(
            roster(
                row(1, status="disetujui", decided="Rina, 3 Desember 2026"),
                row(2, status="dikembalikan", decided="Rina, 3 Desember 2026: jamnya keliru"),
                row(3, status="belum diajukan"),
            )
        )
        for word in page
    ]
    assert "Rina, 3 Desember 2026" in said
    assert "jamnya keliru" in " ".join(said)
    assert "Belum diajukan, jadi belum diputuskan (1)" in said
    assert "setuju" not in said


@pytest.mark.parametrize("count", range(1, 15))
@pytest.mark.parametrize("status", ["diajukan", "belum diajukan"])
def test_the_signatures_never_stand_alone(count: int, status: str) -> None:
    last = pages_of(roster(*(row(number, status=status) for number in range(count))))[-1]
    assert "Diperiksa dan diputuskan" in last
    assert any(one.startswith("Judul ") for one in last)


@pytest.mark.parametrize("said", ["setuju", "Setuju.", "kembalikan", "KEMBALI"])
def test_what_people_write_by_hand_is_a_decision_too(tmp_path: Path, said: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text(
        f"keputusan,catatan,unit,postingan,segel\n{said},Jamnya keliru,melati,p1,{'a' * 64}\n",
        "utf-8",
    )
    found, findings = read_decisions(path)
    assert findings == []
    assert found[0].kind is (Kind.APPROVE if "setuju" in said.lower() else Kind.RETURN)


def test_counts_in_the_workbook_can_be_summed(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    from python_calamine import CalamineWorkbook

    path = tmp_path / "d.xlsx"
    given = row(
        1,
        caption="Satu\ndua \u202e",
        village="Desa Contoh",
        found=("jamnya keliru.",),
        worst="warning",
    )
    path.write_bytes(sheet.write_xlsx(roster(given, row(2)), "Semua"))
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name("Wilayah").to_python()
    assert rows[1][rows[0].index("postingan")] == 2.0
    head, first, *_ = book.get_sheet_by_name("Daftar posting").to_python()
    told = dict(zip(head, first, strict=True))
    assert told["keterangan"] == "Satu\ndua <U+202E>"
    assert (told["desa"], told["temuan"]) == ("Desa Contoh", "jamnya keliru.")


def test_the_page_shows_its_captions_and_that_its_rows_open() -> None:
    text = write_html(
        roster(row(1, caption="Baris satu\n<b>dua</b>", village="Desa Contoh")),
        "Dinas",
        "Semua",
        lambda _: None,
    )
    assert "Baris satu\n&lt;b&gt;dua&lt;/b&gt;" in text
    assert "<details open>" in text and "▸ buka" in text


def test_findings_of_other_posyandu_are_left_out_when_one_is_asked_for() -> None:
    from content_kit.cli.opening import of_unit
    from content_kit.findings import Finding, Place

    files = (
        "calendars/melati/2026-12.yaml",
        "calendars/kenanga/posyandu.yaml",
        "calendars/kantor.yaml",
        "",
    )
    found = [Finding("nilai-salah", "x", Place(file, 1, 1)) for file in files]
    assert [one.place.file for one in of_unit(found, "melati")] == [files[0], files[2], files[3]]
    assert of_unit(found, None) == found


def of_texts(
    given: Roster, decisions: dict[int, tuple[str, str]], own: dict[int, tuple[str, str]]
) -> bytes:
    """The workbook with decisions about texts, and others about single posts."""
    book = decided(given, own)
    first, texts, *rest = book.pages
    rows = tuple(
        (cells[0], *decisions.get(number, ("", "")), *cells[3:])
        for number, cells in enumerate(texts.rows)
    )
    return write_workbook(replace(book, pages=(first, replace(texts, rows=rows), *rest)))


def alike(*numbers: int) -> list[Row]:
    """The same text of some posyandu; the last of them has a finding."""
    found = [replace(row(n, status="diajukan"), unit=f"u{n}", text="t1") for n in numbers]
    return [*found[:-1], replace(found[-1], worst="warning", found=("Foto kecil.",))]


@pytest.mark.parametrize(
    ("word", "note", "kind"),
    [("setuju", "", Kind.APPROVE), ("kembalikan", "Jamnya keliru", Kind.RETURN)],
)
def test_a_decision_about_a_text_holds_for_all_who_say_it(
    word: str, note: str, kind: Kind, tmp_path: Path
) -> None:
    path = tmp_path / "daftar.xlsx"
    given = roster(*alike(1, 2, 3))
    assert (
        len(sheet.book(given, "Contoh").pages[1].rows) == 1
    )  # findings make no entry of their own
    path.write_bytes(of_texts(given, {0: (word, note)}, {}))
    found, findings = read_decisions(path)
    assert not findings
    assert [(one.unit, one.kind, one.note) for one in found] == [
        ("u1", kind, note),
        ("u2", kind, note),
    ]
    assert {one.seal for one in found} == {row.seal for row in given.rows[:2]}


def test_a_decision_about_one_post_stands_before_that_about_its_text(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    own = {0: ("kembalikan", "Bukan di sini"), 2: ("setujui", "")}
    path.write_bytes(of_texts(roster(*alike(1, 2, 3)), {0: ("setujui", "")}, own))
    found, findings = read_decisions(path)
    assert not findings
    assert sorted((one.unit, one.kind) for one in found) == [
        ("u1", Kind.RETURN), ("u2", Kind.APPROVE), ("u3", Kind.APPROVE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "word", "note", "told"),
    [
        pytest.param((1, 2), "mungkin", "", "bukan keputusan", id="no-word"),
        pytest.param((1, 2), "kembalikan", "", "tanpa catatan", id="no-note"),
        pytest.param((1,), "setujui", "", "tidak ada postingan yang ikut", id="only-exceptions"),
    ],
)
def test_an_unclear_decision_about_a_text_decides_nothing(
    rows: tuple[int, ...], word: str, note: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(of_texts(roster(*alike(*rows)), {0: (word, note)}, {}))
    found, findings = read_decisions(path)
    assert not found and [told in one.message for one in findings] == [True]


def test_what_needs_a_look_stands_beside_its_text_in_words(tmp_path: Path) -> None:
    (line,) = sheet.book(roster(*alike(1, 2, 3)), "Contoh").pages[1].rows
    titles = [column.title for column in sheet.book(roster(), "").pages[1].columns]
    cells = dict(zip(titles, line, strict=True))
    assert "Foto kecil." in cells["perlu dilihat sendiri"]
    assert (cells["posyandu"], cells["postingan"]) == ("3", "3")
