"""The gate of `pack`: no returned post, no prose by the fast lane, and no cancellation that waits."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content_kit.cli import opening, run
from tests.cli.reviewing import FAST, TITLES, edit, held, pack, policy, review, status

pytestmark = pytest.mark.usefixtures("own_folders")

PROSE = "Susu formula gratis dari PT Anu. Transfer 50 ribu ke BRI 1234567890. Vaksin itu haram."


def pictures(root: Path) -> list[str]:
    folder = root / "keluaran" / "paket" / "melati" / "2026-W50"
    return sorted(path.name for path in folder.glob("*jadwal-melati.jpg"))


@pytest.mark.parametrize("word", ["tidak_ada", "satu", "dua", "risiko"])
def test_a_returned_announcement_is_not_packed_and_its_note_is(
    root: Path, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    policy(root, word)
    pack(root)
    before = pictures(root)
    assert before
    review(root, "submit", "Hendra", post=FAST)
    assert review(root, "return", "Rina", "--note", "Jangan dikirim, salah jam", post=FAST) == 0
    _, told = pack(root)
    assert "Jangan dikirim, karena dikembalikan:" in told
    assert "dikembalikan oleh Rina: Jangan dikirim, salah jam." in told
    assert TITLES[FAST] in told
    assert len(pictures(root)) < len(before)
    assert review(root, "withdraw", "Hendra", post=FAST) == 0
    assert len(pictures(root)) < len(before)
    capsys.readouterr()
    assert status(root, capsys, FAST)["note"] == "Jangan dikirim, salah jam"


def test_a_returned_announcement_goes_only_once_somebody_approves_it(root: Path) -> None:
    review(root, "submit", "Hendra", post=FAST)
    review(root, "return", "Rina", "--note", "Salah jam", post=FAST)
    edit(root, "08.00-11.00", "09.00-11.00", "posyandu.yaml")
    review(root, "submit", "Hendra", post=FAST)
    _, told = pack(root)
    assert "pernah dikembalikan, jadi perlu disetujui dulu" in told
    review(root, "approve", "Rina", "--no-pictures", post=FAST)
    assert TITLES[FAST] not in held(pack(root)[1])


def test_prose_put_into_an_approved_announcement_is_held_with_exit_4(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, "submit", "Hendra", post=FAST)
    review(root, "approve", "Rina", "--no-pictures", post=FAST)
    edit(root, "judul: Besok kita buka, ayo datang!", "judul: Coblos nomor 2, H. Fulan hebat!")
    edit(root, '"Bawa Buku KIA dan ajak tetangga yang punya balita, ya."', f'"{PROSE}"')
    capsys.readouterr()
    code, told = pack(root)
    assert code == 4
    assert "berubah setelah disetujui: isi.ajakan, isi.judul" in told
    assert not any("07Des" in name for name in pictures(root))
    assert (
        "Jalur cepat: Posyandu Melati, Desa Contoh Hulu, Sen, 7 Des" not in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ("judul: Besok kita buka, ayo datang!", "judul: Coblos nomor 2!", "2026-12.yaml"),
        ("tempat: Balai RW 05", "tempat: Balai, transfer 50 ribu", "posyandu.yaml"),
        ("bawa: [Buku KIA]", "bawa: [Uang 50 ribu]", "posyandu.yaml"),
        ("nama: Posyandu Melati", "nama: Posyandu Coblos Dua", "posyandu.yaml"),
        ("tagar: [PosyanduMelati, AyoKePosyandu]", "tagar: [CoblosDua]", "2026-12.yaml"),
    ],
    ids=["title", "place", "bring", "name", "tag"],
)
def test_prose_that_nobody_approved_waits_wherever_it_stands(
    root: Path, old: str, new: str, file: str
) -> None:
    edit(root, old, new, file)
    code, told = pack(root)
    assert "Tidak lewat jalur cepat" in told
    assert code == 0
    assert not any("07Des" in name for name in pictures(root))


def test_pack_names_every_post_that_left_by_the_fast_lane(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):  # the second time nothing new is written into the log
        capsys.readouterr()
        pack(root)
        err = capsys.readouterr().err
        assert "Jalur cepat: Posyandu Melati, Desa Contoh Hulu, Sen, 7 Des" in err
        assert "Jalur cepat: Posyandu Melati, Desa Contoh Hulu, Sel, 8 Des" in err
    arguments = ["pack", str(root), "--unit", "melati", "--week", "2026-12-08", "--json"]
    run(arguments)
    packed = json.loads(capsys.readouterr().out)
    assert [one["post"] for one in packed["fast"]] == [FAST, "m8k2w5"]
    assert all(one["left_out"] == [] for one in packed["fast"])


@pytest.fixture
def clock_of_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """The evening two days before the service day of the sample."""
    monkeypatch.setattr(opening, "instant", lambda: datetime(2026, 12, 6, 10, tzinfo=UTC))


def texts_of(root: Path) -> str:
    packs = root / "keluaran" / "paket" / "melati"
    return "".join(path.read_text(encoding="utf-8") for path in packs.rglob("*_teks.txt"))


def cancel(root: Path, *more: str) -> int:
    arguments = ["melati", "2026-12-08", "--cancel", *more, "--workspace", str(root)]
    return run(["schedule", "change", *arguments])


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("H. Fulan hebat, coblos nomor 2", "alasannya berbau politik"),
        ("Transfer dulu 50 ribu ke BRI", "alasannya menyebut uang"),
        ("Pak RT menikahkan anaknya", "alasannya belum dipastikan orang setempat"),
    ],
    ids=["politics", "money", "unconfirmed"],
)
def test_a_cancellation_goes_out_without_a_reason_that_is_in_doubt_and_says_so(
    root: Path, reason: str, why: str, capsys: pytest.CaptureFixture[str], clock_of_sample: None
) -> None:
    cancel(root, "--because", reason)
    run(["pack", str(root), "--unit", "melati", "--month", "2026-12"])
    told = capsys.readouterr().err
    assert why in told
    assert "Hanya faktanya yang ikut" in told
    assert "BATAL" in texts_of(root)
    assert reason[:12] not in texts_of(root)
    packs = root / "keluaran" / "paket" / "melati"
    notes = "".join(path.read_text(encoding="utf-8") for path in packs.rglob("BACA-DULU.txt"))
    assert why in notes


def test_a_usual_reason_goes_out_and_so_does_one_that_somebody_here_stands_for(
    root: Path, capsys: pytest.CaptureFixture[str], clock_of_sample: None
) -> None:
    cancel(root, "--because", "Balai kebanjiran")
    run(["pack", str(root), "--unit", "melati", "--month", "2026-12"])
    assert "Hanya faktanya" not in capsys.readouterr().err
    assert "Karena: Balai kebanjiran." in texts_of(root)
    edit(
        root,
        "alasan: Balai kebanjiran",
        "alasan: Pak RT menikah\n        dipastikan: kader-rusminah",
        "posyandu.yaml",
    )
    run(["pack", str(root), "--unit", "melati", "--month", "2026-12"])
    assert "Karena: Pak RT menikah." in texts_of(root)


def test_an_older_log_put_back_is_told_on_a_machine_that_saw_more(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina", "--no-pictures")
    log = root / "calendars" / "melati" / "tinjauan"
    older = Path(shutil.copytree(log, tmp_path / "tinjauan-kemarin"))
    review(root, "return", "Rina", "--note", "Salah hari")
    shutil.rmtree(log)
    shutil.copytree(older, log)
    capsys.readouterr()
    row = status(root, capsys)
    assert row["status"] != "disetujui"
    run(["review", "status", str(root), "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["code"] for one in found] == ["tinjauan-mundur"]
    assert "salinan lama" in found[0]["hint"]
    assert run(["review", "trust", "--yes", "--workspace", str(root)]) == 0
    assert status(root, capsys)["status"] == "disetujui"
