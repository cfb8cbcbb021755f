"""A merge takes what one side changed, shows what both did, and leaves the bytes of everything else."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.align import SETS
from content_kit.files.copies import sides
from content_kit.files.merge import Conflict, Merged, Side, merge, resolve, with_markers
from content_kit.files.splice import Data

MONTH = """\
# Satu bulan Melati.
bulan: 2026-12
postingan:
  # Hari buka Desember.
  - id: aaaaaa
    tanggal: 2026-12-07
    jam: "18.30"                 # sesudah magrib
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup, wa-status, fb]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    isi:
      judul: Besok kita buka!
      ajakan: Bawa Buku KIA.

  # --- minggu kedua ---

  - id: bbbbbb
    tanggal: 2026-12-09
    jam: "16.30"
    jenis: edukasi
    model: edukasi-langkah
    sumber:
      - {nama: Kemenkes, cek: V}
    tagar: [CegahDBD]
    isi:
      judul: 3M di rumah
      langkah:
        - {judul: Menguras, isi: "Seminggu sekali."}
        - {judul: Menutup, isi: Ember.}
        - judul: Mendaur ulang
          isi: |
            Barang bekas
            # bukan catatan
      penutup: "Siapa?"

  - id: cccccc
    tanggal: 2026-12-11
    jam: "19.30"
    jenis: kader
    model: kader-apresiasi
    isi: {judul: Terima kasih, nama: Ibu R}
# akhir
"""

UNIT = """\
id: contoh-melati
nama: Posyandu Melati
zona: WITA
kontak: {whatsapp: "0812", facebook: Melati}
hari_buka:
  - id: bulanan
    aturan: selasa ke-2
    jam: 08.00-11.00
    tempat: Balai
    layanan: [timbang, imunisasi]
    perubahan:
      - {tanggal: 2027-01-12, pindah_ke: 2027-01-13, alasan: Rapat}
  - id: sore
    aturan: kamis ke-3
    jam: 15.00-17.00
    tempat: Posko
"""
PEOPLE = "orang:\n  - {id: kader-1, nama: Ani, unit: [melati]}\n  - {id: kader-2, nama: Budi}\n"
PHOTOS = """\
foto:
  - berkas: a.jpg
    orang: dewasa
    izin: {nomor: "1", kanal: [fb]}
  - berkas: b.jpg
    orang: tidak_ada
