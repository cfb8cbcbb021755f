"""Every command as its user meets it: exit codes, stdout for results, stderr for conversation."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from content_kit.cli import run
from content_kit.cli.program import COMMANDS


def lines(text: str) -> list[dict[str, object]]:
    """The JSON objects that a command printed, one a line."""
    return [json.loads(line) for line in text.splitlines()]


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file as a person would."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def first_month(demo: Path) -> Path:
    """The first month file of the first unit."""
    return min((demo / "calendars").glob("*/????-??.yaml"))


def test_demo_makes_at_least_twelve_whole_pictures_without_errors(finished_demo: Path) -> None:
    pictures = list((finished_demo / "keluaran").glob("*/2026-W50/*/*.jpg"))
    assert len(pictures) >= 12
    for path in pictures:
        with Image.open(path) as picture:
            picture.load()
            assert picture.size in {(1080, 1350), (1080, 1920), (1080, 1080)}


def test_every_picture_has_its_texts_and_a_manifest_beside_it(finished_demo: Path) -> None:
    for path in (finished_demo / "keluaran").glob("*/2026-W50/*/*.jpg"):
        manifest = json.loads((path.parent / "manifes.json").read_text(encoding="utf-8"))
        assert path.stem in manifest["gambar"]
        for channel in manifest["gambar"][path.stem]["kanal"]:
            assert (path.parent / f"{channel}.txt").read_text(encoding="utf-8").strip()
        assert (path.parent / "alt.txt").read_text(encoding="utf-8").strip()


def test_a_pack_is_flat_numbered_light_and_complete(finished_demo: Path) -> None:
    packs = list((finished_demo / "keluaran" / "paket").glob("*/2026-W50"))
    assert len(packs) == 2
    for folder in packs:
        names = sorted(path.name for path in folder.iterdir())
        pictures = [name for name in names if name.endswith(".jpg")]
        assert pictures
        for name in pictures:
            assert re.fullmatch(
                r"\d+_(Sen|Sel|Rab|Kam|Jum|Sab|Min)-\d\d[A-Z][a-z]{2}_[A-Za-z-]+_[a-z-]+\.jpg", name
            ), name
            assert f"{name.split('_')[0]}_teks.txt" in names
            assert (folder / name).stat().st_size <= 300_000


def test_a_second_render_redoes_only_what_changed(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    render = ["render", str(demo), "--week", "2026-W50", "--json"]
    assert run(render) == 0
    assert {event["event"] for event in lines(capsys.readouterr().out)} == {"skipped"}
    month = first_month(demo)
    title = re.search(r"judul: (.+)", month.read_text(encoding="utf-8"))
    assert title is not None
    replace(month, title[0], "judul: Judul yang baru")
    run(render)
    events = lines(capsys.readouterr().out)
    changed = {event["post"] for event in events if event["event"] == "done"}
    assert len(changed) == 1
    assert any(event["event"] == "skipped" for event in events)


def test_same_input_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    for name in ("satu", "dua"):
        assert run(["render", str(demo), "--week", "2026-W50", "--out", str(tmp_path / name)]) == 0
    first, second = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*")}
        for root in (tmp_path / "satu", tmp_path / "dua")
    )
    assert first == second


def test_json_events_have_the_published_shape(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["render", str(demo), "--week", "2026-W50", "--json"])
    for event in lines(capsys.readouterr().out):
        assert set(event) == {"event", "unit", "post", "format", "channels", "path", "findings"}
        assert event["event"] in ("done", "skipped", "failed")


def test_a_file_that_cannot_be_read_is_a_failed_event_of_the_same_shape(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = first_month(demo)
    month.write_text("bulan: [", encoding="utf-8")
    assert run(["render", str(demo), "--week", "2026-W50", "--json"]) == 1
    events = lines(capsys.readouterr().out)
    (broken,) = [event for event in events if event["post"] == ""]
    assert set(broken) == {"event", "unit", "post", "format", "channels", "path", "findings"}
    assert broken["event"] == "failed"
    assert broken["unit"] == month.parent.name
    assert broken["path"] == month.relative_to(demo).as_posix()
    assert any(event["event"] == "skipped" for event in events)


def test_check_json_is_one_object_with_findings_of_the_published_shape(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(first_month(demo), "jam:", "jm:")
    assert run(["check", str(demo), "--json"]) == 1
    (answer,) = lines(capsys.readouterr().out)
    findings = answer["findings"]
    assert isinstance(findings, list) and findings
    for finding in findings:
        assert set(finding) == {
            "code", "level", "message", "file", "line", "column", "post", "hint",
        }  # fmt: skip
    typo = next(f for f in findings if f["code"] == "kunci-tidak-dikenal")
    assert typo["line"] > 0 and typo["column"] > 0 and 'Maksudnya "jam"?' in typo["hint"]


def test_a_wrong_date_is_said_with_file_line_field_and_what_to_do(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = first_month(demo)
    day = re.search(r"    tanggal: (\S+)", month.read_text(encoding="utf-8"))
    assert day is not None
    replace(month, day[0], "    tanggal: 2026-02-30")
    assert run(["check", str(demo)]) == 1
    said = capsys.readouterr().out
    assert re.search(
        r"calendars/\w+/2026-12\.yaml:\d+:\d+: postingan\[\w+\]\.tanggal: "
        r'tanggal "2026-02-30" tidak ada\. Februari 2026 hanya sampai 28\.',
        said,
    )


def test_an_error_still_gives_a_draft_but_never_a_packed_file(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = first_month(demo)
    title = re.search(r"judul: (.+)", month.read_text(encoding="utf-8"))
    assert title is not None
    replace(month, title[0], "judul: Pasti sembuh, ayo datang!")
    assert run(["pack", str(demo), "--week", "2026-W50"]) == 1
    said = capsys.readouterr().err
    assert "klaim" in said.lower() or "pasti sembuh" in said.lower()
    unit = month.parent.name
    folder = demo / "keluaran" / "paket" / unit / "2026-W50"
    note = (folder / "BACA-DULU.txt").read_text(encoding="utf-8")
    assert "perlu diperbaiki" in note
    manifests = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (demo / "keluaran" / unit).glob("*/*/manifes.json")
    ]
    drafts = [m for m in manifests if any(entry["draf"] for entry in m["gambar"].values())]
    assert len(drafts) == 1


def test_a_nik_leaves_no_picture_behind(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    month = first_month(demo)
    title = re.search(r"judul: (.+)", month.read_text(encoding="utf-8"))
    assert title is not None
    replace(month, title[0], "judul: NIK 6371031505900001 sudah terdaftar")
    assert run(["render", str(demo), "--week", "2026-W50", "--json"]) == 1
    failed = [e for e in lines(capsys.readouterr().out) if e["event"] == "failed"]
    assert failed
    for event in failed:
        assert not (demo / str(event["path"])).exists()


def test_one_broken_post_leaves_its_neighbours_alone(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(first_month(demo), "    jenis: ", "    jenis: salah_")
    assert run(["render", str(demo), "--week", "2026-W50", "--json"]) == 1
    events = lines(capsys.readouterr().out)
    assert sum(event["event"] in ("done", "skipped") for event in events) >= 9


def test_a_single_channel_makes_only_its_own_format(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil"
    assert (
        run(["render", str(demo), "--week", "2026-W50", "--channel", "fb", "--out", str(out)]) == 0
    )
    assert {path.stem for path in out.rglob("*.jpg")} == {"feed"}
    assert {path.name for path in out.rglob("*.txt")} == {"fb.txt", "alt.txt"}


def test_a_post_without_an_id_gets_one_that_stays(demo: Path) -> None:
    month = first_month(demo)
    text = month.read_text(encoding="utf-8")
    line = re.search(r"  - id: \S+\n    tanggal", text)
    assert line is not None
    replace(month, line[0], "  - tanggal")
    assert run(["render", str(demo), "--week", "2026-W50"]) == 0
    filled = re.findall(r"id: (\S+)", month.read_text(encoding="utf-8"))
    assert len(filled) == len(re.findall(r"id: (\S+)", text))
    assert run(["render", str(demo), "--week", "2026-W50"]) == 0
    assert re.findall(r"id: (\S+)", month.read_text(encoding="utf-8")) == filled


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["renderr"], "renderr"),
        (["render", "--weeek", "ini"], "--weeek"),
        (["render", "tidak-ada"], "tidak ada folder calendars"),
        (["render", "{demo}", "--week", "kapan"], "kapan"),
        (["render", "{demo}", "--month", "2026-13"], "2026-13"),
        (["render", "{demo}", "--month", "2026-12", "--week", "ini"], "salah satu"),
        (["render", "{demo}", "--unit", "mawr"], "mawr"),
        (["render", "{demo}", "--channel", "tiktok"], "tiktok"),
        (["render", "{demo}", "--post", "zzz"], "zzz"),
        (["render", "--week"], "belum diberi isi"),
        (["demo", "{demo}"], "sudah ada isinya"),
        (["demo", "{demo}-lain", "--date", "besok"], "besok"),
        (["demo", "{demo}-lain", "--date", "2026-02-30"], "hanya sampai 28"),
        (["template", "show", "../../x", "--workspace", "{demo}"], ""),
        (["template", "copy", "jadwal-kartu", "../jahat", "--workspace", "{demo}"], ""),
        (["init", "{demo}"], "belum disebut"),
    ],
)
def test_wrong_words_are_answered_with_one_indonesian_sentence(
    finished_demo: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code = run([word.replace("{demo}", str(finished_demo)) for word in words])
    captured = capsys.readouterr()
    assert code in (1, 2)
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert not re.search(r"\b(Error|Usage|Invalid|No such)\b", captured.err)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_indonesian(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert "Pakai:" in told
    assert not re.search(r"\b(Usage|Options|Show this message|Commands)\b", told)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE and no EPIPE on pipes")
def test_a_reader_that_has_seen_enough_is_no_problem(demo: Path) -> None:
    command = [sys.executable, "-m", "content_kit", "template", "list", "--workspace", str(demo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_doctor_finds_this_machine_fit(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", str(demo)]) == 0
    assert "PERLU DIPERBAIKI" not in capsys.readouterr().out


def test_a_copied_template_is_listed_as_own_and_draws_its_examples(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", "copy", "jadwal-kartu", "jadwal-kita", "--workspace", str(demo)]) == 0
    template = demo / "templates" / "jadwal-kita" / "template.yaml"
    replace(template, "{from: primary, to: primary_deep", '{from: "#802020", to: "#401010"')
    assert run(["template", "list", "--workspace", str(demo)]) == 0
    assert "jadwal-kita (milik sendiri)" in capsys.readouterr().out
    out = tmp_path / "contoh-model"
    show = ["template", "show", "jadwal-kita", "--workspace", str(demo), "--out", str(out)]
    assert run(show) == 0
    assert len(list(out.glob("*.jpg"))) == 9
    with Image.open(out / "jadwal-kita_biasa_feed.jpg") as picture:
        red, green, _ = picture.convert("RGB").getpixel((8, 8))  # type: ignore[misc]
    assert red > green + 40


def test_hostile_text_reaches_the_terminal_as_words(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = first_month(demo)
    title = re.search(r"judul: (.+)", month.read_text(encoding="utf-8"))
    assert title is not None
    replace(month, title[0], r'judul: "[red]Gratis[/] [/x] \x1b]0;x\x07 \u202E pasti sembuh"')
    assert run(["check", str(demo)]) == 1
    captured = capsys.readouterr()
    for char in captured.out + captured.err:
        assert char == "\n" or char.isprintable(), repr(char)


def test_a_post_is_found_in_its_week_whichever_unit_it_belongs_to(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for month in sorted((demo / "calendars").glob("*/2026-12.yaml")):
        id = re.findall(r"  - id: (\S+)", month.read_text(encoding="utf-8"))[0]
        assert run(["render", str(demo), "--week", "2026-W50", "--post", id, "--json"]) == 0
        events = lines(capsys.readouterr().out)
        assert events and {event["post"] for event in events} == {id}


def test_packing_again_removes_only_what_a_pack_made(demo: Path) -> None:
    folder = next((demo / "keluaran" / "paket").glob("*/2026-W50"))
    for name in ("1_catatan.txt", "99_teks.txt", "99_Sen-07Des_WA-Status_jadwal-melati.jpg"):
        (folder / name).write_text("x", encoding="utf-8")
    assert run(["pack", str(demo), "--week", "2026-W50"]) == 0
    left = {path.name for path in folder.iterdir()}
    assert "1_catatan.txt" in left
    assert not {name for name in left if name.startswith("99_")}


def test_a_picture_over_the_byte_budget_is_told_and_not_packed(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = demo / "calendars" / "kantor.yaml"
    kept = re.sub(r"(?m)^gambar_kb:.*\n", "", office.read_text(encoding="utf-8"))
    office.write_text(kept + "gambar_kb: 20\n", encoding="utf-8", newline="")
    unit = min(path.name for path in (demo / "keluaran" / "paket").iterdir())
    assert run(["pack", str(demo), "--week", "2026-W50", "--unit", unit]) == 1
    assert "paling berat 20 KB" in capsys.readouterr().err
    packed = demo / "keluaran" / "paket" / unit / "2026-W50"
    assert "paling berat 20 KB" in (packed / "BACA-DULU.txt").read_text(encoding="utf-8")
    assert all(path.stat().st_size <= 20_000 for path in packed.glob("*.jpg"))


def test_init_names_the_month_of_the_invitation_not_of_the_service_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("content_kit.cli.init.today", lambda zone: date(2026, 11, 20))
    code = run(
        [
            "init", str(tmp_path / "mawar"), "--name", "Posyandu Mawar", "--village", "Desa Contoh",
            "--district", "Kecamatan Contoh", "--regency", "Kabupaten Contoh",
            "--rule", "selasa ke-1", "--hours", "08.00-11.00", "--place", "Balai desa",
        ]
    )  # fmt: skip
    said = capsys.readouterr().err
    assert code == 0
    assert "Selasa, 1 Desember 2026" in said
    assert "--month 2026-11" in said


def test_init_makes_a_workspace_that_renders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mawar"
    code = run(
        [
            "init", str(folder), "--name", "Posyandu Mawar", "--village", "Desa Contoh",
            "--district", "Kecamatan Contoh", "--regency", "Kabupaten Contoh",
            "--rule", "kamis ke-1", "--hours", "08.00-11.00", "--place", "Balai desa",
        ]
    )  # fmt: skip
    assert code == 0
    month = first_month(folder).stem
    assert run(["pack", str(folder), "--month", month]) == 0
    assert list((folder / "keluaran" / "paket").glob("mawar/*/1_*.jpg"))


def test_init_knows_the_desa_and_says_the_proper_spelling(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(name: str, *more: str) -> str:
        folder = tmp_path / name
        answers = ["--name", "melati 2", "--village", "asano", "--district", "abepura",
                   "--regency", "kota jayapura", "--rule", "kamis ke-1", "--hours", "8-11",
                   "--place", "balai rw05"]  # fmt: skip
        assert run(["init", str(folder), *answers, *more]) == 0
        (text,) = [path.read_text("utf-8") for path in folder.glob("calendars/*/posyandu.yaml")]
        return text

    text = made("a")
    said = capsys.readouterr().err
    assert re.search(r'^kode_wilayah: "91\.71\.\d\d\.1\d{3}"$', text, re.MULTILINE)
    assert "zona: WIT\n" in text
    assert 'nama: "melati 2"' in text  # a script is obeyed
    for proper in ("Posyandu Melati 2", "Kelurahan Asano", "Distrik Abepura", "Balai RW 05"):
        assert f'"{proper}"' in said
    assert "zona: WIB\n" in made("b", "--zone", "wib")


def test_init_reads_a_sentence_and_asks_only_for_what_it_does_not_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mawar"
    common = ["init", str(folder), "--name", "Posyandu Mawar", "--village", "Desa Contoh",
              "--district", "Kecamatan Contoh", "--regency", "Kabupaten Contoh",
              "--rule", "tanggal 31 pukul 8 sampai selesai di Balai RW 05"]  # fmt: skip
    assert run([*common, "--whatsapp", "08123"]) == 2
    assert "10 sampai 13 angka" in capsys.readouterr().err
    assert run([*common, "--whatsapp", "0812 0000 0000"]) == 0
    assert "tidak setiap bulan punya tanggal 31" in capsys.readouterr().err
    (text,) = [path.read_text("utf-8") for path in folder.glob("calendars/*/posyandu.yaml")]
    for line in (
        "aturan: tanggal 31",
        "jam: 08.00-selesai",
        "tempat: Balai RW 05",
        "0812-0000-0000",
    ):
        assert line in text.replace('"', "")
