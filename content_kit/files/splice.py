"""Changes one value in a YAML text that a person wrote and leaves every other line as it was.

The text is never dumped again: an edit replaces the characters between two marks. How a value
is best written (plain, quoted, over several lines) is tried from the prettiest to the surest:
the first way after which the text reads back as the old one plus this change is taken, so no
edit can do more than it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from content_kit.errors import UsageError
from content_kit.files.yaml import NULL, Map, Node, Scalar, Seq, parse
from content_kit.findings import Finding

Path: TypeAlias = "tuple[str | int, ...]"
"""Keys and list numbers from 0: `("postingan", 0, "isi", "judul")`."""

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value] | None"
"""What can be written; None is the empty value."""

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
"""What a text says, without its form."""

_STYLES: Final = ("as before", "plain", "quoted")
_PLAIN: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<.](?:[^\n\t]*[^\s:])?|-?\d[\d.:-]*")
_ESCAPES: Final = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def set_value(text: str, path: Path, value: Value, *, first: bool = False) -> str:
    """The text with one value set. A key that is not there is added after its neighbours.

    `first` adds it before them instead. UsageError when there is no such place.
    """
    return set_values(text, [(path, value)], first=first)


def set_values(text: str, edits: Iterable[tuple[Path, Value]], *, first: bool = False) -> str:
    """Several values at once, read and checked once; the paths must lie apart."""
    changes = list(edits)
    if not changes:
        return text
    page = _Page(text)
    wanted = page.data()
    for path, value in changes:
        wanted = _with(wanted, path, _plain(value))
    for style in _STYLES:
        found = [page.setting(path, value, style, first) for path, value in changes]
        result = page.apply(found)
        if result is not None and _reads(result, wanted):
            return result
    raise UsageError(f"{_said(changes[0][0])} tidak dapat diubah di sini. Ubah berkasnya langsung.")


def add_item(text: str, path: Path, value: Value) -> str:
    """The text with one more item at the end of the list at `path`; the list may be missing."""
    page = _Page(text)
    there = page.find(path)
    old = page.data()
    if there is None or _is_null(there):
        return set_value(text, path, [value])
    if not isinstance(there, Seq):
        raise UsageError(f"{_said(path)} bukan daftar.")
    wanted = _with(old, (*path, len(there.items)), _plain(value))
    for style in _STYLES:
        result = page.apply([page.adding(there, path, value, style)])
        if result is not None and _reads(result, wanted):
            return result
    raise UsageError(f"{_said(path)} tidak dapat ditambah di sini. Ubah berkasnya langsung.")


def add_written(text: str, path: Path, lines: Sequence[str]) -> str:
    """The text with items that are written already, comments among them, at the end of a list.

    `lines` are those of a block list at no indentation ("- id: m4x7q2", "  jam: ..."). The list
    may be missing or empty; one in brackets gets the items without their comments.
    """
    items = _read(parse("\n".join(lines), "")[0])
    assert isinstance(items, list), "the lines must be a list"
    page = _Page(text)
    there = page.find(path)
    if isinstance(there, Seq) and there.flow and there.items:
        for item in items:
            assert item is not None
            text = add_item(text, path, _given(item))
        return text
    wanted, count = page.data(), len(there.items) if isinstance(there, Seq) else 0
    for number, item in enumerate(items):
        wanted = _with(
            wanted if number or count else _with(wanted, path, []), (*path, count + number), item
        )
    result = page.apply([page.adding_lines(there, path, lines)])
    if result is None or not _reads(result, wanted):
        raise UsageError(f"{_said(path)} tidak dapat ditambah di sini. Ubah berkasnya langsung.")
    return result


def written(value: Value, *, flow: bool = True) -> str:
    """A value on one line as a person would write it; `flow` when it stands in brackets."""
    return _word(value, "plain", flow) if isinstance(value, str) else _flow(value, "plain")


def remove_item(text: str, path: Path) -> str:
    """The text without the list item, or without the key and its value, at `path`."""
    page = _Page(text)
    if not path or page.find(path) is None:
        raise UsageError(f"{_said(path)} tidak ada.")
    wanted = _without(page.data(), path)
    for edit in page.removing(path):
        result = page.apply([edit])
        if result is not None and _reads(result, wanted):
            return result
    raise UsageError(f"{_said(path)} tidak dapat dihapus di sini. Ubah berkasnya langsung.")


def lift_item(text: str, path: Path) -> tuple[list[str], str]:
    """A list item as its own lines, as `add_written` takes them, and the text without it.

    The comment right above an item belongs to it and goes along.
    """
    page = _Page(text)
    item, owner, number = page.find(path), page.find(path[:-1]), path[-1]
    if item is None or not isinstance(owner, Seq) or not isinstance(number, int):
        raise UsageError(f"{_said(path)} tidak ada.")
    found = page.lines_of(owner, number)
    if found is not None:
        first, last, lines = found
        alone = len(owner.items) == 1
        rest = remove_item(text, path) if alone else text[:first] + text[last:]
        whole = _read(parse("\n".join(lines), "")[0]) == [_read(item)]
        if whole and _reads(rest, _without(page.data(), path)):
            return lines, rest
    data = _read(item)
    assert data is not None
    return [f"- {_flow(_given(data), 'plain')}"], remove_item(text, path)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut at the items of a list: what stands before, each item, and what stands after.

    An item is its lines with the comment right above it and whatever follows up to the next
    item. Joined, the parts are the text again.
    """

    head: str
    items: tuple[str, ...]
    tail: str
    column: int
    """How far the dashes stand from the left."""


