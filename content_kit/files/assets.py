"""Reads the data files of `assets/`: channels and formats, palettes, services."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.files.overlay import present
from content_kit.files.paths import name_problem
from content_kit.files.reader import Findings, Reader, tell_cuts
from content_kit.files.records import emptied, read_node
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map, Scalar, Seq
from content_kit.findings import NOWHERE, Finding, Place, clipped, nearest
from content_kit.model import (
    Bidang,
    Channel,
    CheckState,
    Format,
    Insets,
    Limit,
    Motto,
    ObservanceRow,
    Palette,
    Service,
)

CAPTION_FORMS: Final[Mapping[str, str]] = {
    "short": "short", "pendek": "short", "long": "long", "panjang": "long",
}  # fmt: skip
LIMITS: Final = ("teks", "tagar", "tautan", "byte")
COUNTS: Final = ("utf16", "threads", "x")
"""How a channel counts characters (`hitung`)."""
GRADES: Final = ("A", "B", "C", "U")
MAX_SIDE: Final = 4_000

_COLOUR: Final = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def load_channels(
    workspace: Workspace,
) -> tuple[Mapping[str, Channel], Mapping[str, Format], list[Finding]]:
    """`assets/channels.yaml`: the channels by id and the picture formats by name."""
    top, findings = read_asset(workspace, "channels.yaml")
    if top is None:
        return {}, {}, findings
    formats = _formats(top)
    channels: dict[str, Channel] = {}
    for item in top.children("kanal", required=True):
        channel = _channel(item, formats)
        item.finish()
        if channel is None:
            continue
        if channel.id in channels:
            findings.at("id-ganda", f'kanal "{channel.id}" ditulis dua kali.', item.at("id"))
        else:
            channels[channel.id] = channel
    top.finish()
    return channels, formats, findings


def load_palette(
    workspace: Workspace, name: str, at: Place = NOWHERE
) -> tuple[Palette | None, list[Finding]]:
    """`assets/palettes/<name>.yaml`; `at` is where the name was written."""
    relative = f"palettes/{name}.yaml"
    if not _LABEL.fullmatch(name) or workspace.asset(relative) is None:
        return None, [
            Finding(
                "palet-tidak-ada",
                f'palet "{clipped(name)}" tidak ada.',
                at,
                hint=nearest(name, palette_names(workspace)),
            )
        ]
    top, findings = read_asset(workspace, relative)
    if top is None:
        return None, findings
    top.text("nama")  # a title for screens; the name of the file is the palette's name
    top.text("keterangan")
    colours: dict[str, tuple[int, int, int]] = {}
    table = top.child("warna", required=True)
    for key in table.node.keys() if table else ():
        colour = _colour(table, key) if table else None
        if colour is not None:
            colours[key] = colour
    pairs = tuple(_pairs(top, colours))
    top.finish()
    return Palette(name, colours, pairs), findings


def palette_names(workspace: Workspace) -> tuple[str, ...]:
    """The palettes that can be chosen."""
    return workspace.asset_names("palettes", ".yaml")


def load_observances(
    workspace: Workspace,
) -> tuple[tuple[ObservanceRow, ...], tuple[Motto, ...], list[Finding]]:
    """`assets/observances.yaml`: the days worth a post, and slogans with the themes of years.

    A row with `aktif: tidak` is left out, a slogan without `aktif: ya` is kept but off.
    """
    top, findings = read_asset(workspace, "observances.yaml")
    if top is None:
        return (), (), findings
    rows: dict[str, ObservanceRow] = {}
    for item in top.children("peringatan", required=True):
        active = item.get("aktif") is None or item.flag("aktif")
        row = ObservanceRow(
            id=item.text("id", required=True),
            name=item.text("nama", required=True),
            rule=item.text("aturan", required=True),
            bidang=item.choices("bidang", Bidang),
            source=item.text("sumber"),
            state=item.choice("cek", CheckState) or CheckState.UNVERIFIED,
            note=item.text("catatan"),
            at=item.at("aturan"),
        )
        item.finish()
        if row.id in rows:
            findings.at(
                "id-ganda", f'peringatan "{clipped(row.id)}" ditulis dua kali.', item.at("id")
            )
        elif row.id and row.rule and active:
            rows[row.id] = row
    mottos = tuple(motto for key in ("semboyan", "tema") for motto in _mottos(top, key))
    top.finish()
    return tuple(rows.values()), mottos, findings


def _mottos(top: Reader, key: str) -> Iterator[Motto]:
    for item in top.children(key, name="teks"):
        first = item.date("mulai", required=True)
        motto = Motto(
            text=item.text("teks", required=True),
            first=first or date.min,
            last=item.date("sampai"),
            source=item.text("sumber"),
            state=item.choice("cek", CheckState) or CheckState.UNVERIFIED,
            on=item.flag("aktif"),
        )
        item.finish()
        if first is not None and motto.text:
            yield motto


def load_services(workspace: Workspace) -> tuple[Mapping[str, Service], list[Finding]]:
    """`assets/layanan.yaml`: the service words by id, with what people read and the art."""
    top, findings = read_asset(workspace, "layanan.yaml")
    services: dict[str, Service] = {}
    if top is None:
        return services, findings
    for item in top.children("layanan", required=True):
        id = item.text("id", required=True)
        name, art = item.text("nama", required=True), item.text("gambar")
        service = Service(id, name, art, item.texts("juga"))
        item.finish()
        if id in services:
            findings.at("id-ganda", f'layanan "{clipped(id)}" ditulis dua kali.', item.at("id"))
        elif id:
            services[id] = service
    top.finish()
    return services, findings


def read_asset(workspace: Workspace, relative: str) -> tuple[Reader | None, Findings]:
    """A data file of `assets/` ("library/balita.yaml") as a reader; None with what is wrong."""
    findings = Findings()
    path = workspace.asset(relative)
    own = workspace.root / "assets" / relative
    if path is None and present(own):  # a link that leads out of the workspace
        findings.extend(read_node(own, workspace.root, f"assets/{relative}")[1])
        return None, findings
    if path is None:
        findings.at(
            "berkas-tidak-terbaca",
            "berkas ini tidak ada.",
            Place(f"assets/{relative}", 1, 1),
            "Pasang ulang content-kit.",
        )
        return None, findings
    file = workspace.relative(path)
    node, problems = read_node(path, _root(path, relative), file)
    findings.extend(problems)
    if isinstance(node, Map):
        if relative.startswith("library/"):  # texts that people write; the others are data
            tell_cuts(node, "", findings)
        return Reader(node, findings), findings
    if node is None and not findings:
        findings.append(emptied(file))
    elif not findings:
        findings.at("nilai-salah", "berkas ini bukan isian bernama (nama: isi).", Place(file, 1, 1))
    return None, findings


def _root(path: Path, relative: str) -> Path:
    """The workspace or bundled folder that an asset was found in."""
    return path.parents[relative.count("/") + 1]


def _formats(top: Reader) -> dict[str, Format]:
    formats: dict[str, Format] = {}
    table = top.child("formats", required=True)
    for key in table.node.keys() if table else ():
        item = table.child(key) if table else None
        if item is None:
            continue
        width, height = _pixels(item, "lebar"), _pixels(item, "tinggi")
        item.finish()
        if not _file_word(key, item.node.place, top.findings):
            continue
        if not (100 <= width <= MAX_SIDE and 100 <= height <= MAX_SIDE):
            top.findings.at(
                "nilai-salah",
                f"ukuran gambar harus 100 sampai {MAX_SIDE} piksel.",
                replace(item.node.place, field=item.path),
            )
            continue
        formats[key] = Format(key, width, height)
    return formats


def _file_word(word: str, at: Place, findings: Findings) -> bool:
    """Whether a word can be part of a file's name; a finding says so when it cannot."""
    if _LABEL.fullmatch(word) and not name_problem(word):
        return True
    hint = "Huruf, angka, dan tanda hubung saja: ini menjadi nama berkas."
    findings.at("nilai-salah", f'"{clipped(word)}" tidak dapat dipakai.', at, hint)
    return False


