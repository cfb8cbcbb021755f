"""What a finding is about, as people call it: whose post, or which file of a posyandu, and which field."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from content_kit.files.workspace import Loaded
from content_kit.findings import Finding
from content_kit.model import Post
from content_kit.schedule.dates import month_name, short_date

LABELS: Final = {
    "tanggal": "Kapan",
    "jam": "Jam",
    "acara": "Hari buka",
    "kanal": "Diposting di",
    "petugas": "Petugas",
    "model": "Model gambar",
    "jenis": "Jenis isi",
    "bidang": "Bidang",
    "sasaran": "Untuk siapa",
    "sumber": "Sumber",
    "tagar": "Tagar",
    "teks_alt": "Teks tunanetra",
    "palet": "Warna",
}
"""The fields of every post by the names that its form gives them."""

_FILES: Final = {
    "posyandu.yaml": "data posyandu",
    "foto.yaml": "daftar foto",
    "kantor.yaml": "pengaturan kantor",
    "orang.yaml": "daftar orang",
    "peran.yaml": "daftar penyetuju",
    "daftar_unit.yaml": "daftar posyandu",
}
_OF_POST: Final = re.compile(r"^postingan(?:\[[^\]]*\]|\.\d+)?\.?")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")


def named_post(loaded: Loaded, post: Post, title: str) -> str:
    """`Melati · Sen, 7 Des · Besok kita buka`."""
    return f"{short_unit(loaded, post.unit)} · {short_date(post.date)} · {title}"


def named_file(loaded: Loaded, finding: Finding) -> str:
    """`Melati · rencana Desember 2026`; "" for a file that nobody has a name for."""
    parts = finding.place.file.split("/")
    if parts[0] in ("", "~"):
        return "di komputer ini"
    if parts[0] != "calendars" or len(parts) < 2:
        return ""
    name = parts[-1]
    known = _FILES.get(name, "")
    if found := _MONTH.match(name):
        year, month = int(found[1]), int(found[2])
        known = f"rencana {month_name(date(year, month, 1))} {year}" if 1 <= month <= 12 else ""
    elif "tinjauan" in parts[2:-1]:
        known = "catatan tinjauan"
    whose = short_unit(loaded, parts[1]) if len(parts) > 2 else ""
    return " · ".join(part for part in (whose, known) if part)


def named_field(finding: Finding) -> str:
    """A post's field by its label: `Sumber 1`, `Langkah 2, judul`; "" for none in particular."""
    path = _OF_POST.sub("", finding.place.field).removeprefix("isi.")
    if not path or not path.split(".")[0].isidentifier():
        return ""
    words: list[str] = []
    for part in path.split("."):
        if part.isdigit() and words:
            words[-1] += f" {int(part) + 1}"
        else:
            words.append(LABELS.get(part, part.replace("_", " ")))
    told = ", ".join(words)
    if finding.message.casefold().startswith(words[0].split()[0].casefold()):
        return ""  # the sentence names it
    return sentence(told)


def written_at(finding: Finding) -> str:
    """The file and the line, for those who open it: `calendars/melati/2026-12.yaml baris 12`."""
    place = finding.place
    return place.file + (f" baris {place.line}" if place.file and place.line else "")


def short_unit(loaded: Loaded, slug: str) -> str:
    """A posyandu without the word; one that cannot be read, by its folder."""
    there = loaded.posyandu.get(slug)
    return there.name.removeprefix("Posyandu ") if there else slug


def sentence(told: str) -> str:
    """A finding's words where they stand alone: every line begins with a capital."""
    return "\n".join(line[:1].upper() + line[1:] for line in told.split("\n"))


def field_of(finding: Finding) -> str:
    """Which field of a post a finding is about ("isi.judul")."""
    return finding.place.field.partition("].")[2] or finding.place.field