class Reading:
    """A text read once: its nodes, what it says, and where its lists can be cut.

    UsageError when it cannot be read or has a key twice.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root, findings = parse(text, "")
        if findings:
            raise _broken(findings[0])
        self.data = _read(self.root)

    def cut(self, path: Path) -> Cut | None:
        """The text cut at a list; None when it is empty, missing, or written in brackets."""
        page = _Page(self.text, self.root)
        seq = page.find(path)
        if not isinstance(seq, Seq) or seq.flow or not seq.items:
            return None
        firsts, last = page.cuts(seq)
        if not firsts:
            return None
        spans = zip(firsts, [*firsts[1:], last], strict=True)
        parts = tuple(self.text[start:end] for start, end in spans)
        return Cut(self.text[: firsts[0]], parts, self.text[last:], seq.place.column - 1)


def read(text: str) -> Data:
    """What a text says; see `Reading`."""
    return Reading(text).data


def has(text: str, path: Path) -> bool:
    """Whether something is written at `path`."""
    return _Page(text).find(path) is not None


def number_of(text: str, path: Path, key: str, word: str) -> int:
    """The number of the item whose `key` says `word`, in the list at `path`; -1 without one."""
    items = _Page(text).find(path)
    for number, item in enumerate(items.items if isinstance(items, Seq) else ()):
        value = item.get(key) if isinstance(item, Map) else None
        if isinstance(value, Scalar) and value.text.strip() == word:
            return number
    return -1


def _broken(finding: Finding) -> UsageError:
    return UsageError(f"baris {finding.place.line} perlu diperbaiki dulu: {finding.message}")


class _Page:
    """A parsed text with what an edit needs to know about its lines."""

    def __init__(self, text: str, node: Node | None = None) -> None:
        if node is None:
            node, findings = parse(text, "")
            if node is None and findings:
                raise _broken(findings[0])
        self.text = text
        self.root = node
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def data(self) -> Data:
        return _read(self.root)

    def find(self, path: Path) -> Node | None:
        node = self.root
        for step in path:
            if isinstance(node, Map) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, Seq) and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def apply(self, edits: list[_Edit | None]) -> str | None:
        """The text after all edits; None when one cannot be made or two overlap."""
        result, before = [], len(self.text)
        for edit in sorted((e for e in edits if e), key=lambda e: (e.start, e.end), reverse=True):
            if edit.end > before:
                return None
            result.append(self.text[edit.end : before])
            result.append(edit.text)
            before = edit.start
        if None in edits:
            return None
        return self.text[:before] + "".join(reversed(result))

    # The three kinds of edit

    def setting(self, path: Path, value: Value, style: str, first: bool) -> _Edit | None:
        node = self.find(path)
        if node is not None:
            return self._replacing(node, path, value, style)
        if not path:
            return None
        parent, last = self.find(path[:-1]), path[-1]
        if isinstance(last, int):
            raise UsageError(f"{_said(path)} tidak ada.")
        if self.root is None and len(path) == 1:
            return self._beginning(last, value, style)
        if parent is None or _is_null(parent):
            if len(path) == 1:
                raise UsageError(f"{_said(path)} tidak ada.")
            return self.setting(path[:-1], {last: value}, style, first)
        if not isinstance(parent, Map):
            raise UsageError(f"{_said(path[:-1])} bukan isian bernama.")
        if self._in_flow(path[:-1]):
            entry = f"{_key(last)}: {_flow(value, style)}"
            if not parent.entries:
                return _Edit(parent.start + 1, parent.start + 1, entry)
            if first:
                return _Edit(parent.start + 1, parent.start + 1, f"{entry}, ")
            end = self._end(parent.entries[-1][1])
            return _Edit(end, end, f", {entry}")
        indent = parent.place.column - 1
        lines = self._entry(last, value, indent, style)
        if first:
            start = parent.entries[0][0].start
            return _Edit(start, start, lines + self.newline + " " * indent)
        end = self._line_end(self._end(parent))
        return _Edit(end, end, self.newline + " " * indent + lines)

    def adding(self, seq: Seq, path: Path, value: Value, style: str) -> _Edit:
        if self._in_flow(path) and (seq.items or self._in_flow(path[:-1])):
            item = _flow(value, style)
            if not seq.items:
                return _Edit(seq.start + 1, seq.start + 1, item)
            end = self._end(seq.items[-1])
            return _Edit(end, end, f", {item}")
        if not seq.items:
            return self._trimmed(seq.start, seq.end, self._below(path, [value], style))
        indent = seq.place.column - 1
        end = self._line_end(self._end(seq))
        lines = self._item(value, indent, style)
        return _Edit(end, end, self.newline + " " * indent + lines)

    def adding_lines(self, there: Node | None, path: Path, lines: Sequence[str]) -> _Edit:
        if isinstance(there, Seq) and there.items:
            indent = there.place.column - 1
            end = self._line_end(self._end(there))
            return _Edit(end, end, self._indented(["", *lines], indent))
        indent = self._indent_below(path)
        if there is not None:
            end = max(there.end, there.start)
            # A remark beside the empty list stays there: below the lines it would join the last.
            remark = self.text[end : self._line_end(end)].rstrip()
            written = remark + self._indented(lines, indent)
            return self._trimmed(there.start, self._line_end(end), written)
        end = len(self.text.rstrip())
        owner = " " * (indent - 2) + f"{_key(str(path[-1]))}:"
        start = self.newline + owner if end else owner
        return _Edit(end, end, start + self._indented(lines, indent))

    def _indented(self, lines: Sequence[str], indent: int) -> str:
        return "".join(self.newline + (" " * indent + line if line else "") for line in lines)

    def removing(self, path: Path) -> list[_Edit]:
        owner = self.find(path[:-1])
        assert isinstance(owner, Map | Seq)  # find(path) succeeded
        starts, ends = self._members(owner)
        last = path[-1]
        number = list(owner.keys()).index(str(last)) if isinstance(owner, Map) else int(last)
        start, end = starts[number], ends[number]
        if len(starts) == 1:
            empty = "{}" if isinstance(owner, Map) else "[]"
            if owner.flow:
                return [_Edit(owner.start, owner.end, empty)]
            replaced = self._replacing(owner, path[:-1], {} if empty == "{}" else [], "plain")
            return [replaced] if replaced else []
        if owner.flow:
            if number + 1 < len(starts):
                return [_Edit(start, starts[number + 1], "")]
            comma = self.text.index(",", ends[number - 1])
            return [_Edit(ends[number - 1], end, ""), _Edit(comma, end, "")]
        line, after = self._line_start(start), self._line_end(end)
        if self.text[line:start].strip(" "):
            # The dash of the item above stands on this line: keep it.
            return [_Edit(start, starts[number + 1], ""), _Edit(start, after, "")]
        if after < len(self.text):
            return [_Edit(line, after + len(self._break_at(after)), "")]
        # The last line, without a break of its own: take the one before, unless a text needs it.
        return [_Edit(line - len(self._break_before(line)), after, ""), _Edit(line, after, "")]

    def lines_of(self, owner: Seq, number: int) -> tuple[int, int, list[str]] | None:
        """Where the lines of a block item begin and end, its comment included, and the lines."""
        if owner.flow:
            return None
        starts, ends = self._members(owner)
        first, last = self._line_start(starts[number]), self._line_end(ends[number])
        column = starts[number] - first
        if self.text[first : starts[number]].strip(" "):
            return None
        while first and self.text[self._line_start(first - 1) : first].lstrip().startswith("#"):
            first = self._line_start(first - 1)
        lines = [
            line[column:] if not line[:column].strip() else line.lstrip()
            for line in self.text[first:last].splitlines()
        ]
        # Two empty lines must not meet where the item stood, nor one stay at the end.
        last += len(self._break_at(last)) if last < len(self.text) else 0
        blank = self._line_end(last)
        if self.text[last:].strip() and not self.text[last:blank].strip():
            last = blank + len(self._break_at(blank))
        elif (
            first
            and not self.text[last:].strip()
            and not self.text[self._line_start(first - 1) : first].strip()
        ):
            first = self._line_start(first - 1)
        return first, last, lines

    def cuts(self, seq: Seq) -> tuple[list[int], int]:
        """Where the lines of each item begin, its comment included, and where the last ends.

        No beginnings when two items share a line.
        """
        starts, ends = self._members(seq)
        firsts, before = [], 0
        for start, end in zip(starts, ends, strict=True):
            first = self._line_start(start)
            if first < before or self.text[first:start].strip(" "):
                return [], 0
            while (above := self._line_start(first - 1) if first else 0) >= before and first:
                if not self.text[above:first].lstrip(" ").startswith("#"):
                    break
                first = above
            firsts.append(first)
            before = self._line_end(end)
            before += len(self._break_at(before)) if before < len(self.text) else 0
        return firsts, before

    # How values are written

    def _replacing(self, node: Node, path: Path, value: Value, style: str) -> _Edit | None:
        start, end = node.start, self._end(node)
        in_flow = self._in_flow(path[:-1]) if path else False
        block = isinstance(node, Map | Seq) and not node.flow
        if isinstance(value, str) or in_flow:
            written = self._inline(value, node, style)
            if written is None and not in_flow:
                written = self._literal(str(value), self._indent_below(path))
            if written is None:
                written = _flow(value, "quoted")
        elif block and isinstance(value, Sequence) and isinstance(node, Seq) and value:
            indent = node.place.column - 1
            return _Edit(start, end, self._list(value, indent, style))
        elif not value or _is_flat(value):
            written = _flow(value, style)
        else:
            written = self._below(path, value, style)
        if block and path and isinstance(path[-1], str):
            start = self._after_colon(path)
        if start and self.text[start - 1] in ":-" and not written.startswith((" ", "\n", "\r")):
            written = " " + written
        return self._trimmed(start, end, written)

    def _trimmed(self, start: int, end: int, written: str) -> _Edit:
        """An edit that leaves no spaces at the end of the line it breaks."""
        if written.startswith(("\n", "\r")):
            start = len(self.text[:start].rstrip(" "))
        return _Edit(start, end, written)

    def _inline(self, value: Value, node: Node, style: str) -> str | None:
        """A value on one line; None when several lines would read better."""
        if not isinstance(value, str):
            return _flow(value, style)
        quote = self.text[node.start : node.start + 1]
        if style == "as before" and isinstance(node, Scalar) and not node.plain:
            if quote == "'" and value.isprintable():
                return "'" + value.replace("'", "''") + "'"
            if quote in ("|", ">"):
                return None if "\n" in value else _word(value, style)
            return quoted(value)
        if style != "quoted" and "\n" in value:
            return None
        return _word(value, style)

    def _literal(self, value: str, indent: int) -> str | None:
        """`|` with its lines; None when a line would not come back as it was."""
        body = value.removesuffix("\n")
        lines = body.split("\n")
        if not body or lines[0][:1] in ("", " ") or not lines[-1].strip():
            return None
        if not all(line.isprintable() for line in lines):
            return None
        head = "|" if value.endswith("\n") else "|-"
        return self.newline.join([head, *(" " * indent + line if line else "" for line in lines)])

    def _below(self, path: Path, value: Value, style: str) -> str:
        """A list or table under its key, or beside the dash of its item."""
        if path and isinstance(path[-1], int):
            indent = self._column(path[:-1]) + 2
            return self._lines(value, indent, style)
        indent = self._indent_below(path)
        return self.newline + " " * indent + self._lines(value, indent, style)

    def _lines(self, value: Value, indent: int, style: str) -> str:
        if isinstance(value, Mapping):
            entries = (self._entry(key, item, indent, style) for key, item in value.items())
            return (self.newline + " " * indent).join(entries)
        return self._list(value or (), indent, style)

    def _list(self, values: Sequence[Value], indent: int, style: str) -> str:
        items = (self._item(value, indent, style) for value in values)
        return (self.newline + " " * indent).join(items)

    def _item(self, value: Value, indent: int, style: str) -> str:
        if isinstance(value, str) or not value:
            return "- " + self._scalar(value, indent + 2, style)
        return "- " + self._lines(value, indent + 2, style)

    def _entry(self, key: str, value: Value, indent: int, style: str) -> str:
        if isinstance(value, str) or not value:
            return f"{_key(key)}: {self._scalar(value, indent + 2, style)}"
        if _is_flat(value):
            return f"{_key(key)}: {_flow(value, style)}"
        lines = self._lines(value, indent + 2, style)
        return f"{_key(key)}:{self.newline}{' ' * (indent + 2)}{lines}"

    def _scalar(self, value: Value, indent: int, style: str) -> str:
        if isinstance(value, str) and "\n" in value and style != "quoted":
            literal = self._literal(value, indent)
            if literal is not None:
                return literal
        return _flow(value, style)

    # Where things lie

    def _end(self, node: Node) -> int:
        """Where a node's own characters end: a block collection's mark lies further down."""
        if isinstance(node, Scalar):
            if node.end > node.start and self.text[node.start] in "|>" and not node.plain:
                return len(self.text[: node.end].rstrip())
            return node.end
        if node.flow:
            return node.end
        ends = self._members(node)[1]
        return max(ends, default=node.end)

    def _members(self, node: Map | Seq) -> tuple[list[int], list[int]]:
        """Starts and ends of the entries or items; a block item starts at its dash."""
        if isinstance(node, Map):
            keys = [key.start for key, _ in node.entries]
            return keys, [max(self._end(value), key.end) for key, value in node.entries]
        ends = [self._end(item) for item in node.items]
        if node.flow:
            return [item.start for item in node.items], ends
        starts, before = [], node.start
        for item, end in zip(node.items, ends, strict=True):
            starts.append(self._dash(node.place.column - 1, before, item.start))
            before = end
        return starts, ends

    def _dash(self, column: int, after: int, before: int) -> int:
        """The last dash at this column between two offsets."""
        position = self.text.rfind("-", after, max(before, after + 1))
        while position > after and position - self._line_start(position) != column:
            position = self.text.rfind("-", after, position)
        return position if position >= 0 else before

    def _in_flow(self, path: Path) -> bool:
        """Whether the node at `path` is written in brackets, or lies in one that is."""
        for length in range(len(path) + 1):
            node = self.find(path[:length])
            if isinstance(node, Map | Seq) and node.flow:
                return True
        return False

    def _column(self, path: Path) -> int:
        node = self.find(path)
        return node.place.column - 1 if node is not None else 0

    def _indent_below(self, path: Path) -> int:
        return self._column(path[:-1]) + 2 if path else 0

    def _after_colon(self, path: Path) -> int:
        owner = self.find(path[:-1])
        assert isinstance(owner, Map)
        key = next(name for name, _ in owner.entries if name.text == path[-1])
        return self.text.index(":", key.end) + 1

    def _beginning(self, key: str, value: Value, style: str) -> _Edit:
        """The first entry of an empty file, after whatever comment stands there."""
        break_before = self.newline if self.text and not self.text.endswith("\n") else ""
        written = break_before + self._entry(key, value, 0, style) + self.newline
        return _Edit(len(self.text), len(self.text), written)

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def _break_at(self, offset: int) -> str:
        return "\r\n" if self.text.startswith("\r\n", offset) else "\n"

    def _break_before(self, offset: int) -> str:
        return "\r\n" if self.text[:offset].endswith("\r\n") else "\n"


def _word(text: str, style: str, flow: bool = False) -> str:
    if style != "quoted" and _is_plain(text, flow):
        return text
    return quoted(text)


def _is_plain(text: str, flow: bool) -> bool:
    if text in NULL or not text.isprintable() or not _PLAIN.fullmatch(text):
        return False
    if ": " in text or " #" in text:
        return False
    return not (flow and any(char in text for char in ",[]{}"))


def quoted(text: str) -> str:
    """Any words as a YAML scalar in double quotes that means just these words."""
    written = []
    for char in text:
        if char in _ESCAPES:
            written.append(_ESCAPES[char])
        elif char.isprintable() or ord(char) in (0x200C, 0x200D):
            written.append(char)
        elif "\ud800" <= char <= "\udfff":
            raise UsageError("ada huruf yang tidak dapat disimpan.")
        elif ord(char) > 0xFFFF:
            written.append(f"\\U{ord(char):08X}")
        else:
            written.append(f"\\u{ord(char):04X}")
    return '"' + "".join(written) + '"'


def _key(key: str) -> str:
    return _word(key, "plain", flow=True)


def _flow(value: Value, style: str) -> str:
    """A value in brackets on one line."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return _word(value, style, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)}: {_flow(v, style)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(_flow(item, style) for item in value) + "]"


