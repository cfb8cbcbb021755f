"""Every kind of file in every broken state: `check` names it with file and line, and nothing crashes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.files.records import KINDS, kind_of
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level
from content_kit.render import Press
from content_kit.review.memory import Memory
from content_kit.review.reviews import Reviews
from content_kit.start import create_demo
from content_kit.tasks.checkup import checkup

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ASSETS = ("channels", "facts", "layanan", "observances", "padanan", "sources", "tinjauan")
EVENT = "calendars/melati/tinjauan/CATATAN.yaml"  # the name of the real one takes its place
PARTS = ("template.yaml", "caption.j2", "caption.short.j2", "alt.j2", "example.yaml")

READY = """pustaka:
  - id: uji-cuci
    jenis: edukasi
    bidang: kesehatan
    sasaran: [balita_apras]
    model: edukasi-langkah
    judul: Cuci tangan
    sumber: [{nama: "Buku KIA"}]
    isi: {langkah: [{judul: Basahi}, {judul: Gosok}]}
"""

# One of each kind; two that would hide each other lie in folders of their own.
FILES = (
    "calendars/kantor.yaml", "calendars/orang.yaml", "calendars/libur.yaml",
    "calendars/telaah.yaml", "calendars/daftar_unit.yaml", "calendars/peran.yaml",
    "calendars/kenanga/posyandu.yaml",
    "calendars/melati/2027-02.yaml", "calendars/melati/hasil/2026-12.yaml",
    "calendars/melati/foto.yaml", EVENT,
    *(f"assets/{name}.yaml" for name in ASSETS),
    "assets/palettes/punyaku.yaml", "assets/strategies/punyaku.yaml",
    "assets/library/punyaku.yaml", "assets/art/punyaku.svg",
    *(f"templates/punyaku-{number}/{name}" for number, name in enumerate(PARTS)),
    "templates/_parts/punyaku.yaml",
)  # fmt: skip


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _link(path: Path, to: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(to)


STATES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "berkas-kosong"),
    "zeros": (lambda path: path.write_bytes(bytes(300)), "berkas-kosong"),
    "remarks": (lambda path: path.write_text("# nanti\n", "utf-8"), "berkas-kosong"),
    "typo": (lambda path: path.write_text("a: [b\nc: }\n{{ x", "utf-8"), "yaml-rusak"),
    "folder": (_folder, "berkas-tidak-terbaca"),
    "dangling": (lambda path: _link(path, "tidak-ada"), "berkas-tidak-terbaca"),
    "outside": (lambda path: _link(path, "/etc/hostname"), "jalur-terlarang"),
    "locked": (lambda path: path.write_text("a: b\n", "utf-8"), "berkas-tidak-terbaca"),
}
"""How a file breaks, and the code that says so unless `expected` knows better."""


def expected(file: str, state: str) -> str:
    """What is said of a file in a state; "" for nothing."""
    broken = STATES[state][1]
    name = file.rsplit("/", 1)[-1]
    if file == EVENT:
        return "tinjauan-rusak"
    if name in ("orang.yaml", "libur.yaml", "foto.yaml") and state == "remarks":
        return "berkas-catatan-saja"  # somebody may have taken all out of it
    if name.endswith(".svg") and broken in ("berkas-kosong", "yaml-rusak"):
        return "svg-terlarang"
    if name.endswith(".j2"):  # text: a line of it is no remark
        return {"remarks": "", "typo": "model-rusak"}.get(state, broken)
    return broken


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a file of every kind, none of them broken."""
    root = create_demo(tmp_path_factory.mktemp("periksa") / "contoh", date(2026, 12, 7))
    own = bundled.root()
    for folder in ("library", "palettes", "strategies", "art"):
        (root / "assets" / folder).mkdir(parents=True)
    for name in ASSETS:
        shutil.copy(own / f"assets/{name}.yaml", root / f"assets/{name}.yaml")
    shutil.copy(own / "assets/palettes/teluk.yaml", root / "assets/palettes/punyaku.yaml")
    shutil.copy(own / "assets/art/jam.svg", root / "assets/art/punyaku.svg")
    strategy = "assets/strategies/jemput-bola-digital.yaml"
    shutil.copy(own / strategy, root / "assets/strategies/punyaku.yaml")
    for number in range(len(PARTS)):
        shutil.copytree(own / "templates/jadwal-kartu", root / f"templates/punyaku-{number}")
    (root / "templates/_parts").mkdir()
    shutil.copy(own / "templates/_parts/kaki.yaml", root / "templates/_parts/punyaku.yaml")
    (root / "calendars/melati/hasil").mkdir()
    (root / "calendars/kantor.yaml").write_text("nama: Uji\npersetujuan: tidak_ada\n", "utf-8")
    (root / "assets/library/punyaku.yaml").write_text(READY, "utf-8")
    run(["review", "submit", str(root), "--by", "Kader", "--month", "2026-12", "--unit", "melati"])
    return root


