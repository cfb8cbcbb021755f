"""`content-kit plan` end to end: a month that checks, renders and packs, and stays as people left it."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content_kit.cli import plan as module
from content_kit.cli import run
from content_kit.files.workspace import Workspace
from content_kit.model import Pillar, Zone
from content_kit.start import NewPosyandu, create

SECOND = """\
  - id: lansia
    nama: Hari buka lansia
    sasaran: [dewasa, lansia]
    aturan: "2026-12-17"
    jam: 15.30-17.00
    tempat: Balai desa
    layanan: [tensi, penyuluhan]
    bawa: [KTP]
"""
PEOPLE = """\
orang:
  - {id: a, nama: Rusminah, peran: kader, unit: [mawar]}
  - {id: b, nama: Jumiati, peran: kader, unit: [mawar]}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new posyandu with two service-day rules, and an empty month."""
    monkeypatch.setattr(module, "now", lambda: datetime(2026, 11, 20, 16, tzinfo=UTC))
    new = NewPosyandu(
        "Posyandu Mawar", "Desa Uji", "Kecamatan Uji", "Kabupaten Uji", "WITA", "selasa ke-2",
        "08.00-11.00", "Balai RW 1",
    )  # fmt: skip
    root = create(tmp_path / "kerja", new, date(2027, 6, 1))
    profile = root / "calendars" / "mawar" / "posyandu.yaml"
    profile.write_text(profile.read_text(encoding="utf-8") + SECOND, encoding="utf-8")
    (root / "calendars" / "orang.yaml").write_text(PEOPLE, encoding="utf-8")
    return root


def month(root: Path) -> Path:
    return root / "calendars" / "mawar" / "2026-12.yaml"


@pytest.mark.slow
def test_a_planned_month_checks_renders_and_packs(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", "mawar", "2026-12", "--workspace", str(root)]) == 0
    out, err = capsys.readouterr()
    assert "Jenis × minggu" in out
    assert "target belum tercapai" not in err
    assert run(["check", str(root), "--month", "2026-12", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {found["code"] for found in findings} <= {"menunggu-isian", "sumber-belum-ditelaah"}
    assert run(["pack", str(root), "--month", "2026-12"]) == 0
    packs = sorted((root / "keluaran" / "paket" / "mawar").iterdir())
    told = "".join((pack / "BACA-DULU.txt").read_text(encoding="utf-8") for pack in packs)
    assert len(packs) == 5
    assert "menunggu isian dari Anda" in told
    assert "masih perlu diperbaiki" not in told


def test_a_second_plan_leaves_the_file_alone(root: Path) -> None:
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    before = month(root).read_bytes()
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    assert month(root).read_bytes() == before


def test_a_dry_run_writes_nothing_and_tells_the_same(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["plan", "mawar", "2026-12", "--workspace", str(root), "--json"]
    assert run([*arguments, "--dry-run"]) == 0
    assert not month(root).exists()
    dry = json.loads(capsys.readouterr().out.splitlines()[0])
    assert run(arguments) == 0
    wet = json.loads(capsys.readouterr().out.splitlines()[0])
    assert {**dry, "written": True} == wet
    assert all(post["reason"] and post["duty"] for post in wet["posts"])
    assert all(target["met"] for target in wet["balance"]["targets"])


def test_what_a_person_wrote_counts_and_keeps_its_bytes(root: Path) -> None:
    hand = (
        "# Punya saya\nbulan: 2026-12\npostingan:\n- id: saya22\n  tanggal: 2026-12-07\n"
        '  jam: "20.00"\n  jenis: jadwal\n  model: jadwal-kartu\n'
        "  acara: {hari_buka: bulanan, tanggal: 2026-12-08}\n  isi: {judul: Besok kita buka!}\n"
    )
    month(root).write_text(hand, encoding="utf-8")
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    assert month(root).read_text(encoding="utf-8").startswith(hand.rstrip("\n"))
    posts = Workspace.open(root).load().posts()
    about = [p for p in posts if p.occurrence and p.occurrence.service_day == "bulanan"]
    dates = [
        post.date.day for post in about if post.pillar is Pillar.JADWAL and post.date.year == 2026
    ]
    assert dates == [1, 5, 7, 8]


def test_days_that_are_over_are_not_planned(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "now", lambda: datetime(2026, 12, 11, 4, tzinfo=UTC))
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    assert min(post.date for post in Workspace.open(root).load().posts()) >= date(2026, 12, 11)
    told = capsys.readouterr().err
    assert "untuk hari buka Kamis, 17 Desember 2026 sudah lewat" in told
    assert "8 Desember 2026" not in told, "a service day that is over is nobody's fault"
    assert "minggu Sen, 30 Nov" not in told and "minggu Sel, 1 Des" not in told


def test_nothing_is_planned_at_an_hour_that_has_passed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = datetime(2026, 12, 7, 11, 1, tzinfo=UTC)  # 19.01 there, the eve of a service day
    monkeypatch.setattr(module, "now", lambda: late)
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    posts = Workspace.open(root).load().posts()
    assert posts and min(post.instant(Zone.WITA) for post in posts) > late


def test_a_month_that_is_over_is_not_filled(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "now", lambda: datetime(2027, 1, 1, tzinfo=UTC))
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    assert not month(root).exists()
    assert "Bulan ini sudah lewat." in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_left_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month(root).write_text("bulan: [2026-12\n", encoding="utf-8")
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 1
    assert month(root).read_text(encoding="utf-8") == "bulan: [2026-12\n"
    assert "Perlu diperbaiki" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_month_that_is_a_link_out_of_the_workspace_is_never_written(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "luar.yaml"
    outside.write_text("bulan: 2026-12\npostingan: []\n", encoding="utf-8")
    month(root).symlink_to(outside)
    assert run(["plan", "mawar", "2026-12", "--workspace", str(root)]) == 1
    told = capsys.readouterr().err
    assert "menunjuk ke luar folder kerja" in told
    assert "0 postingan ditambah" in told
    assert outside.read_text(encoding="utf-8") == "bulan: 2026-12\npostingan: []\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mawar", "2026-13"], "Bulan"),
        (["melur", "2026-12"], "tidak ada"),
        (["mawar", "2026-12", "--all"], "Pilih salah satu"),
    ],
)
def test_slips_of_the_hand_are_explained(
    root: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan", *arguments, "--workspace", str(root)]) == 2
    assert said in capsys.readouterr().err


def test_an_office_chooses_its_own_strategy(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kantor = root / "calendars" / "kantor.yaml"
    kantor.write_text("nama: Desa Uji\nstrategi: hemat\n", encoding="utf-8")
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 2
    assert 'strategi "hemat" tidak ada' in capsys.readouterr().err
    folder = root / "assets" / "strategies"
    folder.mkdir(parents=True)
    (folder / "hemat.yaml").write_text("nama: Hemat\njam: []\n", encoding="utf-8")
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 2
    assert 'assets/strategies/hemat.yaml:2:6: jam: "jam" belum diisi.' in capsys.readouterr().err
    (folder / "hemat.yaml").write_text(
        'nama: Hemat\nseminggu: {sasaran: 1, paling_sedikit: 0}\njam: ["09.00"]\ntanya_jawab: 0\n'
        "jeda: 31\nrekap: tidak\n",
        encoding="utf-8",
    )
    assert run(["plan", "2026-12", "--workspace", str(root)]) == 0
    assert 'strategi "Hemat"' in month(root).read_text(encoding="utf-8")
    assert len(Workspace.open(root).load().posts()) <= 6
