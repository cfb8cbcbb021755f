"""Typed readers over YAML nodes that collect every problem with its place instead of raising.

The idea is `packaging`'s pylock reader: a handful of small getters, each of which knows the
field it reads, and a `finish` that reports keys nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from typing import ClassVar, Final, TypeAlias, TypeVar

from content_kit.files.hours import hours_with_question
from content_kit.files.phones import phone_in
from content_kit.files.safe_text import normal, one_line, says
from content_kit.files.yaml import Map, Node, Scalar, Seq
from content_kit.findings import Finding, Level, Place, clipped, nearest
from content_kit.model import FieldValue, Hours, Zone

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_Date: TypeAlias = date  # inside `Reader` the name means its getter

MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
    "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_CLOCK: Final = re.compile(r"(\d{1,2})[.:](\d{2})", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Findings(list[Finding]):
    """A list of findings that knows how to add one at a node, and when it is enough.

    Lists made with `part` count together with the list they are part of.
    """

    MOST: ClassVar[int] = 300
    """Nobody reads more, and looking for the nearest name of 100,000 wrong words takes minutes."""

    def __init__(self) -> None:
        super().__init__()
        self._told = [0]

    def part(self) -> Findings:
        """An empty list with the same limit, for findings that are looked at before they join."""
        part = Findings()
        part._told = self._told
        return part

    @property
    def full(self) -> bool:
        """Whether further problems are dropped; notes (level info) never are."""
        return self._told[0] > self.MOST

    def at(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Add a finding; the one after the last says that there are more."""
        finding = Finding(code, message, place, hint=hint)
        if finding.level is not Level.INFO:
            if self.full:
                return
            self._told[0] += 1
            if self.full:
                finding = Finding(
                    "batas-terlampaui",
                    "masih ada masalah lain di berkas ini.",
                    place,
                    hint="Perbaiki dulu yang di atas, lalu periksa lagi.",
                )
        self.append(finding)


