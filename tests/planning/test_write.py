"""What a plan writes into month files: readable, with reasons, and nothing a person wrote is touched."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.calendars import read_month
from content_kit.files.office import Office
from content_kit.files.reader import Findings
from content_kit.files.safe_text import normal
from content_kit.files.texts import Waiting
from content_kit.files.yaml import parse
from content_kit.model import (
    Audience,
    CheckState,
    OccurrenceRef,
    Pillar,
    Post,
    Source,
)
from content_kit.planning.balance import Balance
from content_kit.planning.month import MonthPlan
from content_kit.planning.page import Planned
from content_kit.planning.write import month_text

MONTH = date(2026, 12, 1)
NOTHING = Balance("melati", MONTH, (), (), {}, {}, {})
HAND = """\
# Catatan saya
bulan: 2026-12   # jangan dihapus
postingan:
- id: m4x7q2
  tanggal: 2026-12-07
  jam: "18.30"
  jenis: edukasi
  model: edukasi-langkah   # sama seperti bulan lalu
  isi: {judul: 'Tangan bersih'}
"""


def planned(title: str = "Besok: kita buka, ayo!", asks: tuple[Waiting, ...] = ()) -> Planned:
    post = Post(
        id="n5y8r3", unit="melati", date=date(2026, 12, 7), time=time(20), pillar=Pillar.JADWAL,
        template="jadwal-kartu", channels=("wa-grup", "fb"), audience=(Audience.BAYI,),
        occurrence=OccurrenceRef("bulanan", date(2026, 12, 8)), duty="kader-1", entry="jadwal-1",
        waiting=tuple(dict.fromkeys(ask.field.partition(".")[0] for ask in asks)),
        sources=(Source("Buku KIA, hal. 3", CheckState.NAMED, "contoh"),), hashtags=("Ayo",),
        fields={"judul": title, "langkah": ({"isi": "Ya: benar, #1", "gambar": "dacin"},)},
    )  # fmt: skip
    return Planned(post, "Pengingat (H-1).", asks)


def plan(*posts: Planned) -> MonthPlan:
    return MonthPlan("melati", MONTH, "Uji", posts, NOTHING)


def posts_of(text: str) -> tuple[Post, ...]:
    node, problems = parse(text, "melati/2026-12.yaml")
    assert not problems
    findings = Findings()
    calendar = read_month(
        node, unit="melati", month=MONTH, file="x", office=Office(), findings=findings
    )
    assert not findings
    return calendar.posts


def test_a_new_file_says_what_it_is_and_reads_back_as_the_plan() -> None:
    text = month_text("", plan(planned()), "Posyandu Melati")
    assert text.startswith("# Rencana Posyandu Melati, Desember 2026")
    assert "# Senin, 7 Desember 2026: Pengingat (H-1)." in text
    assert text.endswith("\n")
    (post,) = posts_of(text)
    assert post == planned().post


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", "\n", "\n# selesai\n"])
def test_what_a_person_wrote_keeps_every_byte(newline: str, tail: str) -> None:
    old = (HAND.rstrip("\n") + tail).replace("\n", newline)
    new = month_text(old, plan(planned()), "Posyandu Melati")
    head = HAND.rstrip("\n").replace("\n", newline)
    assert new.startswith(head)
    assert new.endswith(tail.replace("\n", newline))
    assert "\n" not in new.replace("\r\n", "") if newline == "\r\n" else "\r" not in new
    assert [post.id for post in posts_of(new)] == ["m4x7q2", "n5y8r3"]


@pytest.mark.parametrize(
    "old",
    [
        "bulan: 2026-12\n",
        "bulan: 2026-12\npostingan: []\n",
        "bulan: 2026-12\npostingan:\n",
        "bulan: 2026-12\npostingan: [{id: m4x7q2, tanggal: 2026-12-07, jam: '18.30', jenis: kader, model: x}]\n",
        "# masih kosong\n",
        "postingan: []\nbulan: 2026-12 # di bawah\n",
        "postingan: []\n",
    ],
)
def test_a_list_that_is_empty_missing_or_in_brackets_takes_the_posts(old: str) -> None:
    new = month_text(old, plan(planned()), "Posyandu Melati")
    assert posts_of(new)[-1] == planned().post
    assert all(comment in new for comment in ("# masih", "# di bawah") if comment in old)


def test_an_empty_plan_changes_nothing() -> None:
    assert month_text(HAND, plan(), "Posyandu Melati") == HAND


def test_gaps_are_lines_to_fill_in_with_the_question_above() -> None:
    asks = (
        Waiting("langkah.0.judul", "Berapa balita?", "34 balita"),
        Waiting("nama", "Siapa namanya?"),
    )
    text = month_text("", plan(planned(asks=asks)), "Posyandu Melati")
    assert '# Isi langkah.1.judul: Berapa balita? Misalnya "34 balita".' in text
    assert '- {judul: "", isi: "Ya: benar, #1", gambar: dacin}' in text
    assert "\n      nama:\n" in text
    assert "menunggu: [langkah, nama]" in text


@given(st.text(max_size=60))
def test_any_title_comes_back(title: str) -> None:
    printable = "".join(char for char in title if char.isprintable()).strip() or "x"
    text = month_text("", plan(planned(printable)), "Posyandu Melati")
    assert posts_of(text)[0].fields["judul"] == normal(printable).strip()


def test_the_same_plan_saved_twice_at_once_adds_its_posts_once() -> None:
    once = month_text(HAND, plan(planned()), "Melati")
    assert month_text(once, plan(planned()), "Melati") == once