def _channel(item: Reader, formats: Mapping[str, Format]) -> Channel | None:
    id = item.text("id", required=True)
    name = item.text("nama", required=True)
    label = item.text("label", required=True)
    format_name = item.text("format", required=True)
    form = item.text("keterangan", required=True)
    bold = item.flag("tebal")
    safe = item.child("aman")
    insets = Insets()
    if safe is not None:
        insets = Insets(*(_pixels(safe, side) for side in ("atas", "kanan", "bawah", "kiri")))
        safe.text("kelas")
        safe.text("sumber")
        safe.text("tanggal")
        safe.finish()
    limits = _limits(item)
    count = item.text("hitung", default=COUNTS[0])
    if count not in COUNTS:
        hint = f"Pilih {', '.join(COUNTS)}."
        item.findings.at(
            "nilai-salah", f'cara hitung "{clipped(count)}" tidak dikenal.', item.at("hitung"), hint
        )
        count = COUNTS[0]
    if format_name and format_name not in formats:
        item.findings.at(
            "nilai-salah",
            f'bentuk gambar "{clipped(format_name)}" tidak ada.',
            item.at("format"),
            f"Yang ada: {', '.join(formats)}.",
        )
        return None
    if form and form not in CAPTION_FORMS:
        item.findings.at(
            "nilai-salah", f'"{clipped(form)}" tidak dikenal.', item.at("keterangan"),
            "Pilih short atau long.",
        )  # fmt: skip
        return None
    for key, word in (("id", id), ("label", label)):
        if word and not _file_word(word, item.at(key), item.findings):
            return None
    if not (id and name and label and format_name and form):
        return None
    return Channel(id, name, label, format_name, insets, CAPTION_FORMS[form], bold, limits, count)


