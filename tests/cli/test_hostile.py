"""Attacks through the commands: one Indonesian sentence, the right exit code, nothing lost or leaked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import pytest
from PIL import Image

from content_kit.cli import run
from content_kit.cli.opening import open_press
from content_kit.schedule.week import Week
from content_kit.start import create_demo

Capture: TypeAlias = pytest.CaptureFixture[str]
Bench: TypeAlias = "Callable[..., tuple[int, str]]"

POST = """\
bulan: 2026-12
postingan:
  - id: pp
    tanggal: 2026-12-09
    jam: "18.30"
    jenis: kegiatan
    model: uji
    kanal: [wa-grup, wa-status]
    isi: {ISI}
"""
TEMPLATE = """\
name: Uji
fields:
  judul: {type: text, max: 60}
  foto: {type: photo, optional: true}
  gambar: {type: art, optional: true}
scene:
  box: column
  pad: safe
  fill: {colour: primary}
  children:
    - {text: "{{ isi.judul }}", style: title, fit: [3, 8], colour: on_primary}
    - {image: "photo:{{ isi.foto }}", when: isi.foto, height: 30}
    - {image: "art:{{ isi.gambar }}", when: isi.gambar, height: 30}
"""
HOSTILE = "\x1b]52;c;aGk=\x07\x9b2J\u202e"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without a template of its own, never rendered."""
    return create_demo(tmp_path_factory.mktemp("serang") / "contoh", Week(2026, 50).first)


@pytest.fixture
def place(sample: Path, tmp_path: Path) -> Path:
    """A workspace whose unit "melati" has one post, made with the template "uji"."""
    root = Path(shutil.copytree(sample, tmp_path / "kerja"))
    shutil.rmtree(root / "calendars" / "kenanga")
    template(root, TEMPLATE)
    post(root, "{judul: Halo}")
    return root


def template(root: Path, text: str) -> None:
    """Write the template "uji"."""
    folder = root / "templates" / "uji"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    for name in ("caption.j2", "caption.short.j2", "alt.j2"):
        (folder / name).write_text("{{ isi.judul }}", encoding="utf-8")


def scene(children: str) -> str:
    """The template with other children."""
    return TEMPLATE.partition("    - {text")[0] + children


def post(root: Path, isi: str, **changes: str) -> Path:
    """Write the month file with one post; `changes` are its lines by key."""
    text = POST.replace("{ISI}", isi)
    for key, value in changes.items():
        text = re.sub(rf"(?m)^(  - |    ){key}: .*$", rf"\g<1>{key}: {value}", text)
    path = root / "calendars" / "melati" / "2026-12.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def photo(root: Path, name: str = "a.jpg", people: str = "anak", data: bytes | None = None) -> Path:
    """Put a photo into the unit's folder and write it down."""
    folder = root / "calendars" / "melati" / "foto"
    folder.mkdir(exist_ok=True)
    if data is None:
        stream = BytesIO()
        Image.new("RGB", (900, 700), (90, 120, 60)).save(stream, "JPEG")
        data = stream.getvalue()
    (folder / name).write_bytes(data)
    listed = f"foto:\n  - {{berkas: {name}, orang: {people}}}\n"
    (folder.parent / "foto.yaml").write_text(listed, encoding="utf-8")
    return folder / name


def pictures(root: Path) -> list[Path]:
    """Every picture that lies in the output folder."""
    return sorted((root / "keluaran").rglob("*.jpg"))


@pytest.fixture
def attack(capsys: Capture) -> Bench:
    """Run a command; its exit code and all it said, after the promises that always hold."""

    def go(*words: object) -> tuple[int, str]:
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        said = captured.out + captured.err
        assert code in (0, 1, 2, 3, 5, 6), said
        assert not re.search(r"Traceback|\b(Error|Usage|Permission|No such file)\b", said)
        odd = {char for char in said if char != "\n" and not char.isprintable()}
        assert not odd, odd
        return code, said

    return go


def render(root: Path, *more: object) -> tuple[object, ...]:
    """The words of the command that renders the month."""
    return ("render", root, "--month", "2026-12", *more)


