"""The only YAML door: text to nodes that know their line, guarded against bombs.

A scan of our own refuses depth over 20 before any parser sees the text, because what a parser does
with 50,000 brackets changes with its release. PyYAML's C parser then gives events; a guard refuses
what our files never need (aliases, anchors, tags, merge keys, several documents) before anything
is built: a 377-byte merge-key bomb costs a typed loader ten seconds.
Every scalar stays a string: `reader.py` types it by its field, so `10:30` is not 630 and
`no` is not False.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import yaml

from content_kit.files.nesting import too_deep
from content_kit.findings import Finding, Place, clipped

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a Python without libyaml: the same events, only slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 20
MAX_NODES: Final = 400_000
MAX_DOUBLES: Final = 100
"""Double keys that are told: nobody reads more."""

NULL: Final = frozenset({"", "~", "null"})
"""The plain words that mean "nothing"; our files type no others (`no` is a word)."""

_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML does not allow; libyaml says so too, but without a line."""

_BREAK: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Line breaks inside a value. YAML 1.1 would refuse some and end the entry at others."""

_STAND_IN: Final = 0xFDD0
"""The first of 32 numbers that Unicode leaves to programs: they stand for the breaks while libyaml
reads, so that every offset stays."""
_STANDING: Final = {
    ord(one): _STAND_IN + n for n, one in enumerate("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
}
_RESTORED: Final = {number: code for code, number in _STANDING.items()}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word as it was written, with `start` and `end` as character offsets into the text.

    `remark` is what follows a word without quotes on its line, from the # on.
    """

    text: str
    place: Place
    start: int
    end: int
    plain: bool = True
    remark: str = ""

    @property
    def is_null(self) -> bool:
        """Whether nothing was written: an empty value, `~` or `null` without quotes."""
        return self.plain and self.text in NULL


@dataclass(frozen=True, slots=True)
class Seq:
    """A list; `flow` tells `[a, b]` from one item a line."""

    items: tuple[Node, ...]
    place: Place
    start: int
    end: int
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping whose entries keep their order; a second equal key is left out and reported."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    start: int
    end: int
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        return next((value for name, value in self.entries if name.text == key), None)

    def keys(self) -> Iterator[str]:
        """The keys in their order."""
        return (name.text for name, _ in self.entries)


Node: TypeAlias = "Scalar | Seq | Map"


_REMARK: Final = re.compile(r"[ \t]+(#[^\n]*)")


class _Mark(Protocol):
    """A mark of PyYAML's C parser or of its Python one; all three count from 0."""

    line: int
    column: int
    index: int


class _Refused(Exception):
    """The text holds something that is not part of our files."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def decode(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """Bytes of a file as text: UTF-8 with or without BOM; CRLF stays as it is."""
    place = Place(file, 1, 1)
    if len(data) > MAX_BYTES:
        return "", [
            Finding(
                "batas-terlampaui",
                f"berkas ini lebih dari {MAX_BYTES / 1e6:.0f} MB.",
                place,
                hint="Bagi menjadi beberapa berkas bulan.",
            )
        ]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (data[:1] and b"\0" in data[:2]):
        return "", [
            Finding(
                "berkas-tidak-terbaca",
                "berkas ini disimpan sebagai UTF-16.",
                place,
                hint="Simpan ulang sebagai UTF-8.",
            )
        ]
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        line, column = _line_column(before, len(before))
        return "", [
            Finding(
                "berkas-tidak-terbaca",
                "ada huruf yang bukan UTF-8.",
                Place(file, line, column),
                hint="Simpan ulang berkas ini sebagai UTF-8.",
            )
        ]


def parse(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The document in `text` as nodes, or None with the one finding that says why not.

    Duplicate keys are findings beside the nodes. An empty document is None without a finding.
    """
    unseen = _UNSEEN.search(text)
    if unseen is not None:
        line, column = _line_column(text, unseen.start())
        return None, [
            Finding(
                "yaml-rusak",
                f"ada huruf kendali yang tidak terlihat (U+{ord(unseen[0]):04X}).",
                Place(file, line, column),
                hint="Hapus huruf itu atau ketik ulang baris ini.",
            )
        ]
    deep = too_deep(text, MAX_DEPTH)
    if deep is not None:
        place = Place(file, *_line_column(text, deep))
        return None, [_refusal(f"isi yang bersarang lebih dari {MAX_DEPTH} tingkat", place).finding]
    breaks = _BREAK.search(text) is not None
    builder = _Builder(file, text, breaks=breaks)
    try:
        node = builder.document(_guarded(text.translate(_STANDING) if breaks else text, file))
    except _Refused as refused:
        return None, [refused.finding]
    except yaml.YAMLError as error:
        return None, [_broken(error, file, text)]
    return node, builder.findings


