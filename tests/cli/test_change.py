"""`schedule change` and `edit` as their users meet them: one command, and the picture is there."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image

from content_kit.cli import changing, opening, run

CHANGE = ["schedule", "change", "melati", "2026-12-08", "--because", "Balai dipakai rapat desa"]


@pytest.fixture
def demo(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo, on Monday evening at two past eight."""
    evening = datetime(2026, 12, 7, 12, 2, tzinfo=UTC)
    monkeypatch.setattr(opening, "instant", lambda: evening)
    return demo


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    out = capsys.readouterr().out
    data = json.loads(out)
    assert isinstance(data, dict)
    return data


def test_a_change_gives_pictures_words_pack_and_corrections_at_once(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(demo / "keluaran")
    capsys.readouterr()
    arguments = ["--to", "2026-12-10", "--workspace", str(demo), "--json"]
    assert run([*CHANGE, *arguments]) == 0
    data = told(capsys)
    pictures = data["pictures"]
    assert isinstance(pictures, list) and len(pictures) == 3
    for path in pictures:
        with Image.open(path) as picture:
            picture.load()
    assert str(data["text"]).startswith("*BERUBAH: Kamis, 10 Desember 2026")
    names = [path.name for path in Path(str(data["pack"])).iterdir()]
    assert any(name.endswith("_jadwal-melati.jpg") for name in names)
    posted = data["posted"]
    assert isinstance(posted, list)
    assert [each["post"] for each in posted] == ["m4x7q2"], "the reminder of 18.30 is out"
    assert "tidak berlaku lagi" in posted[0]["correction"]


def test_a_cancelled_day_leaves_no_old_picture_behind(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = demo / "keluaran" / "melati" / "2026-W50" / "m8k2w5"
    assert old.is_dir()
    assert run([*CHANGE, "--cancel", "--workspace", str(demo)]) == 0
    assert not old.exists()
    said = capsys.readouterr()
    assert "m8k2w5" in said.err and "dihapus" in said.err
    assert "BATAL" in said.err
    assert ".jpg" in said.out
    order = (demo / "keluaran" / "paket" / "melati" / "2026-W50" / "BACA-DULU.txt").read_text(
        encoding="utf-8"
    )
    assert "Belum ikut" not in order or "m8k2w5" not in order


def test_a_dry_run_changes_no_file(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    assert run([*CHANGE, "--cancel", "--dry-run", "--workspace", str(demo)]) == 0
    assert "tidak ada berkas yang diubah" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == before


def test_a_wrong_wish_is_one_sentence(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*CHANGE, "--workspace", str(demo)]) == 2
    assert "Apa yang berubah" in capsys.readouterr().err
    assert run([*CHANGE, "--to", "besok", "--workspace", str(demo)]) == 2
    assert run([*CHANGE, "--time", "pagi", "--workspace", str(demo)]) == 2


def test_words_for_the_day_and_the_hours_are_read(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "today", lambda zone=None: date(2026, 12, 7))
    more = ["--workspace", str(demo), "--dry-run", "--json"]
    assert run([*CHANGE, "--to", "minggu depan", "--time", "jam 9 sampai 12", *more]) == 0
    said = str(told(capsys))
    assert "Selasa, 15 Desember 2026" in said and "09.00–12.00" in said
    assert run([*CHANGE, "--to", "12/9/2027", *more]) == 0
    assert "278 hari sesudah" in capsys.readouterr().err
    assert run([*CHANGE, "--time", "jam 9", *more]) == 2
    assert "Sampai jam berapa" in capsys.readouterr().err
    assert run([*CHANGE, "--time", "09.00-12.00 WIB", *more]) == 2
    assert "tulis 10.00-13.00" in capsys.readouterr().err
    assert run([*CHANGE, "--time", "09.00-12.00 WITA", *more]) == 0


@pytest.mark.parametrize(
    "words",
    [
        ["move", "melati", "2027-01-12", "--to", "2027-01-13"],
        ["skip", "melati", "2027-01-12"],
        ["replace", "melati", "2027-01-12", "--place", "Rumah RT 03"],
    ],
)
def test_a_quiet_edit_makes_no_announcement(
    demo: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    capsys.readouterr()
    assert run(["edit", *words, "--workspace", str(demo), "--json"]) == 0
    data = told(capsys)
    assert data["announcement"] == "" and data["pictures"] == []
    assert "2027-01-12" in (demo / "calendars/melati/posyandu.yaml").read_text(encoding="utf-8")


def test_posts_are_shifted_and_copied(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--workspace", str(demo), "--json"]
    capsys.readouterr()
    assert run(["edit", "shift", "--days", "1", "--post", "m5c2b8", *place]) == 0
    assert told(capsys)["posts"] == ["m5c2b8"]
    assert run(["edit", "copy", "m5c2b8", "kenanga", *place]) == 0
    data = told(capsys)
    assert data["posts"] and data["posts"] != ["m5c2b8"]
    assert run(["edit", "shift", "--days", "1", *place]) == 2


def test_one_post_goes_to_a_day_is_copied_there_and_deleted(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = demo / "calendars/melati/2026-12.yaml"
    place = ["--workspace", str(demo), "--json"]
    capsys.readouterr()
    assert (
        run(["edit", "shift", "--post", "m5c2b8", "--to", "2026-12-20", "--time", "16.30", *place])
        == 0
    )
    assert "pindah" in str(told(capsys)["changed"])
    assert "2026-12-20" in month.read_text("utf-8") and "16.30" in month.read_text("utf-8")
    assert run(["edit", "copy", "m5c2b8", "--to", "2026-12-22", *place]) == 0
    copied = told(capsys)["posts"]
    assert isinstance(copied, list)
    id = str(copied[0])
    assert run(["edit", "delete", id, "m5c2b8", "--unit", "melati", *place]) == 0
    assert told(capsys)["posts"] == [id, "m5c2b8"]
    assert "m5c2b8" not in month.read_text("utf-8") and id not in month.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["shift", "--post", "m5c2b8"],
        ["shift", "--post", "m5c2b8", "--days", "1", "--to", "2026-12-20"],
        ["shift", "--week", "2026-W50", "--to", "2026-12-20"],
        ["shift", "--post", "m5c2b8", "--days", "1", "--time", "16.00"],
        ["shift", "--post", "m5c2b8", "--to", "besok-besok"],
        ["copy", "m5c2b8"],
        ["copy", "m5c2b8", "kenanga", "--to", "2026-12-20"],
        ["copy", "m5c2b8", "kenanga", "--time", "16.00"],
        ["delete", "tidak-ada"],
        ["delete", "m5c2b8", "--unit", "mawar"],
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_changes(
    demo: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    month = demo / "calendars/melati/2026-12.yaml"
    before = month.read_bytes()
    assert run(["edit", *words, "--workspace", str(demo)]) == 2
    assert capsys.readouterr().err.strip()
    assert month.read_bytes() == before


def test_the_answer_decides_what_the_next_announcement_says(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--workspace", str(demo), "--json"]
    assert run([*CHANGE, "--to", "2026-12-11", *place]) == 0
    capsys.readouterr()
    assert run([*CHANGE, "--to", "2026-12-10", "--not-sent", *place, "--dry-run"]) == 0
    assert "Semula: Selasa, 8 Desember 2026" in str(told(capsys)["text"])
    assert run([*CHANGE, "--cancel", "--sent", "--by", "kader-rusminah", *place]) == 0
    data = told(capsys)
    heading = "*BATAL: Jumat, 11 Desember 2026 (semula Selasa, 8 Desember), 08.00"
    assert str(data["text"]).startswith(heading)
    posted = data["posted"]
    assert isinstance(posted, list) and len(posted) == 2, "the announcement was sent to the group"
    events = list((demo / "calendars/melati/tinjauan").rglob("*diposting-kader-rusminah*"))
    assert len(events) == 1


def test_nobody_asked_means_that_it_may_have_been_sent(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--workspace", str(demo), "--json"]
    assert run([*CHANGE, "--to", "2026-12-11", *place]) == 0
    capsys.readouterr()
    assert run([*CHANGE, "--cancel", *place]) == 0
    assert str(told(capsys)["text"]).startswith("*BATAL: Jumat, 11 Desember 2026 (semula Selasa")


def test_a_person_at_a_terminal_is_asked(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ["--workspace", str(demo)]
    assert run([*CHANGE, "--to", "2026-12-11", *place]) == 0
    asked: list[str] = []

    def no(question: str, **_: object) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(changing, "on_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", no)
    capsys.readouterr()
    assert run([*CHANGE, "--cancel", *place]) == 0
    assert asked == ["Kabar terakhir: Jumat, 11 Desember 2026, Balai RW 05. Sudah dikirim ke grup?"]
    said = capsys.readouterr().err
    assert "BATAL: Selasa, 8 Desember 2026" in said and "Jumat" not in said


def test_what_was_said_to_be_posted_can_be_taken_back(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ["--by", "kader-rusminah", "--workspace", str(demo)]
    assert run(["done", "m8k2w5", *who]) == 0
    assert "sudah diposting di Grup WhatsApp, " in capsys.readouterr().err
    assert run(["done", "m8k2w5", "--undo", "--channel", "wa-grup", *who]) == 0
    assert "belum diposting di Grup WhatsApp." in capsys.readouterr().err
    assert run(["done", "m8k2w5", "--channel", "wa-grup", *who]) == 0, "and then it was after all"
    assert "sudah diposting di Grup WhatsApp." in capsys.readouterr().err