# YAML


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: &a [x]\nb: [*a, *a]\n", "jangkar"),
        (b"a: {<<: {b: c}}\n", "gabungan"),
        (b"a: !!python/object/apply:os.system ['id']\n", "tag"),
        (b"[" * 50_000, "bersarang"),
        (b"a: b\n---\nc: d\n", "dokumen"),
        ("bulan: 2026-12\n".encode("utf-16"), "UTF-16"),
        (b"bulan: 2026-12\npostingan:\n  - id: a\0b\n", "U+0000"),
        (b"bulan: 2026-12\npostingan:\n\t- id: a\n", "Tab"),
        (b"bulan: 2026-12\n#" + b"x" * 2_000_001, "2 MB"),
        (b"bulan: 2026-12\npostingan:\n" + b"  - {id: a}\n" * 5_001, "5001 postingan"),
        (b"bulan: 2026-12\nbulan: 2026-12\n", "dua kali"),
        (b"<<<<<<< HEAD\n", "git"),
    ],
)
def test_bombs_and_broken_files_are_told_with_file_and_line(
    place: Path, attack: Bench, data: bytes, said: str
) -> None:
    (place / "calendars" / "melati" / "2026-12.yaml").write_bytes(data)
    code, told = attack("check", place)
    assert code == (6 if said in ("2 MB", "5001 postingan") else 1)
    line = next(line for line in told.splitlines() if said in line)
    assert re.search(r"calendars/melati/2026-12\.yaml:\d+:\d+: ", line)


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-27", "0001-01-01"])
def test_a_year_at_the_end_of_time_is_a_finding(place: Path, attack: Bench, day: str) -> None:
    path = post(place, "{judul: Halo}", tanggal=day)
    path.rename(path.with_name(f"{day[:7]}.yaml"))
    code, told = attack("check", place)
    assert code == 1
    assert "terlalu jauh" in told
    assert attack("render", place, "--post", "pp")[0] == 2


# Consent


@pytest.mark.parametrize(
    ("isi", "image"),
    [
        ("{judul: a}", "photo:{{ isi.judul }}.jpg"),
        ("{judul: a, gambar: a.jpg}", "photo:{{ isi.gambar }}"),
        ("{judul: a}", "photo:a.jpg"),
    ],
)
def test_a_childs_photo_is_never_drawn_without_consent_wherever_its_name_comes_from(
    place: Path, attack: Bench, isi: str, image: str
) -> None:
    photo(place)
    template(place, scene(f'    - {{image: "{image}", height: 30}}\n'))
    post(place, isi)
    code, told = attack(*render(place))
    assert code == 1
    assert "memperlihatkan anak tanpa izin" in told
    assert not pictures(place)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_photo_cannot_hide_behind_a_link(place: Path, attack: Bench) -> None:
    child = photo(place)
    child.with_name("dinding.jpg").symlink_to("a.jpg")
    listed = "foto:\n  - {berkas: dinding.jpg, orang: tidak_ada}\n"
    (child.parent.parent / "foto.yaml").write_text(listed, encoding="utf-8")
    post(place, "{judul: Halo, foto: dinding.jpg}")
    assert attack(*render(place))[0] == 1
    assert not pictures(place)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_logo_cannot_be_a_link_to_a_photo(place: Path, attack: Bench) -> None:
    child = photo(place)
    logo = child.parent.parent / "logo"
    logo.mkdir()
    (logo / "l.jpg").symlink_to("../foto/a.jpg")
    template(place, scene('    - {image: "logo:l.jpg", height: 30}\n'))
    code, told = attack(*render(place))
    assert code == 1
    assert 'logo "l.jpg" tidak ada' in told


def test_withdrawn_consent_removes_every_file_of_the_post_even_without_its_manifest(
    place: Path, attack: Bench
) -> None:
    photo(place, people="tidak_ada")
    post(place, "{judul: Halo, foto: a.jpg}")
    attack(*render(place))
    assert len(pictures(place)) == 2
    (folder,) = {path.parent for path in pictures(place)}
    (folder / "manifes.json").write_text("{", encoding="utf-8")
    (folder / "milik-orang.png").write_bytes(b"x")
    photo(place, people="anak")
    assert attack(*render(place, "--channel", "wa-grup"))[0] == 1
    assert {path.name for path in folder.iterdir()} == {"manifes.json", "milik-orang.png"}