def parse_bytes(data: bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """`decode` and `parse` in one step."""
    text, findings = decode(data, file)
    if findings:
        return None, findings
    return parse(text, file)


def _guarded(text: str, file: str) -> Iterator[yaml.Event]:
    """The parser's events, stopping at the first that our files may not have."""
    depth = documents = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        refused = ""
        if count > MAX_NODES:
            place = _place(event.start_mark, file)
            raise _Refused(Finding("batas-terlampaui", "isi berkas ini terlalu banyak.", place))
        # Scalars first: nine events of ten, and this loop is a third of all loading time.
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor is not None:
                refused = "tanda & (jangkar)"
            elif event.tag:
                refused = "tanda ! (tag)"
            elif event.value == "<<" and event.implicit[0]:
                refused = "kunci << (gabungan)"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if event.anchor is not None:
                refused = "tanda & (jangkar)"
            elif event.tag:
                refused = "tanda ! (tag)"
            elif depth > MAX_DEPTH:
                refused = f"isi yang bersarang lebih dari {MAX_DEPTH} tingkat"
        elif isinstance(event, yaml.AliasEvent):
            refused = "tanda * (alias)"
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                refused = "lebih dari satu dokumen (garis ---)"
        if refused:
            raise _refusal(refused, _place(event.start_mark, file))
        yield event


def _refusal(what: str, place: Place) -> _Refused:
    return _Refused(
        Finding(
            "yaml-terlarang",
            f"ada {what}, yang tidak dipakai di berkas kita.",
            place,
            hint="Tulis isinya langsung di tempatnya, atau beri tanda kutip.",
        )
    )


def _broken(error: yaml.YAMLError, file: str, text: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    place = _place(mark, file) if mark is not None else Place(file, 1, 1)
    lines = re.split(r"\r\n|\r|\n", text)
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    problem = str(getattr(error, "problem", "") or "")
    if "\t" in line[: max(place.column, 1)]:
        message, hint = "ada tanda Tab di awal baris.", "Ganti Tab dengan spasi."
    elif "mapping values are not allowed" in problem:
        if ":" in line[: place.column - 1]:
            message = "ada titik dua di tengah isi, sehingga baris ini tidak terbaca."
            hint = "Beri tanda kutip pada seluruh isinya."
        else:
            message = "baris ini menjorok lebih dalam daripada isian di atasnya."
            hint = "Samakan jarak di awal baris, atau periksa tanda - dan titik dua di atasnya."
    elif "flow" in str(error) and (cut := _cut_list(lines, place.line)):
        place = Place(file, *cut)
        message = "tanda # di dalam daftar memotong baris ini."
        hint = "Tulis tagar tanpa tanda #, misalnya tagar: [PosyanduMelati, Sehat], atau beri tanda kutip."
    elif "quoted scalar" in str(error) or "end of stream" in problem:
        message = "tanda kutip atau kurung belum ditutup."
        hint = "Tutup tanda kutip atau kurung itu."
    else:
        message = "susunan baris ini tidak terbaca."
        hint = "Periksa jarak di awal baris, titik dua, dan tanda kutip."
    return Finding("yaml-rusak", message, place, hint=hint)


def _cut_list(lines: list[str], last: int) -> tuple[int, int] | None:
    """Line and column of the last # that stands bare in a list on one line, not below `last`."""
    for number in range(min(last, len(lines)), 0, -1):
        line = _QUOTED.sub(lambda m: "." * len(m[0]), lines[number - 1])
        hash = _BARE_HASH.search(line)
        if hash and line.rfind("[", 0, hash.start()) > line.rfind("]", 0, hash.start()):
            return number, hash.start() + 1
    return None


_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_BARE_HASH: Final = re.compile(r"(?<=[\s\[,{])#(?=\S)")


def _place(mark: _Mark | None, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file, 1, 1)


def _offset(mark: _Mark | None) -> int:
    return mark.index if mark is not None else 0


def _line_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Builder:
    """Turns guarded events into nodes; recursion is bounded by the guard's depth."""

    def __init__(self, file: str, text: str, *, breaks: bool = False) -> None:
        self.file = file
        self.text = text
        self.breaks = breaks
        self.remarks = "#" in text
        self.findings: list[Finding] = []

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, events)
        if isinstance(root, Scalar) and root.is_null:
            return None
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        place = _place(event.start_mark, self.file)
        start = _offset(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None or event.style == ""
            end = _offset(event.end_mark)
            value = event.value.translate(_RESTORED) if self.breaks else event.value
            remark = self.remark(end) if plain and self.remarks else ""
            return Scalar(value, place, start, end, plain, remark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    end = _offset(inner.end_mark)
                    return Seq(tuple(items), place, start, end, bool(event.flow_style))
                items.append(self.node(inner, events))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, place)
        raise AssertionError(f"not a node event: {event!r}")

    def remark(self, end: int) -> str:
        """What follows on the line where a word without quotes ends, if it begins with #."""
        found = _REMARK.match(self.text, end)
        return found[1].rstrip() if found else ""

    def mapping(
        self, opening: yaml.MappingStartEvent, events: Iterator[yaml.Event], place: Place
    ) -> Map:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Place] = {}
        end = _offset(opening.end_mark)
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                end = _offset(event.end_mark)
                break
            key = self.node(event, events)
            value = self.node(next(events), events)
            if not isinstance(key, Scalar):
                raise _Refused(
                    Finding(
                        "yaml-rusak",
                        "nama isian harus berupa kata.",
                        key.place,
                        hint='Tulis nama isian, lalu titik dua. Isi dengan {{ }} perlu tanda kutip: "{{ … }}".',
                    )
                )
            if key.text in seen:
                if len(self.findings) >= MAX_DOUBLES:
                    continue
                self.findings.append(
                    Finding(
                        "kunci-ganda",
                        f'"{clipped(key.text)}" ditulis dua kali; yang pertama di baris {seen[key.text].line}.',
                        key.place,
                        hint="Hapus salah satu.",
                    )
                )
                continue
            seen[key.text] = key.place
            entries.append((key, value))
        return Map(
            tuple(entries), place, _offset(opening.start_mark), end, bool(opening.flow_style)
        )