"""
OFFICE = "nama: Kantor\nkanal: [wa-grup, fb]\nmasa_pemilu: tidak\n"


def put(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def names(merged: Merged) -> list[str]:
    return [conflict.name for conflict in merged.conflicts]


def clean(base: str | None, mine: str, theirs: str) -> str:
    merged = merge(base, mine, theirs)
    assert not merged.conflicts, merged.conflicts
    return merged.text


def only(merged: Merged) -> Conflict:
    (conflict,) = merged.conflicts
    return conflict


# Cases with a name


def test_both_sides_of_one_post_are_taken_with_their_comments() -> None:
    mine = put(MONTH, ("Besok kita buka!", "Besok buka, ayo!"), ("sesudah magrib", "habis magrib"))
    theirs = put(
        MONTH,
        ("Bawa Buku KIA.", "Bawa Buku KIA dan ajak tetangga."),
        ("# Satu bulan Melati.", "# Desember di Melati."),
        ("bulan: 2026-12\n", "bulan: 2026-12   # Desember\n"),
    )
    assert clean(MONTH, mine, theirs) == put(
        theirs, ("Besok kita buka!", "Besok buka, ayo!"), ("sesudah magrib", "habis magrib")
    )


def test_both_changed_the_same_field_is_shown() -> None:
    mine = put(MONTH, ("judul: 3M di rumah", "judul: Tiga M"), ('jam: "16.30"', 'jam: "17.00"'))
    theirs = put(MONTH, ("judul: 3M di rumah", "judul: 3M yuk"), ('      penutup: "Siapa?"\n', ""))
    merged = merge(MONTH, mine, theirs, "calendars/melati/2026-12.yaml")
    conflict = only(merged)
    assert (conflict.post, conflict.field) == ("bbbbbb", "isi.judul")
    assert (conflict.base, conflict.mine, conflict.theirs) == ("3M di rumah", "Tiga M", "3M yuk")
    assert (conflict.place.file, conflict.place.line) == ("calendars/melati/2026-12.yaml", 27)
    one = resolve(merged, {"bbbbbb.isi.judul": Side.MINE})
    assert one == put(theirs, ("judul: 3M yuk", "judul: Tiga M"), ('jam: "16.30"', 'jam: "17.00"'))
    other = resolve(merged, {"bbbbbb.isi.judul": Side.THEIRS})
    assert other == merged.text == put(theirs, ('jam: "16.30"', 'jam: "17.00"'))


def test_both_keeps_two_posts() -> None:
    mine = put(MONTH, ("judul: 3M di rumah", "judul: Tiga M"))
    theirs = put(MONTH, ("judul: 3M di rumah", "judul: 3M yuk"))
    merged = merge(MONTH, mine, theirs)
    text = resolve(merged, {"bbbbbb.isi.judul": Side.BOTH})
    posts = read(text)["postingan"]
    titles = [post["isi"]["judul"] for post in posts]
    assert titles == ["Besok kita buka!", "3M yuk", "Tiga M", "Terima kasih"]
    assert len({post["id"] for post in posts}) == 4
    assert posts[2]["id"] not in MONTH
    assert resolve(merged, {"bbbbbb.isi.judul": Side.BOTH}) == text
    assert text.startswith(theirs[: theirs.index("  - id: cccccc")])


def test_an_edited_post_that_the_other_removed_stays() -> None:
    start, end = MONTH.index("  - id: bbbbbb"), MONTH.index("  - id: cccccc")
    without = MONTH[:start] + MONTH[end:]
    edited = put(MONTH, ("judul: 3M di rumah", "judul: 3M yuk"))
    for mine, theirs in ((without, edited), (edited, without)):
        merged = merge(MONTH, mine, theirs)
        assert merged.conflicts == ()
        assert merged.kept == ("bbbbbb",)
        assert merged.text == edited
    assert clean(MONTH, without, MONTH) == without
    other = put(MONTH, ("Besok kita buka!", "Besok!"))
    assert clean(MONTH, without, other) == put(without, ("Besok kita buka!", "Besok!"))


def test_a_field_that_one_removed_and_the_other_edited_is_shown() -> None:
    mine = put(MONTH, ("      ajakan: Bawa Buku KIA.\n", ""))
    theirs = put(MONTH, ("Bawa Buku KIA.", "Bawa buku."))
    merged = merge(MONTH, mine, theirs)
    assert (only(merged).mine, only(merged).theirs) == (None, "Bawa buku.")
    assert "Bawa buku." in merged.text
    swapped = merge(MONTH, theirs, mine)
    assert "Bawa buku." in swapped.text
    assert resolve(merged, {"aaaaaa.isi.ajakan": Side.MINE}) == mine


NEW = '  - id: {id}\n    tanggal: {day}\n    jam: "10.00"\n    model: x\n    isi: {{judul: {title}}}\n'


def test_new_posts_of_both_sides_stand_in_the_order_of_their_dates() -> None:
    early, late = (
        NEW.format(id=id, day=day, title=id)
        for id, day in (("dddddd", "2026-12-20"), ("eeeeee", "2026-12-21"))
    )
    one, two = (put(MONTH, ("# akhir\n", f"\n{new}# akhir\n")) for new in (early, late))
    both = put(MONTH, ("# akhir\n", f"\n{early}\n{late}# akhir\n"))
    assert clean(MONTH, one, two) == both
    assert clean(MONTH, two, one) == both


def test_one_id_for_two_new_posts_is_shown_whole() -> None:
    one, two = (
        put(MONTH, ("# akhir\n", NEW.format(id="dddddd", day=f"2026-12-2{n}", title=f"t{n}")))
        for n in (0, 1)
    )
    merged = merge(MONTH, one, two)
    conflict = only(merged)
    assert (conflict.post, conflict.field, conflict.name) == ("dddddd", "", "dddddd")
    assert conflict.mine is not None
    assert "judul: t0" in conflict.mine
    posts = read(resolve(merged, {"dddddd": Side.BOTH}))["postingan"]
    assert [post["isi"]["judul"] for post in posts[3:]] == ["t1", "t0"]
    assert posts[3]["id"] == "dddddd" != posts[4]["id"]
    assert read(resolve(merged, {"dddddd": Side.MINE})) == read(one)


def test_lists_without_order_take_both_and_lists_with_order_ask() -> None:
    mine = put(MONTH, ("[wa-grup, wa-status, fb]", "[wa-grup, fb, ig]"))
    theirs = put(MONTH, ("[wa-grup, wa-status, fb]", "[wa-grup, wa-status, fb, telegram]"))
    assert "kanal: [wa-grup, fb, ig, telegram]" in clean(MONTH, mine, theirs)
    more = "        - {judul: Satu lagi, isi: A}\n"
    mine = put(MONTH, ("      penutup:", f"{more}      penutup:"))
    theirs = put(MONTH, ("      penutup:", f"{more.replace('A', 'B')}      penutup:"))
    assert names(merge(MONTH, mine, theirs)) == ["bbbbbb.isi.langkah"]
    theirs = put(MONTH, ("isi: Ember.", "isi: Ember dan bak."))
    assert clean(MONTH, mine, theirs) == put(mine, ("isi: Ember.", "isi: Ember dan bak."))
    mine = put(MONTH, ("judul: Menutup", "judul: Menutup rapat"))
    assert "{judul: Menutup rapat, isi: Ember dan bak.}" in clean(MONTH, mine, theirs)


def test_a_post_that_moved_in_its_file_stays_one_post() -> None:
    start, end = MONTH.index("  - id: bbbbbb"), MONTH.index("  - id: cccccc")
    post = MONTH[start:end]
    moved = put(MONTH, (post, ""), ("# akhir\n", "\n" + post.rstrip("\n") + "\n# akhir\n"))
    moved = put(moved, ("tanggal: 2026-12-09", "tanggal: 2026-12-19"))
    edited = put(MONTH, ("judul: 3M di rumah", "judul: 3M yuk"))
    for pair in ((moved, edited), (edited, moved)):
        assert clean(MONTH, *pair) == put(moved, ("judul: 3M di rumah", "judul: 3M yuk"))


def test_posts_without_an_id_are_matched_by_what_they_say() -> None:
    base = MONTH.replace("- id: bbbbbb\n    tanggal", "- tanggal")
    mine = put(base, ("judul: 3M di rumah", "judul: 3M yuk"))
    theirs = put(base, ("Besok kita buka!", "Besok!"), ('penutup: "Siapa?"', "penutup: Kita!"))
    merged = clean(base, mine, theirs)
    assert merged == put(theirs, ("judul: 3M di rumah", "judul: 3M yuk"))
    filled = put(base, ("- tanggal: 2026-12-09", "- id: zzzzzz\n    tanggal: 2026-12-09"))
    assert read(clean(base, filled, mine)) == read(
        put(filled, ("judul: 3M di rumah", "judul: 3M yuk"))
    )
    again = put(base, ("- tanggal: 2026-12-09", "- id: yyyyyy\n    tanggal: 2026-12-09"))
    for base_or_none in (base, None):
        for pair in ((filled, again), (again, filled)):
            assert read(clean(base_or_none, *pair)) == read(again)


def test_without_a_base_what_differs_is_shown_and_nothing_is_dropped() -> None:
    mine = put(MONTH, ("Besok kita buka!", "Besok!"), ("      ajakan: Bawa Buku KIA.\n", ""))
    start, end = MONTH.index("  - id: bbbbbb"), MONTH.index("  - id: cccccc")
    theirs = MONTH[:start] + MONTH[end:]
    merged = merge(None, mine, theirs)
    assert names(merged) == ["aaaaaa.isi.judul", "aaaaaa.isi.ajakan"]
    assert [p["id"] for p in read(merged.text)["postingan"]] == ["aaaaaa", "bbbbbb", "cccccc"]
    choices = dict.fromkeys(names(merged), Side.MINE)
    assert resolve(merged, choices) == mine


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        (
            UNIT,
            ("      - {tanggal: 2027-01-12", "      - {tanggal: 2026-12-08, batal: ya}\n      - {tanggal: 2027-01-12"),
            ("alasan: Rapat}", "alasan: Rapat}\n      - {tanggal: 2027-02-09, tempat: Posko}"),
            None,
        ),
        (UNIT, ("pindah_ke: 2027-01-13", "pindah_ke: 2027-01-14"), ("alasan: Rapat", "alasan: Rapat desa"), None),
        (UNIT, ('whatsapp: "0812"', 'whatsapp: "0813"'), ("facebook: Melati", "facebook: Melati D"), None),
        (UNIT, ("tempat: Posko", "tempat: Posko 2"), ("tempat: Balai", "tempat: Balai RW"), None),
        (UNIT, ("[timbang, imunisasi]", "[timbang]"), ("[timbang, imunisasi]", "[timbang, imunisasi, gizi]"), "layanan: [timbang, gizi]"),
        (PEOPLE, ("nama: Ani", "nama: Ani S"), ("nama: Budi}\n", "nama: Budi}\n  - {id: kader-3, nama: Citra}\n"), None),
        (PHOTOS, ("kanal: [fb]", "kanal: [fb], dicabut: 2026-12-01"), ("  - berkas: b.jpg\n    orang: tidak_ada\n", ""), None),
        (OFFICE, ("nama: Kantor", "nama: Kantor Desa"), ("[wa-grup, fb]", "[wa-grup, fb, ig]"), None),
        (OFFICE, ("[wa-grup, fb]", "[fb]"), ("[wa-grup, fb]", "[wa-grup, fb, ig]"), "kanal: [fb, ig]"),
    ],
)  # fmt: skip
def test_every_kind_of_file_merges(
    base: str, mine: tuple[str, str], theirs: tuple[str, str], both: str | None
) -> None:
    one, two = put(base, mine), put(base, theirs)
    for pair in ((one, two), (two, one)):
        text = clean(base, *pair)
        assert text == put(base, mine, theirs) if both is None else both in text


def test_line_ends_and_what_follows_the_last_line_stay() -> None:
    mine = put(MONTH, ("Besok kita buka!", "Besok!"))
    theirs = put(MONTH, ("nama: Ibu R", "nama: Ibu S"))
    both = put(mine, ("nama: Ibu R", "nama: Ibu S"))
    windows = [text.replace("\n", "\r\n") for text in (MONTH, mine, theirs, both)]
    assert clean(windows[0], windows[1], windows[2]) == windows[3]
    assert clean(MONTH, windows[1], theirs) == windows[3]  # who changed the line ends is followed
    assert clean(MONTH, mine, windows[2]) == windows[3]
    assert clean(windows[0], windows[1], MONTH) == mine
    bare = [text.removesuffix("\n# akhir\n") for text in (MONTH, mine, theirs, both)]
    assert clean(*bare[:3]) == bare[3]


@pytest.mark.parametrize(
    "text", ["a: [\n", "a: &x b\n", "a: 1\na: 2\n", "\x00", "- a\n", "kata", "a: 1\n--- \nb: 2\n"]
)
def test_what_cannot_be_read_is_never_merged_by_guess(text: str) -> None:
    mine = put(MONTH, ("Besok kita buka!", "Besok!"))
    try:
        merged = merge(MONTH, mine, text)
    except UsageError:
        return
    assert merged.conflicts


def test_strange_shapes_lose_nothing() -> None:
    flow = "{bulan: 2026-12, postingan: [{id: aaaaaa, isi: {judul: A}}, {id: bbbbbb, isi: {judul: B}}]}\n"
    mine, theirs = put(flow, ("judul: A", "judul: AA")), put(flow, ("judul: B", "judul: BB"))
    assert clean(flow, mine, theirs) == put(mine, ("judul: B", "judul: BB"))
    empty = "bulan: 2026-12\npostingan: []\n"
    new = "bulan: 2026-12\npostingan:\n" + NEW.format(id="dddddd", day="2026-12-20", title="t")
    other = "bulan: 2026-12\npostingan:\n" + NEW.format(id="eeeeee", day="2026-12-21", title="u")
    ids = [post["id"] for post in read(clean(empty, new, other))["postingan"]]
    assert ids == ["dddddd", "eeeeee"]
    assert read(clean("", new, other)) == read(clean(empty, new, other))
    assert read(clean(None, new, empty)) == read(new)
    gone = "bulan: 2026-12\npostingan: []\n"
    start, end = MONTH.index("  - id: bbbbbb"), MONTH.index("  - id: cccccc")
    assert read(clean(MONTH, gone, MONTH[:start] + MONTH[end:]))["postingan"] == []
    wide = new.replace("\n  ", "\n      ")
    assert read(clean(empty, wide, other)) == read(clean(empty, new, other))


@pytest.mark.parametrize("form", ["\n", "\r\n"])
def test_a_comment_of_either_side_stays_whatever_stands_under_it(form: str) -> None:
    cases = [
        (MONTH, ("judul: 3M di rumah", "judul: 3M # tanya bidan"), ("judul: 3M di rumah", "judul: 4M # baru")),
        (MONTH, ("    tagar: [CegahDBD]", "    # dari dinas\n    tagar: [DBD]"), ("    tagar: [CegahDBD]", "    # milik kita\n    tagar: [KIA]")),
        (MONTH, ("bulan: 2026-12", "# kata mine\nbulan: 2026-12"), ("bulan: 2026-12", "bulan: 2026-12 # kata theirs")),
        (OFFICE, ("nama: Kantor", "nama: Kantor # lantai 2"), ("nama: Kantor", "nama: Dinas")),
        (OFFICE, ("masa_pemilu: tidak", "# tanya KPU\nmasa_pemilu: tidak"), ("kanal: [wa-grup, fb]", "kanal: [wa-grup] # tanpa fb")),
    ]  # fmt: skip
    for base, my_edit, their_edit in cases:
        text, mine, theirs = (
            one.replace("\n", form) for one in (base, put(base, my_edit), put(base, their_edit))
        )
        merged = merge(text, mine, theirs)
        for side in (Side.MINE, Side.THEIRS):
            decided = resolve(merged, {conflict.name: side for conflict in merged.conflicts})
            for line in (*mine.splitlines(), *theirs.splitlines()):
                if " #" in line or line.startswith("#"):
                    assert line[line.index("#") :] in decided
            assert ("\r\n" in decided) == (form == "\r\n")


def test_hostile_words_are_carried_and_never_obeyed() -> None:
    evil = "[red]Gratis[/] [/x] \x1b]0;x\x07 \u202e <<<<<<< {{ a }}"
    for text in (MONTH, UNIT):
        where: splice.Path = ("postingan", 0, "isi", "judul") if text is MONTH else ("nama",)
        mine = splice.set_value(text, where, evil)
        theirs = splice.set_value(text, where, evil + "!")
        merged = merge(text, mine, theirs)
        conflict = only(merged)
        assert (conflict.mine, conflict.theirs) == (evil, evil + "!")
        assert read(resolve(merged, {conflict.name: Side.MINE})) == read(mine)


# Laws


def read(text: str) -> Any:
    """What a text says, as anything: the tests walk through it."""
    return splice.read(text)


WORDS = [
    "Ayo!",
    "a: b",
    "baris\nkedua\n",
    "# bukan",
    "18.30",
    "",
    "null",
    "[red]x[/]",
    "é😀",
    "- a",
]


class Editor:
    """Edits a text at random, each edit with a word nobody else writes."""

    def __init__(self, text: str, chance: random.Random, mark: str) -> None:
        self.text, self.chance, self.mark, self.count = text, chance, mark, 0

    def word(self) -> str:
        self.count += 1
        return f"{self.chance.choice(WORDS)} {self.mark}{self.count}"

    def go(self, most: int) -> str:
        for _ in range(self.chance.randint(0, most)):
            posts = len(read(self.text)["postingan"])
            acts = [self.add, self.add, self.remark]
            if posts:
                acts += [self.title, self.title, self.date, self.tags, self.step, self.field]
            if posts > 1:
                acts += [self.drop, self.swap]
            self.chance.choice(acts)()
        return self.text

    def post(self) -> int:
        return self.chance.randrange(len(read(self.text)["postingan"]))

    def title(self) -> None:
        path = ("postingan", self.post(), "isi", "judul")
        self.text = splice.set_value(self.text, path, self.word())

    def field(self) -> None:
        post = self.post()
        key = self.chance.choice(["petugas", "palet", "jam", "ajakan"])
        path: splice.Path = ("postingan", post, key)
        if splice.has(self.text, path) and self.chance.random() < 0.4:
            self.text = splice.remove_item(self.text, path)
        else:
            self.text = splice.set_value(self.text, path, self.word())

    def date(self) -> None:
        day = f"2026-12-{self.chance.randint(1, 28):02}"
        self.text = splice.set_value(self.text, ("postingan", self.post(), "tanggal"), day)

    def tags(self) -> None:
        path = ("postingan", self.post(), "tagar")
        self.text = splice.add_item(self.text, path, f"{self.mark}{self.chance.randint(0, 5)}x")
        tags = read(self.text)["postingan"][path[1]]["tagar"]
        if len(set(tags)) < len(tags) or self.chance.random() < 0.3:
            self.text = splice.remove_item(self.text, (*path, self.chance.randrange(len(tags))))

    def step(self) -> None:
        path: splice.Path = ("postingan", self.post(), "isi", "langkah")
        there = read(self.text)["postingan"][path[1]]["isi"].get("langkah") or []
        if there and self.chance.random() < 0.5:
            number = self.chance.randrange(len(there))
            self.text = splice.set_value(self.text, (*path, number, "isi"), self.word())
        else:
            self.text = splice.add_item(self.text, path, {"judul": self.word(), "isi": "x"})

    def add(self) -> None:
        self.count += 1
        id = f"{self.mark}{self.count}"
        day = f"2026-12-{self.chance.randint(1, 28):02}"
        new = NEW.format(id=id, day=day, title=f"judul {id}").split("\n")[:-1]
        self.text = splice.add_written(self.text, ("postingan",), [line[2:] for line in new])

    def drop(self) -> None:
        _, self.text = splice.lift_item(self.text, ("postingan", self.post()))

    def swap(self) -> None:
        lines, rest = splice.lift_item(self.text, ("postingan", self.post()))
        self.text = splice.add_written(rest, ("postingan",), lines)

    def remark(self) -> None:
        """A comment above a line or behind it, wherever the text goes on saying the same."""
        self.count += 1
        end = "\r\n" if "\r\n" in self.text else "\n"
        lines = self.text.split(end)
        number = self.chance.randrange(len(lines))
        line, said = lines[number], f"# {self.mark}{self.count} kata"
        above = " " * (len(line) - len(line.lstrip())) + said + end + line
        lines[number] = self.chance.choice([above, f"{line}  {said}"])
        with contextlib.suppress(UsageError):
            if read(end.join(lines)) == read(self.text):
                self.text = end.join(lines)


LAWS = settings(deadline=None, max_examples=25)
SEEDS = st.integers(0, 2**32)
FORMS = st.sampled_from([MONTH, MONTH.replace("\n", "\r\n"), MONTH.removesuffix("\n# akhir\n")])


def three(form: str, seed: int) -> tuple[str, str, str]:
    chance = random.Random(seed)
    base = Editor(form, chance, "b").go(4)
    return base, Editor(base, chance, "m").go(5), Editor(base, chance, "t").go(5)


def leaves(item: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """A post's fields by their paths; each word of a list without order is a field of its own."""
    for key, value in item.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        elif key in SETS and isinstance(value, list):
            yield from (((*path, key, word), word) for word in value)
        else:
            yield (*path, key), value