def test_withdrawn_consent_takes_the_pack_away_as_well(place: Path, attack: Bench) -> None:
    photo(place, people="tidak_ada")
    post(place, "{judul: Halo, foto: a.jpg}")
    attack("pack", place, "--month", "2026-12")
    assert list((place / "keluaran" / "paket").rglob("*.jpg"))
    photo(place, people="anak")
    code, told = attack(*render(place))
    assert code == 1
    assert "tidak boleh disebar" in told
    assert not list((place / "keluaran" / "paket").rglob("*.jpg"))


def test_a_deleted_post_leaves_no_picture_and_no_pack(place: Path, attack: Bench) -> None:
    month = place / "calendars" / "melati" / "2026-12.yaml"
    post(place, "{judul: Halo, gambar: hati}")
    attack("pack", place, "--month", "2026-12")
    assert len(pictures(place)) == 4
    month.write_text("bulan: 2026-12\npostingan: [", encoding="utf-8")
    attack(*render(place))
    assert len(pictures(place)) == 4, "a file that cannot be read deletes nothing"
    month.write_text("bulan: 2026-12\npostingan: []\n", encoding="utf-8")
    attack(*render(place))
    assert not [path for path in (place / "keluaran").rglob("*") if path.is_file()]


# Identity numbers


@pytest.mark.parametrize(
    "nik",
    [
        "6371031505900001",
        "6371/0315/0590/0001",
        "6371_0315_0590_0001",
        "6371 · 0315 · 0590 · 0001",
        "637103—150590—0001",
        "".join(f"{digit}\ufe0f\u20e3" for digit in "6371031505900001"),
        "❻❸❼❶⓿❸❶❺⓿❺❾⓿⓿⓿⓿❶",
        "\u200b".join("6371031505900001"),
        "".join(chr(0x1D7CE + int(digit)) for digit in "6371031505900001"),
    ],
)
def test_a_nik_is_seen_however_it_is_written(place: Path, attack: Bench, nik: str) -> None:
    post(place, f'{{judul: "{nik}"}}')
    code, told = attack(*render(place))
    assert code == 1
    assert "mirip NIK" in told
    assert not pictures(place)


def test_years_and_dates_in_a_row_are_no_nik(place: Path, attack: Bench) -> None:
    post(place, '{judul: "2010/2011/2012/2013, 12/12/2026 12/12/2026"}')
    assert "mirip NIK" not in attack(*render(place))[1]


# Templates and art


def test_parts_that_use_parts_again_and_again_are_gone_through_once(
    place: Path, attack: Bench
) -> None:
    parts = place / "templates" / "_parts"
    parts.mkdir()
    for number in range(12):
        uses = ", ".join([f"{{use: a{number + 1}}}"] * 8)
        (parts / f"a{number}.yaml").write_text(f"box: row\nchildren: [{uses}]\n", encoding="utf-8")
    template(place, scene("    - {use: a0}\n"))
    assert attack(*render(place))[0] == 6


def test_a_picture_painted_over_a_thousand_times_is_refused(place: Path, attack: Bench) -> None:
    boxes = "".join(
        f"    - {{box: column, fill: {{motif: ombak, scale: 2, over: primary}}, rotate: {angle}}}\n"
        for angle in range(300)
    )
    template(place, f"name: U\nfields: {{judul: {{}}}}\nscene:\n  box: stack\n  children:\n{boxes}")
    code, told = attack(*render(place))
    assert code == 6
    assert "kali luas gambar" in told


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_copying_a_template_copies_nothing_from_outside_it(
    place: Path, tmp_path: Path, attack: Bench
) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia", encoding="utf-8")
    caption = place / "templates" / "uji" / "caption.j2"
    caption.unlink()
    caption.symlink_to(secret)
    attack("template", "copy", "uji", "baru", "--workspace", place)
    copied = place / "templates" / "baru"
    assert {path.name for path in copied.iterdir()} == {
        "template.yaml", "caption.short.j2", "alt.j2",
    }  # fmt: skip


