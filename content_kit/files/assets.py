"""Reads the data files of `assets/`: channels and formats, palettes, services."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from content_kit.files.reader import Findings, Reader, clipped
from content_kit.files.workspace import Workspace, read_bytes
from content_kit.files.yaml import Map, Scalar, Seq, parse_bytes
from content_kit.findings import NOWHERE, Finding, Place
from content_kit.model import Channel, Format, Insets, Limit, Palette, Service

CAPTION_FORMS: Final[Mapping[str, str]] = {
    "short": "short", "pendek": "short", "long": "long", "panjang": "long",
}  # fmt: skip
LIMITS: Final = ("teks", "tagar", "byte")
GRADES: Final = ("A", "B", "C", "U")
MAX_SIDE: Final = 4_000

_COLOUR: Final = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def load_channels(
    workspace: Workspace,
) -> tuple[Mapping[str, Channel], Mapping[str, Format], list[Finding]]:
    """`assets/channels.yaml`: the channels by id and the picture formats by name."""
    top, findings = _top(workspace, "channels.yaml")
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
        near = get_close_matches(name[:40], palette_names(workspace), 1)
        return None, [
            Finding(
                "palet-tidak-ada",
                f'palet "{clipped(name)}" tidak ada.',
                at,
                hint=f'Maksudnya "{near[0]}"?' if near
                else f"Yang ada: {', '.join(palette_names(workspace))}.",
            )
        ]  # fmt: skip
    top, findings = _top(workspace, relative)
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


def load_services(workspace: Workspace) -> tuple[Mapping[str, Service], list[Finding]]:
    """`assets/layanan.yaml`: the service words by id, with what people read and the art."""
    top, findings = _top(workspace, "layanan.yaml")
    services: dict[str, Service] = {}
    if top is None:
        return services, findings
    for item in top.children("layanan", required=True):
        id = item.text("id", required=True)
        service = Service(id, item.text("nama", required=True), item.text("gambar"))
        item.finish()
        if id in services:
            findings.at("id-ganda", f'layanan "{clipped(id)}" ditulis dua kali.', item.at("id"))
        elif id:
            services[id] = service
    top.finish()
    return services, findings


def _top(workspace: Workspace, relative: str) -> tuple[Reader | None, Findings]:
    findings = Findings()
    path = workspace.asset(relative)
    if path is None:
        findings.at(
            "berkas-tidak-terbaca",
            "berkas ini tidak ada.",
            Place(f"assets/{relative}", 1, 1),
            "Pasang ulang content-kit.",
        )
        return None, findings
    file = workspace.relative(path)
    data, problems = read_bytes(path, _root(path, relative), file)
    node, more = parse_bytes(data, file) if data is not None else (None, [])
    findings.extend([*problems, *more])
    if isinstance(node, Map):
        return Reader(node, findings), findings
    if not findings:
        findings.at("nilai-salah", "berkas ini kosong atau bukan isian bernama.", Place(file, 1, 1))
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
        if not (100 <= width <= MAX_SIDE and 100 <= height <= MAX_SIDE):
            top.findings.at(
                "nilai-salah",
                f"ukuran gambar harus 100 sampai {MAX_SIDE} piksel.",
                replace(item.node.place, field=item.path),
            )
            continue
        formats[key] = Format(key, width, height)
    return formats


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
    if label and not _LABEL.fullmatch(label):
        item.findings.at(
            "nilai-salah", f'label "{clipped(label)}" tidak dapat dipakai.', item.at("label"),
            "Huruf, angka, dan tanda hubung saja: label menjadi nama berkas.",
        )  # fmt: skip
        return None
    if not (id and name and label and format_name and form):
        return None
    return Channel(id, name, label, format_name, insets, CAPTION_FORMS[form], bold, limits)


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