def by_id(text: str) -> dict[str, dict[tuple[str, ...], Any]]:
    return {post["id"]: dict(leaves(post)) for post in read(text)["postingan"]}


@LAWS
@given(FORMS, SEEDS)
def test_with_one_side_the_other_is_the_result(form: str, seed: int) -> None:
    base, mine, theirs = three(form, seed)
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, base).text == mine
    assert merge(base, mine, mine).text == mine
    assert merge(None, mine, mine).text == mine


@LAWS
@given(FORMS, SEEDS)
def test_no_change_is_lost_and_no_field_comes_from_nowhere(form: str, seed: int) -> None:
    base, mine, theirs = three(form, seed)
    merged = merge(base, mine, theirs)
    shown = {(conflict.post, conflict.field) for conflict in merged.conflicts}
    old, own, other, result = (by_id(text) for text in (base, mine, theirs, merged.text))
    for id in {*old, *own, *other}:
        b, m, t = (side.get(id) for side in (old, own, other))
        if m is None or t is None:
            left = t if m is None else m
            if left is None or (
                b is not None and left == b and not changed_list(id, base, mine, theirs)
            ):
                assert id not in result
            else:
                assert result[id] == left
                assert b is None or id in merged.kept
            continue
        for path in {*(b or {}), *m, *t, *result[id]}:
            versions = [side.get(path) for side in (b or {}, m, t)]
            found = result[id].get(path)
            if versions[1] == versions[2] or versions[2] == versions[0]:
                assert found == versions[1], (id, path)
            elif versions[1] == versions[0]:
                assert found == versions[2], (id, path)
            elif isinstance(found, list) and (id, ".".join(path)) not in shown:
                sides = [item for side in versions for item in side or []]
                words = {
                    w
                    for item in sides
                    for w in (item.values() if isinstance(item, dict) else [item])
                }
                assert all(set(item.values()) <= words for item in found)
            else:
                assert (id, ".".join(path)) in shown, (id, path, versions)