class Reader:
    """Reads the fields of one mapping; each getter gives a default after a finding.

    `path` is the field path so far ("postingan[m4x7q2]"); places carry it to the reader.
    """

    def __init__(self, node: Map, findings: Findings, path: str = "") -> None:
        self.node = node
        self.findings = findings
        self.path = path
        self._asked: list[str] = []
        self._values = {key.text: value for key, value in node.entries}

    def at(self, key: str) -> Place:
        """Where a key's value was written, or the mapping itself when it was not."""
        at = (self._values.get(key) or self.node).place
        return Place(at.file, at.line, at.column, self.field(key))

    def field(self, key: str) -> str:
        """The full path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """The node under a key; an empty value counts as missing."""
        self._asked.append(key)
        value = self._values.get(key)
        if isinstance(value, Scalar) and value.is_null:
            value = None
        if value is None and required:
            self._empty(key)
        return value

    def text(self, key: str, *, required: bool = False, default: str = "") -> str:
        """A word or sentence, cleaned (`safe_text.normal`) and stripped at both ends."""
        value = self._scalar(key, required)
        if value is None:
            return default
        text = normal(value.text).strip()
        if required and not text:
            self._empty(key)
        return text

    def exact(self, key: str, *, required: bool = False) -> str:
        """A word as it was written, stripped at both ends: the name of a file, a digest."""
        value = self._scalar(key, required)
        return "" if value is None else value.text.strip()

    def name(self, key: str, *, required: bool = False, default: str = "") -> str:
        """What people read on one line, such as a name or a place; emoji alone name nothing."""
        value = self._scalar(key, required)
        if value is None:
            return default
        text = one_line(value.text)
        if required and not text:
            self._empty(key)
        if says(text) or not text:
            return text or default
        self.findings.at(
            "wajib-diisi",
            f'"{key}" hanya berisi emoji atau tanda baca.',
            self.at(key),
            "Tulis dengan huruf; emoji boleh ikut.",
        )
        return default

    def names(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of what people read on one line each; emoji alone are told and left out."""
        found = []
        for word in self.scalars(key, required=required):
            text = one_line(word.text)
            if says(text) or not text:
                found.append(text)
                continue
            self.findings.at(
                "wajib-diisi",
                "ini hanya berisi emoji atau tanda baca.",
                word.place,
                "Tulis dengan huruf; emoji boleh ikut.",
            )
        return tuple(found)

    def _scalar(self, key: str, required: bool) -> Scalar | None:
        value = self.get(key, required=required)
        if value is None or isinstance(value, Scalar):
            return value
        self._wrong(key, "harus berupa teks, bukan daftar.")
        return None

    def choice(self, key: str, kind: type[E], *, required: bool = False) -> E | None:
        """One of the locked words of an enumeration."""
        text = self.text(key, required=required)
        return self._chosen(text, kind, self.at(key)) if text else None

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """A list of locked words."""
        found = (self._chosen(normal(s.text).strip(), kind, s.place) for s in self.scalars(key))
        return tuple(item for item in found if item is not None)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of words; one word alone counts as a list of one."""
        return tuple(normal(s.text).strip() for s in self.scalars(key, required=required))

    def scalars(self, key: str, *, required: bool = False) -> tuple[Scalar, ...]:
        """A list of words with their places (the field path already set)."""
        value = self.get(key, required=required)
        if value is None:
            return ()
        nodes: Sequence[Node] = value.items if isinstance(value, Seq) else (value,)
        words: list[Scalar] = []
        for number, node in enumerate(nodes):
            at = node.place
            place = Place(at.file, at.line, at.column, f"{self.field(key)}[{number + 1}]")
            if isinstance(node, Scalar):
                words.append(replace(node, place=place))
            else:
                self.findings.at("nilai-salah", "harus berupa teks.", place)
        return tuple(words)

    def date(self, key: str, *, required: bool = False) -> _Date | None:
        """A date written YYYY-MM-DD."""
        return self._parsed(key, required, lambda text, at: read_date(text, at, self.findings))

    def month(self, key: str, *, required: bool = False) -> _Date | None:
        """A month written YYYY-MM, as its first day."""
        return self._parsed(
            key, required, lambda text, at: read_date(f"{text}-01", at, self.findings, text)
        )

    def clock(self, key: str, *, required: bool = False) -> time | None:
        """A time of day written 18.30 or 18:30."""
        return self._parsed(key, required, lambda text, at: read_clock(text, at, self.findings))

    def hours(self, key: str, *, required: bool = False, zone: Zone | None = None) -> Hours | None:
        """Opening hours as people write them; those in another zone than the unit's are asked back."""
        return self._parsed(
            key, required, lambda text, at: read_hours(text, at, self.findings, zone)
        )

    def phone(self, key: str) -> str:
        """A telephone number as we print it; one that is wrong is not printed at all."""
        text = self.text(key)
        found = phone_in(text) if text else None
        if isinstance(found, Finding):
            self.findings.at(found.code, found.message, self.at(key), found.hint)
        elif found is not None:
            for note in found.notes:
                told = f'nomor "{clipped(text)}": {note}'
                self.findings.at(
                    "nomor-diluruskan", told, self.at(key), f"Tercetak {found.printed}."
                )
            return found.printed
        return ""

    def flag(self, key: str) -> bool:
        """A yes or no, written ya or tidak."""
        text = self.text(key).lower()
        if text not in ("", "ya", "tidak", "true", "false"):
            self._wrong(key, f'"{clipped(text)}" bukan ya atau tidak.', "Tulis ya atau tidak.")
        return text in ("ya", "true")

    def number(self, key: str, *, default: float = 0.0) -> float:
        """A decimal number with a point or a comma."""
        text = self.text(key)
        if not text:
            return default
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not abs(value) < 1e9:
            self._wrong(key, f'"{clipped(text)}" bukan angka.')
            return default
        return value

    def child(self, key: str, *, required: bool = False) -> Reader | None:
        """A mapping under a key."""
        value = self.get(key, required=required)
        if value is None:
            return None
        if not isinstance(value, Map):
            self._wrong(key, "harus berupa isian bernama (nama: isi).")
            return None
        return Reader(value, self.findings, self.field(key))

    def children(self, key: str, *, name: str = "id", required: bool = False) -> Iterator[Reader]:
        """The mappings of a list; each path is named by the mapping's `name` or its number."""
        value = self.get(key, required=required)
        if value is None:
            return
        if not isinstance(value, Seq):
            self._wrong(key, "harus berupa daftar.", "Awali setiap butir dengan tanda -.")
            return
        for number, item in enumerate(value.items, 1):
            label: Node | None = item.get(name) if isinstance(item, Map) else None
            tag = clipped(label.text) if isinstance(label, Scalar) and label.text else str(number)
            path = f"{self.field(key)}[{tag}]"
            if isinstance(item, Map):
                yield Reader(item, self.findings, path)
            else:
                self.findings.at(
                    "nilai-salah",
                    "butir ini harus berupa isian bernama (nama: isi).",
                    replace(item.place, field=path),
                )

    def finish(self) -> bool:
        """Report every key that no getter asked for, with the nearest one; whether there was none."""
        known = True
        for key, _ in self.node.entries:
            if key.text in self._asked:
                continue
            known = False
            if self.findings.full:
                break
            self.findings.at(
                "kunci-tidak-dikenal",
                f'"{clipped(key.text)}" tidak dikenal.',
                replace(key.place, field=self.field(clipped(key.text))),
                nearest(key.text, self._asked),
            )
        return known

    def _parsed(
        self, key: str, required: bool, parse: Callable[[str, Place], T | None]
    ) -> T | None:
        text = self.text(key, required=required)
        return parse(text, self.at(key)) if text else None

    def _chosen(self, text: str, kind: type[E], place: Place) -> E | None:
        try:
            return kind(text)
        except ValueError:
            if self.findings.full:
                return None
            names = [str(member.value) for member in kind]
            self.findings.at(
                "nilai-salah",
                f'"{clipped(text)}" tidak dikenal.',
                place,
                nearest(text, names, f"Pilih salah satu: {', '.join(names)}."),
            )
            return None

    def _empty(self, key: str) -> None:
        self.findings.at("wajib-diisi", f'"{key}" belum diisi.', self.at(key), f'Isi "{key}".')

    def _wrong(self, key: str, message: str, hint: str = "") -> None:
        self.findings.at("nilai-salah", message, self.at(key), hint)


