"""Channels, palettes and services are read with every slip told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_palette, load_services, palette_names
from content_kit.files.workspace import Workspace
from content_kit.findings import Place
from content_kit.model import Channel, Format, Insets, Limit, Service

CHANNELS = """\
formats:
  feed: {lebar: 1080, tinggi: 1350}
kanal:
  - id: wa-grup
    nama: Grup WhatsApp
    label: WA-grup
    format: feed
    aman: {atas: 64, kanan: 10, bawah: 64, kiri: 0}
    keterangan: short
    tebal: ya
    batas:
      teks: {nilai: 1024, kelas: U, sumber: API, tanggal: 2026-11-21}
"""
PALETTE = 'nama: Uji\nwarna:\n  primary: "#0B7A6F"\n  on_primary: "#fff"\npasangan:\n  - [on_primary, primary]\n'
SERVICES = "layanan:\n  - {id: timbang, nama: Timbang balita, gambar: dacin}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "calendars").mkdir()
    write(tmp_path, "channels.yaml", CHANNELS)
    write(tmp_path, "palettes/uji.yaml", PALETTE)
    write(tmp_path, "layanan.yaml", SERVICES)
    return Workspace.open(tmp_path)


def write(root: Path, name: str, text: str) -> None:
    path = root / "assets" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_a_channel_is_read(workspace: Workspace) -> None:
    channels, formats, findings = load_channels(workspace)
    assert findings == []
    assert formats == {"feed": Format("feed", 1080, 1350)}
    assert channels["wa-grup"] == Channel(
        "wa-grup", "Grup WhatsApp", "WA-grup", "feed", Insets(64, 10, 64, 0), "short", bold=True,
        limits={"teks": Limit(1024, "U", "API", date(2026, 11, 21))},
    )  # fmt: skip


def test_the_bundled_data_has_no_problem() -> None:
    workspace = Workspace.open(bundled.root())
    channels, formats, findings = load_channels(workspace)
    assert findings == []
    assert {"feed", "story", "square"} <= set(formats)
    assert {"wa-grup", "wa-status", "fb"} <= set(channels)
    assert len({channel.file_label for channel in channels.values()}) == len(channels)
    services, findings = load_services(workspace)
    assert findings == []
    for service in services.values():
        assert workspace.asset(f"art/{service.art}.svg"), service
    for name in palette_names(workspace):
        palette, findings = load_palette(workspace, name)
        assert findings == []
        assert palette is not None
        assert palette.pairs


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("format: feed", "format: fed", "nilai-salah", 7),
        ("keterangan: short", "keterangan: kecil", "nilai-salah", 9),
        ("label: WA-grup", "label: WA/grup", "nilai-salah", 6),
        ("kelas: U", "kelas: Z", "nilai-salah", 12),
        ("lebar: 1080", "lebar: 99999", "nilai-salah", 2),
        ("atas: 64", "atas: -1", "nilai-salah", 8),
        ("tebal: ya", "tebl: ya", "kunci-tidak-dikenal", 10),
        ("tanggal: 2026-11-21", "tanggal: kemarin", "tanggal-salah", 12),
        ("sumber: API, ", "", "wajib-diisi", 12),
        ("    nama: Grup WhatsApp\n", "", "wajib-diisi", 4),
    ],
)
def test_slips_in_channels(workspace: Workspace, old: str, new: str, code: str, line: int) -> None:
    write(workspace.root, "channels.yaml", CHANNELS.replace(old, new))
    _, _, findings = load_channels(workspace)
    assert code in [finding.code for finding in findings]
    found = next(finding for finding in findings if finding.code == code)
    assert (found.place.file, found.place.line) == ("assets/channels.yaml", line)


def test_a_palette_is_read(workspace: Workspace) -> None:
    palette, findings = load_palette(workspace, "uji")
    assert findings == []
    assert palette is not None
    assert palette.colours == {"primary": (11, 122, 111), "on_primary": (255, 255, 255)}
    assert palette.pairs == (("on_primary", "primary"),)
    assert {"uji", "teluk"} <= set(palette_names(workspace))


@pytest.mark.parametrize("name", ["tluk", "../x", "", "x/y", "CON"])
def test_an_unknown_palette_is_told_where_it_was_written(workspace: Workspace, name: str) -> None:
    palette, findings = load_palette(workspace, name, Place("a.yaml", 3, 4))
    assert palette is None
    assert [(finding.code, finding.place.line) for finding in findings] == [("palet-tidak-ada", 3)]


@pytest.mark.parametrize(
    ("old", "new"), [('"#0B7A6F"', "teal"), ("[on_primary, primary]", "[putih, primary]")]
)
def test_slips_in_palettes(workspace: Workspace, old: str, new: str) -> None:
    write(workspace.root, "palettes/uji.yaml", PALETTE.replace(old, new))
    _, findings = load_palette(workspace, "uji")
    assert {finding.code for finding in findings} == {"nilai-salah"}


def test_services_are_read(workspace: Workspace) -> None:
    assert load_services(workspace) == (
        {"timbang": Service("timbang", "Timbang balita", "dacin")},
        [],
    )
    write(workspace.root, "layanan.yaml", SERVICES + "  - {id: timbang, nama: x}\n")
    assert [finding.code for finding in load_services(workspace)[1]] == ["id-ganda"]


@pytest.mark.parametrize("text", ["", "- a\n", "[" * 999, "\0"])
def test_broken_data_files_are_findings(workspace: Workspace, text: str) -> None:
    for name in ("channels.yaml", "palettes/uji.yaml", "layanan.yaml"):
        write(workspace.root, name, text)
    assert load_channels(workspace)[2]
    assert load_palette(workspace, "uji")[1]
    assert load_services(workspace)[1]