def changed_list(id: str, *texts: str) -> bool:
    """Whether a side changed the order of a list of this post, which `leaves` does not see."""
    posts = [next((p for p in read(t)["postingan"] if p["id"] == id), None) for t in texts]
    there = [post for post in posts if post is not None]
    return any(post != there[0] for post in there)


@LAWS
@given(FORMS, SEEDS)
def test_no_comment_is_lost_with_a_post_that_stays(form: str, seed: int) -> None:
    base, mine, theirs = three(form, seed)
    kept = set(by_id(mine)) & set(by_id(theirs))
    merged = merge(base, mine, theirs)
    for side in (Side.MINE, Side.THEIRS):
        text = resolve(merged, {conflict.name: side for conflict in merged.conflicts})
        for mark, version in (("m", mine), ("t", theirs)):
            said = set(re.findall(rf"# {mark}\d+ kata", version))
            if set(by_id(base)) <= kept:
                assert said <= set(re.findall(rf"# {mark}\d+ kata", text))


@LAWS
@given(FORMS, SEEDS)
def test_who_is_called_mine_does_not_matter(form: str, seed: int) -> None:
    base, mine, theirs = three(form, seed)
    one, two = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {(c.name, c.mine, c.theirs) for c in one.conflicts} == {
        (c.name, c.theirs, c.mine) for c in two.conflicts
    }
    assert set(one.kept) == set(two.kept)
    for side, same in ((Side.MINE, Side.THEIRS), (Side.THEIRS, Side.MINE)):
        left = resolve(one, dict.fromkeys(names(one), side))
        right = resolve(two, dict.fromkeys(names(two), same))
        assert by_id(left) == by_id(right)


