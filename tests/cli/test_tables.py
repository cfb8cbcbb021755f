"""`import` and `export` as their users meet them."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.planning.schedulers import BUFFER, PUBLER


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The sample as a workspace of one's own."""
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    return tmp_path


def files(place: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in (place / "calendars").rglob("*.yaml")}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("what", [["--month", "2026-12"], ["--posyandu"]], ids=["month", "units"])
def test_what_is_exported_comes_back_without_a_change(
    place: Path, tmp_path: Path, kind: str, what: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(place)
    sheet = tmp_path / f"tabel.{kind}"
    assert run(["export", kind, str(place), *what, "--out", str(sheet)]) == 0
    first = sheet.read_bytes()
    capsys.readouterr()
    assert run(["import", str(sheet), "--workspace", str(place), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["written"] == told["rows"] == told["findings"] == []
    assert files(place) == before
    assert run(["export", kind, str(place), *what, "--out", str(sheet)]) == 0
    assert sheet.read_bytes() == first


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(place)
    sheet = tmp_path / "tabel.csv"
    run(
        ["export", "csv", str(place), "--month", "2026-12", "--unit", "melati", "--out", str(sheet)]
    )
    sheet.write_bytes(sheet.read_bytes().replace(b"Besok kita buka", b"Besok buka"))
    capsys.readouterr()
    assert run(["import", str(sheet), "--workspace", str(place), "--dry-run"]) == 0
    out = capsys.readouterr()
    assert out.out == "baris 2, melati m4x7q2: ubah: isi judul\n".replace("ubah:", "diubah:")
    assert "tidak ada yang ditulis" in out.err
    assert files(place) == before
    assert run(["import", str(sheet), "--workspace", str(place)]) == 0
    assert capsys.readouterr().out == "calendars/melati/2026-12.yaml\n"
    assert sum(files(place)[name] != before[name] for name in before) == 1


def test_a_wrong_row_stops_the_import_unless_the_good_rows_are_wanted(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(place)
    sheet = tmp_path / "tabel.csv"
    head = "unit,tanggal,jam,jenis,model"
    good, bad = "melati,20/12/2026,8:00,edukasi,edukasi-langkah", "melati,31/02/2026,8:00,edukasi,x"
    sheet.write_text(f"{head}\n{good}\n{bad}\n", encoding="utf-8")
    arguments = ["import", str(sheet), "--workspace", str(place)]
    assert run(arguments) == 1
    err = capsys.readouterr().err
    assert "tabel.csv:3:2: B3 (tanggal)" in err
    assert "--good-rows" in err
    assert files(place) == before
    assert run([*arguments, "--good-rows"]) == 1
    assert files(place) != before


def test_a_blank_month_is_empty_to_the_import(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "kosong.xlsx"
    for more in (["--unit", "melati", "--month", "2026-12"], [], ["--posyandu"]):
        assert run(["export", "xlsx", str(place), "--blank", *more, "--out", str(sheet)]) == 0
        assert run(["import", str(sheet), "--workspace", str(place)]) == 0
        assert "Tidak ada baris" in capsys.readouterr().err


def test_the_calendar_is_one_that_a_phone_reads(place: Path, tmp_path: Path) -> None:
    target = tmp_path / "jadwal.ics"
    arguments = ["export", "ics", str(place), "--month", "2026-12", "--out", str(target)]
    assert run([*arguments, "--captions"]) == 0
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    names = {str(event["UID"]) for event in events}
    assert "m4x7q2.contoh-desa-contoh-hulu-melati.posting@content-kit" in names
    assert any("(berubah)" in str(event["SUMMARY"]) for event in events)
    assert any("Selasa, 8 Desember" in str(event["DESCRIPTION"]) for event in events)


def test_only_what_may_go_out_is_confirmed_in_the_calendar(place: Path, tmp_path: Path) -> None:
    """Where the office wants an approval, whatever waits for one is TENTATIVE."""
    office = place / "calendars" / "kantor.yaml"
    office.write_text(f"persetujuan: satu\n{office.read_text('utf-8')}", encoding="utf-8")
    target = tmp_path / "jadwal.ics"

    def standing(post: str) -> str:
        span = ["--month", "2026-12", "--unit", "melati", "--out", str(target)]
        assert run(["export", "ics", str(place), *span]) == 0
        events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
        (event,) = (event for event in events if str(event["UID"]).startswith(f"{post}."))
        assert "Posyandu Melati, Desa Contoh" in str(event["SUMMARY"])
        return str(event["STATUS"])

    assert standing("m6d4h8") == "TENTATIVE", "advice that nobody approved"
    assert standing("m4x7q2") == "CONFIRMED", "a service day told with its own facts"
    who = ["--by", "kader-rusminah", "--workspace", str(place)]
    assert run(["done", "m6d4h8", *who]) == 0
    assert standing("m6d4h8") == "CONFIRMED", "it is out"
    assert run(["done", "m6d4h8", "--undo", *who]) == 0
    assert standing("m6d4h8") == "TENTATIVE"


@pytest.mark.parametrize(("program", "header"), [("buffer", BUFFER), ("publer", PUBLER)])
def test_bulk_files_have_the_exact_header(
    place: Path, tmp_path: Path, program: str, header: tuple[str, ...]
) -> None:
    import csv
    import io

    arguments = ["export", program, str(place), "--month", "2026-12", "--out", str(tmp_path)]
    assert run(arguments) == 0
    path = tmp_path / f"{program}-fb-2026-12.csv"
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == header
    assert len(rows) > 5
    dates = [
        row[header.index("Posting Time" if program == "buffer" else header[0])] for row in rows[1:]
    ]
    assert "2026-12-07 18:30" in dates
    media = next(n for n, name in enumerate(header) if "Image" in name or "Media" in name)
    assert all(not row[media] for row in rows[1:])
    assert run([*arguments, "--media-base-url", "https://contoh.id/k/"]) == 0
    assert "https://contoh.id/k/melati/2026-W50/m4x7q2/feed.jpg" in path.read_text(encoding="utf-8")


def test_options_that_make_no_sense_are_told(place: Path) -> None:
    assert run(["export", "xlsx", str(place)]) == 2
    assert run(["export", "csv", str(place), "--month", "2026-12", "--unit", "mawar"]) == 2
    assert run(["export", "buffer", str(place), "--media-base-url", "contoh.id"]) == 2
    assert run(["import", str(place / "tidak-ada.xlsx"), "--workspace", str(place)]) == 2


@pytest.mark.parametrize(
    ("module", "kind"), [("xlsxwriter", "xlsx"), ("icalendar", "ics"), ("python_calamine", "")]
)
def test_without_the_extra_one_sentence_says_what_to_install(
    place: Path,
    tmp_path: Path,
    module: str,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sheet = tmp_path / "x.xlsx"
    run(["export", "xlsx", str(place), "--posyandu", "--out", str(sheet)])
    capsys.readouterr()
    monkeypatch.setitem(sys.modules, module, None)
    again = ["import", str(sheet), "--workspace", str(place)]
    command = ["export", kind, str(place), "--month", "2026-12"] if kind else again
    assert run(command) == 2
    assert 'pip install "content-kit[office]"' in capsys.readouterr().err
