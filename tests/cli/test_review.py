"""`content-kit review`, `done` and the gate of `pack`, as an office and its volunteers meet them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from content_kit.cli import run
from tests.cli.reviewing import CLEAN, FAST, TITLES, edit, held, pack, policy, review, status

pytestmark = pytest.mark.usefixtures("own_folders")


def test_the_way_of_a_post_from_ready_to_posted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "status", str(root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signed"] is False
    assert status(root, capsys)["status"] == "belum diajukan"
    assert review(root, "approve", "Rina") == 1  # nobody submitted it
    assert review(root, "submit", "Hendra") == 0
    assert status(root, capsys)["status"] == "diajukan"
    assert review(root, "approve", "hendra") == 1
    assert "orang lain" in capsys.readouterr().err
    assert review(root, "return", "Rina", "--note", "Judulnya terlalu panjang") == 0
    row = status(root, capsys)
    assert (row["status"], row["note"]) == ("dikembalikan", "Judulnya terlalu panjang")
    assert review(root, "submit", "Hendra") == 0
    assert review(root, "approve", "Rina") == 0
    assert "belum bertanda tangan" in capsys.readouterr().err.lower()
    assert status(root, capsys)["status"] == "disetujui"
    assert (
        run(["done", CLEAN, "--by", "Rusminah", "--workspace", str(root), "--channel", "fb"]) == 0
    )
    assert status(root, capsys)["posted"] == ["fb"]
    assert run(["done", CLEAN, "--by", "Rusminah", "--workspace", str(root)]) == 0
    assert status(root, capsys)["status"] == "sudah diposting"


def test_withdrawing_takes_the_approval_with_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina")
    assert review(root, "withdraw", "Hendra") == 0
    assert status(root, capsys)["status"] == "belum diajukan"
    assert review(root, "withdraw", "Hendra") == 1


def test_two_approvals_come_from_two_people(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy(root, "dua")
    review(root, "submit", "Hendra")
    assert review(root, "approve", "Rina") == 0
    assert review(root, "approve", "RINA") == 0
    assert status(root, capsys)["status"] == "diajukan"
    assert review(root, "approve", "Sari") == 0
    assert status(root, capsys)["status"] == "disetujui"


def test_a_pack_leaves_out_what_nobody_approved_and_lets_a_service_day_pass_with_a_log(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = pack(root)
    assert code == 0
    assert "belum disetujui" in told
    assert TITLES[CLEAN] in told
    assert TITLES[FAST] not in held(told)
    assert (
        "Jalur cepat: Posyandu Melati, Desa Contoh Hulu, Sen, 7 Des, Besok kita buka"
        in capsys.readouterr().err
    )
    logged = list((root / "calendars" / "melati" / "tinjauan").glob("*jalur_cepat*"))
    assert pack(root)[0] == 0
    assert logged
    assert list((root / "calendars" / "melati" / "tinjauan").glob("*jalur_cepat*")) == logged


def test_an_edit_after_approval_ends_the_pack_with_exit_4_and_names_the_field(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina")
    code, told = pack(root)
    assert code == 0
    assert TITLES[CLEAN] not in held(told)
    text = (root / "calendars" / "melati" / "2026-12.yaml").read_text(encoding="utf-8")
    title = text.split(f"id: {CLEAN}", 1)[1].split("judul:", 1)[1].split("\n", 1)[0]
    edit(root, f"judul:{title}", "judul: Judul yang lain")
    capsys.readouterr()
    code, told = pack(root)
    assert code == 4
    assert "berubah setelah disetujui: isi.judul" in told
    assert "isi.judul" in capsys.readouterr().err
    row = status(root, capsys)
    assert row["status"] == "berubah"
    assert isinstance(row["changes"], list)
    assert {"field": "isi.judul", "before": title.strip(), "after": "Judul yang lain"} in row[
        "changes"
    ]
    assert review(root, "approve", "Rina") == 1
    edit(root, "judul: Judul yang lain", f"judul:{title}")
    assert status(root, capsys)["status"] == "disetujui"


def test_a_moved_service_day_lapses_its_approval_and_still_goes_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, "submit", "Hendra", post=FAST)
    review(root, "approve", "Rina", post=FAST)
    edit(root, "08.00-11.00", "08.30-11.00", "posyandu.yaml")
    assert status(root, capsys, FAST)["status"] == "berubah"
    code, told = pack(root)
    assert code == 0
    assert TITLES[FAST] not in held(told)


def test_unreviewed_health_texts_and_broken_posts_cannot_be_submitted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(root, "submit", "Hendra", post="m6d4h8") == 1
    assert "tenaga kesehatan" in capsys.readouterr().err
    edit(root, "ayo datang!", "ayo datang! NIK 6371012345678901")
    assert review(root, "submit", "Hendra", post=FAST) == 1
    assert not (root / "calendars" / "melati" / "tinjauan").exists()


def test_approving_checks_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seal is the same, but a conflict copy has come since it was submitted."""
    review(root, "submit", "Hendra")
    copy = root / "calendars" / "melati" / "2026-12 (konflik).yaml"
    copy.write_text("bulan: 2026-12\n", encoding="utf-8")
    assert review(root, "approve", "Rina") == 1
    assert "salinan" in capsys.readouterr().err
    copy.unlink()
    assert review(root, "approve", "Rina") == 0


def test_two_peoples_folders_merge_as_a_union_of_files(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy(root, "dua")
    review(root, "submit", "Hendra")
    other = Path(shutil.copytree(root, tmp_path / "lain"))
    assert review(root, "approve", "Rina") == 0
    assert review(other, "approve", "Sari") == 0
    for path in (other / "calendars" / "melati" / "tinjauan").glob("*.yaml"):
        data = path.read_bytes().replace(b"\n", b"\r\n")  # as git on Windows hands it over
        (root / "calendars" / "melati" / "tinjauan" / path.name).write_bytes(data)
    row = status(root, capsys)
    assert (row["status"], row["approved_by"]) == ("disetujui", ["Rina", "Sari"])


def test_what_was_done_early_is_corrected_and_not_moved_by_a_change(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from content_kit.cli import opening

    monkeypatch.setattr(opening, "instant", lambda: datetime(2026, 12, 5, tzinfo=UTC))
    assert run(["done", FAST, "--by", "Rusminah", "--workspace", str(root)]) == 0
    capsys.readouterr()
    arguments = ["melati", "2026-12-08", "--to", "2026-12-09", "--because", "Balai dipakai"]
    run(["schedule", "change", *arguments, "--workspace", str(root), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert FAST in {row["post"] for row in told["posted"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review", "submit", "--by", "A"], "--week"),
        (["review", "return", "--by", "A", "--post", CLEAN], "--note"),
        (["review", "return", "--by", "A", "--post", CLEAN, "--note", " "], "--note"),
        (["review", "approve", "--post", CLEAN], "by belum disebut"),
        (["review", "submit", "--by", " ", "--post", CLEAN], "nama"),
        (["review", "submit", "--by", "A", "--post", CLEAN, "--note", "x" * 501], "500"),
        (["done", CLEAN, "--by", "A", "--channel", "x"], "Yang ada"),
        (["done", "tidakada", "--by", "A"], "tidak ada"),
    ],
)
def test_slips_of_the_hand_are_explained(
    root: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(root)
    assert run(arguments) == 2
    assert said in capsys.readouterr().err