@LAWS
@given(FORMS, SEEDS)
def test_posts_that_nobody_touched_keep_their_bytes(form: str, seed: int) -> None:
    base, mine, theirs = three(form, seed)
    text = merge(base, mine, theirs).text
    cuts = [splice.Reading(each).cut(("postingan",)) for each in (base, mine, theirs)]
    if all(cuts):
        bodies = [{item.rstrip() for item in each.items} for each in cuts if each]
        for body in bodies[0] & bodies[1] & bodies[2]:
            assert body in text


@LAWS
@given(FORMS, SEEDS)
def test_without_a_base_everything_is_there_or_shown(form: str, seed: int) -> None:
    _, mine, theirs = three(form, seed)
    merged = merge(None, mine, theirs)
    shown = [(conflict.post, conflict.field) for conflict in merged.conflicts]
    own, other, result = by_id(mine), by_id(theirs), by_id(merged.text)
    assert result.keys() == own.keys() | other.keys()
    for id in own.keys() & other.keys():
        for path in {*own[id], *other[id]}:
            if own[id].get(path) != other[id].get(path):
                assert any(
                    post == id
                    and (".".join(path).startswith(name) or name.startswith(".".join(path)))
                    for post, name in shown
                ), (id, path)
    for side, whole in ((Side.MINE, own), (Side.THEIRS, other)):
        chosen = by_id(resolve(merged, dict.fromkeys(names(merged), side)))
        assert {id: chosen[id] for id in whole} == whole