def top_of(node: Node | None, findings: Findings) -> Reader | None:
    """The named fields that a whole file is made of; None, and a finding unless it is empty."""
    if isinstance(node, Map):
        return Reader(node, findings)
    if node is not None:
        findings.at(
            "yaml-rusak",
            "berkas ini harus berisi isian bernama (nama: isi).",
            node.place,
            "Lihat contoh dengan tombol Contoh, atau content-kit demo.",
        )
    return None


def plain(node: Node) -> FieldValue:
    """A node as tuples, dicts and cleaned text: the values of a post's `isi`."""
    if isinstance(node, Scalar):
        return "" if node.is_null else normal(node.text).strip()
    if isinstance(node, Seq):
        return tuple(plain(item) for item in node.items)
    return {key.text: plain(value) for key, value in node.entries}


def tell_cuts(node: Node, path: str, findings: Findings) -> None:
    """Report every value below a node that a # without quotes cut short, with the lost words.

    A remark has a space after its #; "#PosyanduMelati" was meant to be read.
    """
    if isinstance(node, Scalar):
        if node.remark[1:2].strip():
            findings.at(
                "teks-terpotong",
                f'tulisan sesudah # tidak ikut: "{clipped(node.remark)}".',
                replace(node.place, field=path),
                "Beri tanda kutip pada seluruh isinya. Catatan ditulis dengan spasi: # catatan.",
            )
    elif isinstance(node, Seq):
        for number, item in enumerate(node.items):
            tell_cuts(item, f"{path}.{number}", findings)
    else:
        for key, value in node.entries:
            tell_cuts(value, f"{path}.{key.text}" if path else key.text, findings)


def places(node: Node, path: str) -> Iterator[tuple[str, Place]]:
    """Every field path below a node with its place; list items count from 0 ("isi.langkah.0.judul")."""
    at = node.place
    yield path, Place(at.file, at.line, at.column, path)  # twice as quick as replace()
    if isinstance(node, Seq):
        for number, item in enumerate(node.items):
            yield from places(item, f"{path}.{number}")
    elif isinstance(node, Map):
        for key, value in node.entries:
            yield from places(value, f"{path}.{key.text}")


def read_date(text: str, at: Place, findings: Findings, shown: str = "") -> date | None:
    """A date written YYYY-MM-DD, or None with a finding that says what is wrong with it."""
    shown = clipped(shown or text)
    match = _DATE.fullmatch(text)
    if match is None:
        findings.at(
            "tanggal-salah",
            f'tanggal "{shown}" tidak terbaca.',
            at,
            "Tulis tahun-bulan-tanggal, misalnya 2026-12-08.",
        )
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= 12:
        hint = "Bulan hanya 01 sampai 12."
    elif year == 0:
        hint = "Tulis tahun dengan empat angka."
    else:
        following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else None
        last = (following.toordinal() - date(year, month, 1).toordinal()) if following else 31
        hint = f"{MONTHS[month - 1]} {year} hanya sampai {last}."
    findings.at("tanggal-salah", f'tanggal "{shown}" tidak ada.', at, hint)
    return None


def read_clock(text: str, at: Place, findings: Findings) -> time | None:
    """A time of day written 18.30 or 18:30."""
    match = _CLOCK.fullmatch(text.strip())
    if match is not None:
        hour, minute = map(int, match.groups())
        if hour < 24 and minute < 60:
            return time(hour, minute)
    findings.at("jam-salah", f'jam "{clipped(text)}" tidak terbaca.', at, 'Tulis misalnya "18.30".')
    return None


def read_hours(text: str, at: Place, findings: Findings, zone: Zone | None = None) -> Hours | None:
    """Opening hours as people write them; a start alone is an open end, and that is remarked."""
    found, asked = hours_with_question(text, zone)
    if asked:
        findings.at(asked.code, asked.message, at, asked.hint)
    return found