def _limits(item: Reader) -> dict[str, Limit]:
    limits: dict[str, Limit] = {}
    table = item.child("batas")
    if table is None:
        return limits
    for key in LIMITS:
        reader = table.child(key)
        if reader is None:
            continue
        value = _pixels(reader, "nilai")
        grade = reader.text("kelas", required=True).upper()
        source = reader.text("sumber", required=True)
        checked = reader.date("tanggal", required=True)
        reader.finish()
        if grade not in GRADES:
            item.findings.at(
                "nilai-salah", f'kelas "{clipped(grade)}" tidak ada.', reader.at("kelas"),
                "Pilih A, B, C, atau U.",
            )  # fmt: skip
            grade = "U"
        limits[key] = Limit(value, grade, source, checked or date.min)
    table.finish()
    return limits


def _pixels(reader: Reader, key: str) -> int:
    number = reader.number(key)
    if number == int(number) and number >= 0:
        return int(number)
    reader.findings.at("nilai-salah", f'"{key}" harus angka bulat.', reader.at(key))
    return 0


def _colour(table: Reader, key: str) -> tuple[int, int, int] | None:
    text = table.text(key)
    match = _COLOUR.fullmatch(text)
    if match is None:
        table.findings.at(
            "nilai-salah", f'warna "{clipped(text)}" tidak terbaca.', table.at(key),
            'Tulis misalnya "#0B7A6F".',
        )  # fmt: skip
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    red, green, blue = bytes.fromhex(digits)
    return (red, green, blue)


def _pairs(top: Reader, colours: Mapping[str, tuple[int, int, int]]) -> list[tuple[str, str]]:
    node = top.get("pasangan")
    pairs: list[tuple[str, str]] = []
    for item in node.items if isinstance(node, Seq) else ():
        words = item.items if isinstance(item, Seq) else ()
        names = [word.text for word in words if isinstance(word, Scalar)]
        if len(names) == 2 and all(name in colours for name in names):
            pairs.append((names[0], names[1]))
        else:
            top.findings.at(
                "nilai-salah",
                "pasangan harus dua nama warna yang ada di warna.",
                replace(item.place, field="pasangan"),
            )
    return pairs
