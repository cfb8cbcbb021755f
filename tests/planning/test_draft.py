"""A post as a draft: what is set reads back as just that, and everything else keeps its bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from content_kit.errors import UsageError
from content_kit.files.calendars import read_month
from content_kit.files.office import Office
from content_kit.files.reader import Findings
from content_kit.files.safe_text import one_line, says
from content_kit.files.templates import FieldSpec, Template
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import parse
from content_kit.model import FieldValue, Post
from content_kit.planning.assignment import assigned
from content_kit.planning.draft import (
    Draft,
    changed,
    filled,
    merged,
    of_entry,
    of_post,
    tidy,
    with_template,
)
from content_kit.planning.draft_text import add, lines, read, with_draft, write
from content_kit.planning.library import load_library
from content_kit.planning.pages import Pages
from content_kit.start import create_demo

MONTH = """\
# Rencana Melati
bulan: 2026-12
postingan:
  # Senin: ajakan
  - id: m4x7q2
    tanggal: 2026-12-07
    jam: "18.30"   # sesudah magrib
    jenis: jadwal
    sasaran: [balita_apras]
    model: jadwal-kartu
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    isi:
      judul: Besok kita buka, ayo datang!
      ajakan: 'Bawa Buku KIA'

  - id: k7s1b9
    tanggal: 2026-12-09
    jam: "16.30"
    jenis: edukasi
    bidang: kesehatan
    model: edukasi-langkah
    kanal: [wa-grup, fb]
    sumber:
      - {nama: IDAI, cek: V, fakta: dbd-3m}   # dibaca 2026
      - {nama: "Buku KIA, 2024", cek: D}
    tagar: [CegahDBD, 3MPlus]
    isi:
      label: Cegah demam berdarah
      judul: 3M di rumah
      langkah:
        - {judul: Menguras, isi: "Seminggu sekali.", gambar: bak-air}
        # yang kedua
        - {judul: Menutup, isi: "Tempayan: dan ember."}
        - {judul: Mendaur ulang, isi: Barang bekas.}
      nama:

  - id: z9
    tanggal: 2026-12-20
    jam: "08.00"
    jenis: kegiatan
    model: edukasi-langkah
    isi: {judul: Terakhir}