@LAWS
@given(FORMS, SEEDS)
def test_the_marks_of_git_hold_both_versions(form: str, seed: int) -> None:
    base, mine, theirs = three(form, seed)
    merged = merge(base, mine, theirs)
    marked = with_markers(merged)
    found = sides(marked)
    if not merged.conflicts:
        assert found is None
        assert marked == merged.text
        return
    assert found is not None
    for text, side in ((found.mine, Side.MINE), (found.theirs, Side.THEIRS)):
        assert read(text) == read(resolve(merged, dict.fromkeys(names(merged), side)))
    again = merge(None, found.mine, found.theirs)
    assert {c.post for c in again.conflicts} <= {c.post for c in merged.conflicts}


SHAPES: st.SearchStrategy[Data] = st.recursive(
    st.sampled_from(["a", "b", "a: b", "x\ny", "", "# a"]) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "tanggal", "kanal", "isi", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
FILES = st.dictionaries(
    st.sampled_from(["nama", "postingan", "orang", "kanal"]), SHAPES, min_size=1
)


@LAWS
@given(FILES, FILES, FILES)
@example({"postingan": [{"id": "a"}]}, {"postingan": "a"}, {"postingan": None})
def test_any_shape_gives_a_text_that_says_what_was_decided(
    base: dict[str, Data], mine: dict[str, Data], theirs: dict[str, Data]
) -> None:
    written = [as_text(data) for data in (base, mine, theirs)]
    merged = merge(*written)
    assert read(resolve(merged, dict.fromkeys(names(merged), Side.THEIRS))) is not None
    splice.read(merged.text)


def as_text(data: dict[str, Data]) -> str:
    text = ""
    for key, value in data.items():
        text = splice.set_value(text, (key,), value)
    return text