@pytest.mark.parametrize(
    "svg",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="S">&a;</svg>',
        '<svg xmlns="S" viewBox="0 0 9 9"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="S" viewBox="0 0 9 9"><use href="file:///etc/x.svg#a"/></svg>',
        '<svg xmlns="S" viewBox="0 0 9 9"><g id="a"><use href="#a"/></g></svg>',
        '<svg xmlns="S" viewBox="0 0 9 9"><style>@import url(x)</style></svg>',
        '<svg xmlns="S" width="1e9" height="1e9"></svg>',
        "<svg",
    ],
)
def test_hostile_art_is_a_finding(place: Path, attack: Bench, svg: str) -> None:
    art = place / "assets" / "art"
    art.mkdir(parents=True)
    text = svg.replace('"S"', '"http://www.w3.org/2000/svg"')
    (art / "jahat.svg").write_text(text, encoding="utf-8")
    post(place, "{judul: Halo, gambar: jahat}")
    code, told = attack(*render(place))
    assert code == 1
    assert "assets/art/jahat.svg" in told


def test_a_file_of_gigabytes_is_not_read_to_the_end(place: Path, attack: Bench) -> None:
    art = place / "assets" / "art"
    art.mkdir(parents=True)
    with (art / "jahat.svg").open("wb") as stream:
        stream.truncate(3_000_000_000)
    post(place, "{judul: Halo, gambar: jahat}")
    assert "200 KB" in attack(*render(place))[1]


# Paths


@pytest.mark.parametrize(
    "name",
    ["../../x", "/etc/passwd", "C:\\x", "\\\\srv\\x", "con", "a/../b", f"x{HOSTILE}", "x" * 500],
)
def test_a_path_is_refused_in_every_place_where_a_name_is_written(
    place: Path, tmp_path: Path, attack: Bench, name: str
) -> None:
    word = json.dumps(name)
    before = sorted(tmp_path.iterdir())
    for isi in (f"{{judul: a, foto: {word}}}", f"{{judul: a, gambar: {word}}}"):
        post(place, isi)
        assert attack(*render(place))[0] == 1
    for key in ("model", "id", "kanal"):
        post(place, "{judul: a}", **{key: word.replace("\\", "\\\\")})
        assert attack(*render(place))[0] == 1
    post(place, "{judul: a}")
    for option in ("--unit", "--post", "--channel", "--week"):
        assert attack("check", place, option, name)[0] == 2
    assert attack("template", "copy", "uji", name, "--workspace", place)[0] == 2
    assert attack("template", "copy", name, "baru", "--workspace", place)[0] == 2
    assert attack("template", "show", name, "--workspace", place)[0] == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: wa-grup", "id: ../../../../jahat"),
        ("label: WA-Grup", "label: ../jahat"),
        ("feed: {", "../../jahat: {"),
        ("lebar: 1080, tinggi: 1350", "lebar: 100000, tinggi: 100000"),
    ],
)
def test_a_channel_cannot_name_a_file_elsewhere(
    place: Path, tmp_path: Path, attack: Bench, old: str, new: str
) -> None:
    path = open_press(str(place)).workspace.asset("channels.yaml")
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert old in text
    (place / "assets").mkdir()
    text = text.replace(old, new).replace("format: feed", f"format: {new.partition(': {')[0]}")
    (place / "assets" / "channels.yaml").write_text(text, encoding="utf-8")
    post(place, "{judul: a}", kanal='["../../../../jahat", wa-grup]')
    assert attack("pack", place, "--month", "2026-12")[0] == 1
    assert not list(tmp_path.rglob("*jahat*"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("link", ["keluaran", "keluaran/melati", "keluaran/paket"])
def test_output_never_follows_a_link_out_of_the_workspace(
    place: Path, tmp_path: Path, attack: Bench, link: str
) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    (place / link).parent.mkdir(exist_ok=True)
    (place / link).symlink_to(outside)
    code, told = attack("pack", place, "--month", "2026-12")
    assert code == {"keluaran": 2, "keluaran/melati": 5}.get(link, 1)
    assert "di luar folder kerja" in told
    assert not list(outside.iterdir())


# Manifests


@pytest.mark.parametrize(
    "manifest",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"gambar": {"con": {}, "../../x": {}, "feed": []}, "teks": ["a:b.txt", 5, null]}',
        b'{"gambar": {}, "teks": ["../../../../korban.txt", "..\\\\x.txt", "a\\u0000.txt"]}',
        b'{"gambar": {}, "teks": ["\\ud800.txt"]}',
        b"\xff\x00",
    ],
)
def test_a_forged_manifest_costs_nothing_but_painting_again(
    place: Path, attack: Bench, manifest: bytes
) -> None:
    assert attack(*render(place))[0] == 0
    before = {path: path.read_bytes() for path in (place / "keluaran").rglob("*.*")}
    (path,) = (place / "keluaran").rglob("manifes.json")
    path.write_bytes(manifest)
    (place / "korban.txt").write_text("penting", encoding="utf-8")
    assert attack(*render(place))[0] == 0
    assert before == {path: path.read_bytes() for path in (place / "keluaran").rglob("*.*")}
    assert (place / "korban.txt").exists()


