"""`content-kit roster` as an office uses it: look, check, approve what is clean, see who is silent."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.review.events import Kind

MONTH = "2026-12"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)

PROFILE = """\
id: contoh-{slug}
nama: Posyandu {name}
desa: Desa {name}
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
zona: WITA
kontak: {{whatsapp: "0812-0000-0000"}}
hari_buka:
  - {{id: bulanan, aturan: rabu ke-2, jam: 08.00-11.00, tempat: Balai RT 02, layanan: [timbang]}}
"""

POST = """\
  - id: {id}
    tanggal: 2026-12-0{day}
    jam: "18.30"
    jenis: jadwal
    bidang: kesehatan
    sasaran: [balita_apras]
    model: jadwal-kartu
    acara: {{hari_buka: bulanan, tanggal: 2026-12-09}}
    petugas: ani
    {entry}isi: {{{fields}}}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two posyandu with an unchanged library post and one in own words; a third sends nothing."""
    monkeypatch.setattr("content_kit.cli.sight.now", lambda: NOW)
    monkeypatch.setattr("content_kit.cli.review.now", lambda: NOW)
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "rumah"))
    root = tmp_path / "kerja"
    calendars = root / "calendars"
    calendars.mkdir(parents=True)
    (calendars / "kantor.yaml").write_text("nama: Uji\npersetujuan: satu\n", "utf-8")
    people = "  - {id: ani, nama: Ani, unit: [melati, mawar]}\n  - {id: budi, nama: Budi, unit: [melati]}\n"
    (calendars / "orang.yaml").write_text(f"orang:\n{people}", "utf-8")
    entry, fields = entry_of(Workspace.open(root))
    for number, name in enumerate(("Melati", "Mawar", "Dahlia")):
        folder = calendars / name.lower()
        folder.mkdir()
        (folder / "posyandu.yaml").write_text(PROFILE.format(slug=name.lower(), name=name), "utf-8")
        if name == "Dahlia":
            continue
        posts = [
            POST.format(id=f"asli{number}", day=8, entry=f"pustaka: {entry}\n    ", fields=fields),
            POST.format(id=f"ubah{number}", day=6, entry=f"pustaka: {entry}\n    ", fields='judul: "Ayo, kami tunggu!"'),
        ]  # fmt: skip
        (folder / f"{MONTH}.yaml").write_text(
            f"bulan: {MONTH}\npostingan:\n{''.join(posts)}", "utf-8"
        )
    return root


def entry_of(workspace: Workspace) -> tuple[str, str]:
    """An invitation of the library as YAML: its id and its fields."""
    from content_kit.files.splice import quoted
    from content_kit.model import Bidang, Pillar
    from content_kit.planning.library import load_library

    library, _ = load_library(workspace)
    entry = next(
        one for one in library
        if one.pillar is Pillar.JADWAL and one.days_before == 1 and not one.waiting
        and one.template == "jadwal-kartu" and one.bidang is Bidang.KESEHATAN
        and not one.hashtags and not one.sources
    )  # fmt: skip
    fields = ", ".join(f"{key}: {quoted(str(value))}" for key, value in entry.values().items())
    return entry.id, fields


def roster(root: Path, *words: str) -> int:
    return run(["roster", str(root), "--month", MONTH, *words])


def data(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert roster(root, *words, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def submit(root: Path) -> None:
    assert run(["review", "submit", str(root), "--month", MONTH, "--by", "Ani"]) == 0


def test_a_roster_says_what_nobody_checked_and_then_what_was_found(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = data(root, capsys)
    assert list(before) == ["period", "rows", "totals"]
    assert {(row["status"], row["worst"], row["seal"]) for row in before["rows"]} == {
        ("belum diperiksa", "belum diperiksa", "")
    }
    assert before["totals"]["clean"] == 0 and before["totals"]["unchecked"] == 4
    after = data(root, capsys, "--check")
    assert after["totals"] | {"groups": 0} == {
        "expected": 3, "received": 0, "missing": 3, "unlisted": 0, "late": 0, "posts": 4,
        "unchecked": 0, "clean": 2, "eyes": 2, "returned": 0, "approved": 0, "groups": 0,
    }  # fmt: skip
    assert data(root, capsys) == after
    # A plan that nobody handed in was not sent; the log says so without another check.
    submit(root)
    capsys.readouterr()
    totals = data(root, capsys)["totals"]
    assert (totals["received"], totals["missing"], totals["unchecked"]) == (2, 1, 0)
    assert [len(row["seal"]) for row in after["rows"]] == [64] * 4


def test_tables_drill_down_to_who_is_silent(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert roster(root, "--check") == 0
    told = capsys.readouterr()
    assert "Dahlia, Desa Dahlia" in told.out and "belum mengirim" in told.out
    assert "belum diperiksa" not in told.err
    assert all(len(line) <= 80 for line in told.out.splitlines())
    assert roster(root, "--unit", "melati") == 0
    assert "bersih" in capsys.readouterr().out
    assert roster(root, "--unit", "dahlia") == 0
    assert "belum mengirim" in capsys.readouterr().out
    assert roster(root, "--unit", "melatih") == 2
    assert 'Maksudnya "melati"?' in capsys.readouterr().err
    assert roster(root, "--kabupaten", "Lain") == 2


def test_what_is_clean_is_approved_together_after_its_sample(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submit(root)
    capsys.readouterr()
    approve = ["roster", "approve", str(root), "--month", MONTH, "--by", "Rina"]
    assert run(approve) == 2
    assert "Buka dulu sampelnya" in capsys.readouterr().err
    assert run(["roster", "clean", str(root), "--month", MONTH, "--by", "Rina", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {row["post"] for row in shown["rows"]} == {"asli0", "asli1"}
    assert all(row["sample"] for row in shown["rows"])  # at least three, and there are two
    assert run(["roster", "clean", str(root), "--month", MONTH, "--by", "Rina"]) == 0
    assert "Besok" in capsys.readouterr().out
    assert run([*approve, "--opened", "asli0"]) == 2
    assert run([*approve, "--opened", "asli0, melati/asli0,mawar/asli1"]) == 0
    capsys.readouterr()
    states = {row["post"]: row["status"] for row in data(root, capsys, "--check")["rows"]}
    assert states == {"asli0": "disetujui", "asli1": "disetujui", "ubah0": "diajukan", "ubah1": "diajukan"}  # fmt: skip
    events = [*(root / "calendars").rglob(f"*-{Kind.APPROVE}-*.yaml")]
    assert len(events) == 2
    assert all(f"benih {shown['seed']}" in path.read_text("utf-8") for path in events)


def test_approving_checks_again_and_nobody_approves_their_own(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submit(root)
    assert roster(root, "--check") == 0
    path = root / "calendars" / "melati" / f"{MONTH}.yaml"
    path.write_text(path.read_text("utf-8").replace("Besok", "Esok"), "utf-8")
    opened = ["--opened", "asli0,asli1"]
    place = [str(root), "--month", MONTH]
    assert run(["roster", "approve", *place, "--by", "Ani", *opened]) == 1
    assert "orang lain" in capsys.readouterr().err
    assert run(["roster", "approve", *place, "--by", "Rina", *opened]) == 0
    told = capsys.readouterr().out
    assert "asli1" in told and "asli0" not in told


def test_a_changed_service_day_is_not_as_the_library_says(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "calendars" / "melati" / "posyandu.yaml"
    text = path.read_text("utf-8")
    change = "layanan: [timbang], perubahan: [{tanggal: 2026-12-09, tempat: Rumah Bu Ani}]"
    path.write_text(text.replace("layanan: [timbang]", change), "utf-8")
    found = data(root, capsys, "--check")["totals"]
    assert (found["clean"], found["eyes"]) == (1, 3)


def test_csv_and_ics(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, calendar = tmp_path / "d.csv", tmp_path / "d.ics"
    assert roster(root, "--csv", str(table), "--ics", str(calendar), "--unit", "melati") == 0
    assert capsys.readouterr().out.splitlines() == [str(table), str(calendar)]
    rows = table.read_text("utf-8-sig").splitlines()
    assert len(rows) == 4 and '"belum diperiksa"' in rows[1]
    first = calendar.read_bytes()
    assert first.count(b"posting@content-kit") == 2 and b"mawar" not in first
    assert roster(root, "--ics", str(calendar), "--unit", "melati") == 0
    assert calendar.read_bytes() == first


def test_a_broken_file_is_told_and_not_taken_for_silence(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "calendars" / "mawar" / f"{MONTH}.yaml").write_text("bulan: [", "utf-8")
    for check in ((), ("--check",), ()):
        assert roster(root, *check) == 1
        told = capsys.readouterr()
        assert "berkasnya perlu diperbaiki" in told.out
        assert "mawar/2026-12.yaml" in told.err


def test_duty_and_handing_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = [str(root), "--month", MONTH]
    assert run(["roster", "duty", *place, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["posts"], one["units"]) for one in told["people"]] == [
        ("ani", 4, 2),
        ("budi", 0, 0),
    ]
    assert [one["to"] for one in told["handovers"]] == ["budi", "budi"]
    assert {hole["unit"] for hole in told["gaps"]} == {"melati", "mawar"}
    moved = told["handovers"][0]["post"]
    assert run(["edit", "duty", moved, "Budi", "--workspace", str(root)]) == 0
    assert "Ani → Budi" in capsys.readouterr().err
    assert run(["edit", "swap", "asli0", "ubah0", "--workspace", str(root)]) == 0
    path = root / "calendars" / "melati" / f"{MONTH}.yaml"
    assert path.read_text("utf-8").count("petugas: budi") == 1
    assert run(["edit", "swap", "asli1", "ubah1", "--workspace", str(root)]) == 2
    assert run(["edit", "duty", "melati/asli0", "--workspace", str(root)]) == 0
    assert run(["edit", "duty", "asli0", "Bukan Siapa", "--workspace", str(root)]) == 2
    assert run(["roster", "duty", *place]) == 0
    assert "belum ada petugas" in capsys.readouterr().out


def test_hostile_words_reach_no_terminal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "calendars" / "melati" / "posyandu.yaml"
    hostile = 'nama: "[red]Gratis[/] \\x1b]0;x\\x07"'
    path.write_text(path.read_text("utf-8").replace("nama: Posyandu Melati", hostile), "utf-8")
    assert roster(root) == 0
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err


def test_the_help_names_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roster", "--help"]) == 0
    told = capsys.readouterr().out
    assert "--kabupaten" in told and "approve" in told and "show" not in told


def test_a_workspace_of_another_shape(tmp_path: Path) -> None:
    assert run(["roster", str(tmp_path)]) == 2
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    assert run(["roster", str(tmp_path), "--month", "2026-13"]) == 2


def test_a_list_of_expected_units_says_how_many_it_knows_and_names_the_others(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "daftar.csv"
    sheet.write_text(
        "Nama,Desa/Kel,Kec,Kab/Kota\n"
        "Melati,MELATI,Kec. Contoh,Kab. Contoh\n"
        "Posyandu Anggrek,Desa Contoh Jauh,Contoh,Contoh\n",
        encoding="utf-8",
    )
    assert run(["roster", "expect", str(sheet), str(root)]) == 0
    told = capsys.readouterr().err
    assert "2 posyandu diharapkan mengirim; 1 cocok dengan folder di sini." in told
    assert "Belum ada foldernya (1):\n    Posyandu Anggrek, Desa Contoh Jauh" in told
    assert "tidak di daftar (2):\n    Posyandu Dahlia, Desa Dahlia (dahlia)" in told
    assert run(["roster", "expect", str(sheet), str(root), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["matched"], found["not_listed"]) == (1, ["dahlia", "mawar"])


def texts_of(root: Path, capsys: pytest.CaptureFixture[str], by: str, *more: str) -> dict[str, Any]:
    capsys.readouterr()
    arguments = ["roster", "texts", str(root), "--month", MONTH, "--by", by, *more, "--json"]
    assert run(arguments) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_same_text_of_many_posyandu_is_one_thing_to_decide(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert texts_of(root, capsys, "Budi")["texts"] == []  # nothing waits for him before
    submit(root)
    found = texts_of(root, capsys, "Budi")
    assert found["piles"]["menunggu saya"] == 2  # he serves Melati alone
    assert texts_of(root, capsys, "Ani")["piles"]["menunggu orang lain"] == 4  # her own
    found = texts_of(root, capsys, "Sari")
    assert found["piles"]["menunggu saya"] == 4
    assert [one["posyandu"] for one in found["texts"]] == [2, 2]
    text = found["texts"][0]
    ids = [one["post"] for one in (*text["posts"], *text["exceptions"])]
    arguments = ["roster", "decide", text["text"], str(root), "--month", MONTH, "--by", "Sari"]
    assert run([*arguments, "--with-exceptions", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)["done"]
    assert sorted(one["post"] for one in done) == sorted(ids)
    after = texts_of(root, capsys, "Sari")
    assert (after["piles"]["menunggu saya"], after["piles"]["disetujui"]) == (2, 2)
    assert run([*arguments, "--with-exceptions"]) == 2  # nothing waits any more
    other = after["texts"][0]["text"]
    arguments = ["roster", "decide", other, str(root), "--month", MONTH, "--by", "Sari", "--return"]
    assert run(arguments) == 2
    assert run([*arguments, "--note", "Jamnya?", "--with-exceptions"]) == 0
    assert texts_of(root, capsys, "Sari")["piles"]["dikembalikan"] == 2


def test_a_text_on_one_line_names_its_posyandu_or_how_many(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submit(root)
    capsys.readouterr()
    run(["roster", "texts", str(root), "--month", MONTH, "--by", "Sari"])
    told = capsys.readouterr()
    assert "menunggu saya 4" in told.err
    assert "belum mengirim 1 posyandu" in told.err
    assert "· 2 posyandu" in told.out