"""
LESSON = 1
HOSTILE = (
    "[red]Gratis[/] [/x] \x1b]0;x\x07",
    "a: b # c",
    "- x",
    "'satu' \"dua\"",
    "baris satu\nbaris dua: ya\n  menjorok",
    "null",
    "~",
    "{a}, [b] & *c !d |e >f %g @h `i",
    "\\n bukan baris",
    "x\u202ey",
    "e\u0301 ﬁ 𝗕𝗮𝗰𝗮",
)


def posts(text: str) -> list[Post]:
    """The posts of a month file."""
    findings = Findings()
    node, problems = parse(text, "2026-12.yaml")
    month = read_month(
        node, unit="melati", month=date(2026, 12, 1), file="2026-12.yaml", office=Office(),
        findings=findings,
    )  # fmt: skip
    assert not problems
    return list(month.posts)


def edited(draft: Draft, number: int = LESSON, text: str = MONTH) -> str:
    """The month after a draft of one of its posts."""
    return with_draft(text, number, of_post(posts(text)[number]), draft)


def lesson() -> Draft:
    """The draft of the second post."""
    return of_post(posts(MONTH)[LESSON])


words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
)
PATHS = (
    "isi.judul", "isi.label", "isi.penutup", "isi.nama", "isi.langkah.0.judul",
    "isi.langkah.2.isi", "isi.langkah.1.gambar", "teks_alt", "petugas", "sumber.1.nama",
    "sumber.0.ditelaah", "palet",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(PATHS), value=words, crlf=st.booleans())
def test_what_is_set_reads_back_and_all_other_lines_keep_their_bytes(
    path: str, value: str, crlf: bool
) -> None:
    text = MONTH.replace("\n", "\r\n") if crlf else MONTH
    wanted = tidy(lesson().put(path, value))
    try:
        new = edited(wanted, text=text)
    except UsageError:
        assert not value.isprintable()  # what YAML cannot hold is refused, never mangled
        return
    before, after = posts(text), posts(new)
    back = of_post(after[LESSON])
    if path.startswith("sumber."):  # a name is read on one line
        value = one_line(value) if says(one_line(value)) else ""
        wanted = tidy(lesson().put(path, value))
        assume(wanted.text("sumber.1.nama"))  # a source whose name says nothing is told, not kept
    assert back.values == wanted.values
    head, _, rest = path.partition(".")
    assert set(changed(lesson(), back)) <= {head, f"{head}.{rest.partition('.')[0]}"}
    assert before[0] == after[0] and before[2] == after[2]
    # Other posts and comments: byte for byte.
    newline = "\r\n" if crlf else "\n"
    assert new.startswith(text[: text.index("  - id: k7s1b9")])
    assert new.endswith(text[text.index(f"{newline}  - id: z9") :])
    assert "# dibaca 2026" in new and "# yang kedua" in new
    if crlf:
        assert "\n" not in new.replace("\r\n", "")


@settings(max_examples=80, deadline=None)
@given(
    first=st.tuples(st.sampled_from(PATHS), words), second=st.tuples(st.sampled_from(PATHS), words)
)
def test_two_edits_in_one_saving_are_two_edits_one_after_the_other(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    both = tidy(lesson().put(*first).put(*second))
    try:
        together = edited(both)
    except UsageError:
        return
    assert of_post(posts(together)[LESSON]).values == both.values


@settings(max_examples=60, deadline=None)
@given(
    order=st.lists(st.integers(0, 5), max_size=6),
    value=st.text("abc: #'\"-\n", min_size=1, max_size=12),
)
def test_a_list_may_take_any_order_and_length(order: list[int], value: str) -> None:
    known: tuple[FieldValue, ...] = lesson().items("isi.langkah")
    new = {"judul": value, "isi": "Baru"}
    wanted = tidy(
        lesson().put("isi.langkah", tuple(known[n] if n < len(known) else new for n in order))
    )
    assert of_post(posts(edited(wanted))[LESSON]).values == wanted.values


def test_nothing_changed_writes_nothing() -> None:
    assert edited(lesson()) == MONTH


def test_a_step_that_is_removed_goes_alone() -> None:
    steps = lesson().items("isi.langkah")
    new = edited(lesson().put("isi.langkah", (steps[0], steps[2])))
    lost = [line for line in MONTH.splitlines() if line not in new.splitlines()]
    assert len(lost) == 1 and "Menutup" in lost[0]


def test_a_source_keeps_what_no_form_shows() -> None:
    new = edited(lesson().put("sumber.0.ditelaah", "Bidan Rahma"))
    assert "{nama: IDAI, cek: V, fakta: dbd-3m, ditelaah: Bidan Rahma}   # dibaca 2026" in new


def test_an_emptied_field_goes_and_a_waited_one_comes() -> None:
    assert "tagar" not in edited(lesson().put("tagar", ()))
    assert "nama: Bu Aminah" in edited(lesson().put("isi.nama", "Bu Aminah"))
    assert "nama:\n" in edited(lesson().put("isi.judul", "Lain"))


@pytest.mark.parametrize("value", HOSTILE)
def test_a_new_post_says_what_its_draft_says(value: str) -> None:
    draft = Draft(
        "melati",
        "b2c3d4",
        {
            "tanggal": "2026-12-24",
            "jam": "16.00",
            "jenis": "edukasi",
            "bidang": "kesehatan",
            "model": "edukasi-langkah",
            "kanal": ("wa-grup",),
            "isi": {"judul": value, "langkah": ({"judul": "Satu", "isi": value},)},
        },
    )
    draft = draft.put("isi.judul", value).put("isi.langkah.0.isi", value)
    post, findings = read(draft, Office())
    assert post is not None and not findings
    assert of_post(post).values == draft.values
    assert '  jam: "16.00"' in lines(draft.id, draft.values)


def test_a_day_that_is_not_readable_is_told_at_its_field() -> None:
    post, findings = read(lesson().put("tanggal", "kapan-kapan"), Office())
    assert post is None
    assert [found.place.field for found in findings] == ["postingan[k7s1b9].tanggal"]


def test_filled_gives_every_empty_field_a_place() -> None:
    fields = (
        FieldSpec("judul", "Judul"),
        FieldSpec("penutup", "Penutup", optional=True),
        FieldSpec("langkah", "Langkah", "list", items=(FieldSpec("gambar", "Gambar", "art"),)),
    )
    values = filled(lesson().put("isi.judul", ""), fields)
    post, _ = read(Draft("melati", "k7s1b9", values), Office())
    assert post is not None
    wanted = {"isi.judul", "isi.penutup", "isi.langkah.1.gambar", "sumber"}
    assert all(post.place(path).field.endswith(path) for path in wanted)


# Two who edit


def test_what_only_others_changed_is_theirs_and_what_both_changed_is_told() -> None:
    base = lesson()
    mine = base.put("isi.judul", "Saya").put("petugas", "kader-1")
    theirs = base.put("isi.judul", "Mereka").put("isi.label", "Lain").put("petugas", "kader-1")
    result, both = merged(base, mine, theirs)
    assert both == ("isi.judul",)
    assert result.text("isi.judul") == "Saya" and result.text("isi.label") == "Lain"


words_or_nothing = st.sampled_from(("", "a", "b"))
versions = st.fixed_dictionaries(dict.fromkeys(PATHS[:4], words_or_nothing))


@given(versions, versions, versions)
def test_merging_loses_no_change_of_mine_and_takes_all_of_theirs_elsewhere(
    first: dict[str, str], second: dict[str, str], third: dict[str, str]
) -> None:
    def version(values: dict[str, str]) -> Draft:
        draft = Draft("melati", "x")
        for path, value in values.items():
            draft = draft.put(path, value)
        return draft

    base, mine, theirs = version(first), version(second), version(third)
    result, both = merged(base, mine, theirs)
    for path in first:
        ours = mine.get(path) != base.get(path)
        assert result.get(path) == (mine if ours else theirs).get(path)
        moved = theirs.get(path) != base.get(path)
        assert (path in both) == (ours and moved and mine.get(path) != theirs.get(path))


# Other templates and the library


def template(name: str, *fields: FieldSpec) -> Template:
    """A template with just fields."""
    return Template(name, name, Path(), "", fields, {}, {}, {}, {}, "")


def test_another_template_keeps_what_fits_and_gives_the_rest_back_later() -> None:
    first = template("satu", FieldSpec("judul", "Judul"), FieldSpec("ajakan", "Ajakan"))
    second = template("dua", FieldSpec("judul", "Judul"), FieldSpec("langkah", "L", "list"))
    draft = Draft("melati", "x", {"model": "satu", "isi": {"judul": "A", "ajakan": "B"}})
    other, aside = with_template(draft, second, first)
    assert aside == ("Ajakan",)
    assert other.values == {"model": "dua", "isi": {"judul": "A"}}
    back, aside = with_template(other, first, second)
    assert back.values == draft.values and not aside


def test_a_library_entry_brings_its_words_and_leaves_day_and_person(tmp_path: Path) -> None:
    workspace = Workspace(create_demo(tmp_path / "contoh", date(2026, 12, 7)))
    entry = load_library(workspace)[0][0]
    draft = of_entry(lesson().put("petugas", "kader-1"), entry)
    assert draft.text("isi.judul") == entry.title and draft.text("pustaka") == entry.id
    assert draft.text("petugas") == "kader-1" and draft.text("tanggal") == "2026-12-09"


# Pages


def test_a_draft_may_move_its_post_into_another_month(tmp_path: Path) -> None:
    workspace = Workspace(create_demo(tmp_path / "contoh", date(2026, 12, 7)))
    post = workspace.load().posts("melati")[0]
    pages, base = Pages(workspace), of_post(post)
    draft = base.put("tanggal", "2027-01-04").put("isi.judul", "Tahun baru: kita buka!")
    write(pages, post, base, draft)
    pages.save()
    moved = next(each for each in workspace.load().posts() if each.id == post.id)
    assert moved.date == date(2027, 1, 4) and of_post(moved).values == draft.values


def test_a_field_that_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    workspace = Workspace(create_demo(tmp_path / "contoh", date(2026, 12, 7)))
    post = workspace.load().posts("melati")[0]
    base = of_post(post).put("isi.judul", "Dulu lain")
    with pytest.raises(UsageError, match="juga diubah di tempat lain"):
        write(Pages(workspace), post, base, base.put("isi.judul", "Punya saya"))
    pages = Pages(workspace)
    write(pages, post, base, base.put("isi.ajakan", "Ayo!"))
    assert "Ayo!" in next(iter(pages.changed().values()))


def test_a_new_post_is_added_to_the_month_of_its_day(tmp_path: Path) -> None:
    workspace = Workspace(create_demo(tmp_path / "contoh", date(2026, 12, 7)))
    pages = Pages(workspace)
    draft = Draft(
        "melati",
        "b2c3d4",
        {"tanggal": "2027-03-01", "jam": "16.00", "jenis": "edukasi", "model": "edukasi-langkah"},
    )
    add(pages, draft)
    pages.save()
    assert "b2c3d4" in [post.id for post in workspace.load().posts("melati")]
    with pytest.raises(UsageError, match="tanggal"):
        add(pages, draft.put("tanggal", ""))


# Typed after a command

FIELDS = (
    FieldSpec("judul", "Judul"),
    FieldSpec("poin", "Poin", "list"),
    FieldSpec("langkah", "Langkah", "list", items=(FieldSpec("judul", "Judul"),)),
)


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        ("isi.judul=Ayo = datang", "isi.judul", "Ayo = datang"),
        ("kanal=wa-grup, fb", "kanal", ("wa-grup", "fb")),
        ("isi.poin=a, b", "isi.poin", ("a", "b")),
        ("isi.langkah.2.judul=Tutup", "isi.langkah.1.judul", "Tutup"),
        ("palet=", "palet", ""),
        ("sumber.1.ditelaah=Bidan", "sumber.0.ditelaah", "Bidan"),
        ("acara.tanggal=2026-12-08", "acara.tanggal", "2026-12-08"),
    ],
)
def test_an_assignment_sets_one_field(words: str, path: str, value: FieldValue) -> None:
    assert assigned(lesson(), words, FIELDS).get(path) == value


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("judul", "isian=nilai"),
        ("tangal=besok", "tanggal"),
        ("id=lain", "tidak ada"),
        ("isi.judl=x", "judul"),
        ("isi=x", "beberapa isian"),
        ("isi.langkah.9.judul=x", "Butir 9 belum dapat diisi"),
        ("isi.langkah.0.judul=x", "dihitung dari 1.*isi.langkah.1.judul"),
    ],
)
def test_an_assignment_that_means_nothing_says_what_to_write(words: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        assigned(lesson(), words, FIELDS)