def test_a_huge_manifest_and_a_grown_picture_are_made_again(place: Path, attack: Bench) -> None:
    assert attack(*render(place))[0] == 0
    before = {path: path.read_bytes() for path in (place / "keluaran").rglob("*.*")}
    for path in before:
        if path.suffix in (".json", ".jpg"):
            os.truncate(path, 2_000_000_000)
    assert attack(*render(place))[0] == 0
    assert before == {path: path.read_bytes() for path in (place / "keluaran").rglob("*.*")}


# Terminal and system


def test_hostile_text_in_every_field_and_file_name_stays_words(place: Path, attack: Bench) -> None:
    unit = place / "calendars" / "melati"
    files = [unit / "2026-12.yaml", unit / "posyandu.yaml", place / "calendars" / "kantor.yaml"]
    word = json.dumps(f"a{HOSTILE}")
    for path in files:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^(\s*(?:- )?\w+: *)[^\s\[{].*$", lambda m: m[1] + word, text))
        for command in ("check", "render", "doctor"):
            attack(command, place)
            attack(command, place, "--json")
        path.write_text(text, encoding="utf-8")
    if os.name != "nt":
        (unit / "a\x1b[2J.yaml").touch()
        (unit / "b\u202e.yaml").touch()
        (place / "calendars" / "c\x9b").mkdir()
    assert "<U+001B>" in attack("check", place)[1]


@pytest.mark.parametrize(
    ("out", "wanted", "said"),
    [
        ("BACA-SAYA.txt", 5, "folder"),
        ("BACA-SAYA.txt/x", 5, "folder"),
        ("x" * 300, 2, "namanya terlalu panjang"),
    ],
    ids=["file", "in a file", "long"],
)
def test_an_impossible_output_folder_is_said_in_indonesian(
    place: Path, attack: Bench, out: str, wanted: int, said: str
) -> None:
    code, told = attack(*render(place, "--out", place / out))
    assert code == wanted
    assert said in told
    assert (place / "BACA-SAYA.txt").is_file()


def start(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "content_kit", *map(str, words)],
        capture_output=True, encoding="utf-8", timeout=60, check=False, **more,
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="needs a limit of the system on file sizes")
def test_a_full_disk_leaves_no_half_file(place: Path) -> None:
    out = place / "hasil"
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from content_kit.cli import main; main(sys.argv[1:])"
    )
    words = [str(word) for word in render(place, "--out", out)]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 5
    assert "tidak dapat disimpan" in done.stderr
    assert not [path for path in out.rglob("*") if path.is_file()]


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a Unix shell does")
def test_closed_streams_are_no_bug(place: Path) -> None:
    shell = f'"{sys.executable}" -m content_kit check "{place}" >&- 2>&- <&-'
    assert subprocess.run(shell, shell=True, check=False, timeout=60).returncode in (0, 1)
    asked = subprocess.run(
        f'"{sys.executable}" -m content_kit init "{place}-baru" <&-',
        shell=True, check=False, timeout=60, capture_output=True,
    )  # fmt: skip
    assert asked.returncode == 2


def test_an_ascii_terminal_and_a_foreign_zone_change_nothing(place: Path, tmp_path: Path) -> None:
    moved = place.rename(tmp_path / "kerja saya é")
    results = []
    for name, more in (
        ("a", {}),
        ("b", {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
    ):
        done = start(*render(moved, "--out", tmp_path / name), env={**os.environ, **more})
        assert done.returncode == 0, done.stderr
        results.append(
            {
                path.relative_to(tmp_path / name): path.read_bytes()
                for path in (tmp_path / name).rglob("*.*")
            }
        )
    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [(["check", "--json=1"], "tidak perlu"), (["template"], "Perintah:")],
)
def test_click_never_answers_in_english(attack: Bench, words: list[str], said: str) -> None:
    code, told = attack(*words)
    assert code == 2
    assert said in told
    assert "<U+000A>" not in told