def _is_flat(value: Value) -> bool:
    """A short list of words: it reads best in brackets on one line."""
    if value is None or isinstance(value, Mapping):
        return False
    return (
        all(isinstance(item, str) and "\n" not in item for item in value)
        and sum(len(str(item)) + 2 for item in value) <= 80
    )


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null


def _said(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path) or "berkas"


# What a text says, for comparing before with after


def _read(node: Node | None) -> Data:
    if node is None or _is_null(node):
        return None
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Seq):
        return [_read(item) for item in node.items]
    return {key.text: _read(value) for key, value in node.entries}


def _reads(text: str, wanted: Data) -> bool:
    node, findings = parse(text, "")
    if node is None and findings:
        return False
    return _read(node) == wanted


def _plain(value: Value) -> Data:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]


def _given(data: Data) -> Value:
    """Data as a value to write: what is empty becomes an empty text."""
    if isinstance(data, dict):
        return {key: _given(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_given(item) for item in data]
    return data or ""


def _with(data: Data, path: Path, value: Data) -> Data:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        if not isinstance(data, list) or step > len(data):
            raise UsageError(f"butir {step + 1} tidak ada.")
        inner = data[step] if step < len(data) else None
        return [*data[:step], _with(inner, rest, value), *data[step + 1 :]]
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise UsageError(f"{step} tidak ada.")
    return {**data, str(step): _with(data.get(str(step)), rest, value)}


def _without(data: Data, path: Path) -> Data:
    step, rest = path[0], path[1:]
    if isinstance(data, list) and isinstance(step, int):
        inner = [_without(data[step], rest)] if rest else []
        return [*data[:step], *inner, *data[step + 1 :]]
    assert isinstance(data, dict)  # find(path) succeeded
    assert isinstance(step, str)
    if rest:
        return {**data, step: _without(data[step], rest)}
    return {key: item for key, item in data.items() if key != step}