def seen(root: Path) -> list[Finding]:
    """What `check` and Perbaikan list."""
    workspace = Workspace(root)
    press = Press(workspace, workspace.load())
    return checkup(press, Reviews(press, NOW, memory=Memory()), press.loaded.posyandu)


def named(root: Path, file: str) -> str:
    """A file of the table by its real name."""
    events = sorted((root / "calendars/melati/tinjauan").glob("*.yaml"))
    return events[0].relative_to(root).as_posix() if file == EVENT else file


def test_every_kind_of_yaml_is_in_the_table() -> None:
    assert {kind for file in FILES if (kind := kind_of(file))} | {
        kind for folder in ("calendars/melati", "calendars/melati/hasil")
        if (kind := kind_of(folder))
    } == set(KINDS)  # fmt: skip


def test_a_whole_workspace_of_ones_own_files_has_nothing_to_say(whole: Path) -> None:
    assert [found.sentence() for found in seen(whole) if found.level is Level.ERROR] == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("state", STATES)
def test_every_broken_file_is_named(
    whole: Path, tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(whole, tmp_path / "rusak")
    files = {file: named(root, file) for file in FILES}
    for file in files.values():
        STATES[state][0](root / file)
    if state == "locked":
        locked, opened = {root / file for file in files.values()}, Path.open

        def refuse(path: Path, *given: object, **named: object) -> object:
            if path in locked:
                raise PermissionError(13, "denied", str(path))
            return opened(path, *given, **named)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", refuse)
    found = seen(root)
    told = {
        file: {f.code for f in found if f.place.file == real and f.place.line >= 1}
        for file, real in files.items()
    }
    wanted = {file: expected(file, state) for file in files}
    silent = {f: (code, told[f]) for f, code in wanted.items() if code and code not in told[f]}
    assert silent == {}
    assert all(told[file] == set() for file, code in wanted.items() if not code)


def test_a_name_with_a_slip_is_told(whole: Path, tmp_path: Path) -> None:
    root = shutil.copytree(whole, tmp_path / "salah")
    (root / "assets/observances.yaml").rename(root / "assets/observance.yaml")
    (root / "templates/punyaku-0/template.yaml").unlink()
    told = {found.place.file: found.sentence() for found in seen(root)}
    assert 'Maksudnya "observances.yaml"?' in told["assets/observance.yaml"]
    assert "template.yaml" in told["templates/punyaku-0"]


def test_nobody_knows_what_is_risky_where_the_rules_are_broken(whole: Path, tmp_path: Path) -> None:
    root = shutil.copytree(whole, tmp_path / "aturan")
    (root / "assets/tinjauan.yaml").write_bytes(b"")
    workspace = Workspace(root)
    reviews = Reviews(Press(workspace, workspace.load()), NOW, memory=Memory())
    assert reviews.rules.signs[-1].id == "aturan-rusak"


@pytest.mark.parametrize(
    "data", [b"", bytes(300), b"\xff\xd8\xff cut", b"GIF89a"], ids=["empty", "zeros", "cut", "gif"]
)
def test_a_broken_photo_with_a_record_is_told_before_anybody_uses_it(
    data: bytes, whole: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(whole, tmp_path / "foto")
    unit = root / "calendars/melati"
    (unit / "foto.yaml").write_text("foto:\n  - {berkas: a.jpg, orang: tidak_ada}\n", "utf-8")
    assert not [f for f in seen(root) if f.code.startswith("foto-")]  # its record may outlive it
    (unit / "foto").mkdir()
    (unit / "foto/a.jpg").write_bytes(data)
    told = [found for found in seen(root) if found.code.startswith("foto-")]
    assert [(f.place.file, f.place.line) for f in told] == [("calendars/melati/foto.yaml", 2)]
    assert 'foto "a.jpg"' in told[0].message
