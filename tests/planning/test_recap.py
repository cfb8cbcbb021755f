"""Sesudah hari buka: the numbers of a service day that is over, asked until somebody knows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.texts import Waiting, load_texts
from content_kit.files.workspace import Workspace
from content_kit.model import Pillar
from content_kit.planning.draft import of_post
from content_kit.planning.recap import REACH, Recap, answer, open_recaps
from content_kit.start import create_demo

DAY = datetime(2026, 12, 8, 0, tzinfo=UTC)  # 08.00 WITA: the doors open
ASKED = """
  - id: rekap1
    tanggal: 2026-12-09
    jam: "18.30"
    jenis: kegiatan
    bidang: kesehatan
    model: edukasi-langkah
    pustaka: kegiatan-hari-buka
    menunggu: [langkah]
    kanal: [wa-grup]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    isi:
      label: Cerita hari buka
      judul: Terima kasih, hari buka kita ramai!
      langkah:
        - {isi: Beratnya sudah dicatat di Buku KIA., gambar: dacin}
        - {isi: Terima kasih sudah sabar menunggu., gambar: suntik}
        - {isi: "Terima kasih, Bunda.", gambar: ibu-hamil}
      penutup: Belum sempat datang? Kabari kader, ya.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    demo = create_demo(tmp_path / "contoh", DAY.date())
    month = demo / "calendars/melati/2026-12.yaml"
    month.write_text(month.read_text("utf-8").rstrip() + ASKED, encoding="utf-8")
    return demo


def found(root: Path, now: datetime) -> list[Recap]:
    workspace = Workspace.open(root)
    loaded = workspace.load()
    posts = [post for post in loaded.posts() if post.id == "rekap1"]
    assert posts and posts[0].pillar is Pillar.KEGIATAN
    return open_recaps(posts, loaded.posyandu, load_texts(workspace), now)


def test_it_is_asked_from_the_opening_on_until_a_month_later(root: Path) -> None:
    assert not found(root, DAY - timedelta(minutes=1))
    (recap,) = found(root, DAY)
    assert recap.asks[0].ask == "Berapa balita yang ditimbang?"
    assert found(root, DAY + REACH)
    assert not found(root, DAY + REACH + timedelta(minutes=1))


def test_the_answers_make_the_recap_and_a_late_one_goes_out_later(root: Path) -> None:
    now = DAY + timedelta(days=4, hours=3)  # Saturday 11.00: its hour is long over
    (recap,) = found(root, now)
    workspace = Workspace.open(root)
    answers = {
        "langkah.0.judul": "41",
        "langkah.1.judul": "9 anak disuntik",
        "langkah.2.judul": " 3 ",
    }
    answer(workspace, workspace.load(), recap, answers, now).save()
    assert not found(root, now)
    post = next(post for post in workspace.load().posts("melati") if post.id == "rekap1")
    said = [of_post(post).text(f"isi.langkah.{number}.judul") for number in range(3)]
    assert said == ["41 balita ditimbang", "9 anak disuntik", "3 ibu hamil diperiksa"]
    assert (post.date, post.time.hour) == (now.date(), 18)


def test_of_some_answers_the_rest_is_still_asked(root: Path) -> None:
    (recap,) = found(root, DAY)
    workspace = Workspace.open(root)
    with pytest.raises(UsageError, match="Belum ada yang diisi"):
        answer(workspace, workspace.load(), recap, {"langkah.0.judul": " "}, DAY)
    answer(workspace, workspace.load(), recap, {"langkah.0.judul": "41"}, DAY).save()
    (recap,) = found(root, DAY)
    assert [gap.field for gap in recap.asks] == ["langkah.1.judul", "langkah.2.judul"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("34", "34 lansia hadir"),
        ("enam", "6 lansia hadir"),
        ("Dua puluh tiga", "23 lansia hadir"),
        ("12 lansia", "12 lansia hadir"),
        ("dua belas lansia hadir", "12 lansia hadir"),
        ("tidak ada", "tidak ada"),
        ("", ""),
        ("3 orang", "3 orang"),
        ("satu pun tidak", "satu pun tidak"),
        ("34 lansia dan 2 bayi", "34 lansia dan 2 bayi"),
    ],
)
def test_a_bare_number_takes_the_place_of_the_examples(said: str, written: str) -> None:
    assert Waiting("a", "Berapa?", "20 lansia hadir").answered(said) == written
