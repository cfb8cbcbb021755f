"""The text of a merge, from the sides' own lines: an item that one side left alone is the other's, byte for byte."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.align import dumped, joined
from content_kit.files.splice import Data, Path, Reading


@dataclass(frozen=True, slots=True)
class Row:
    """An item of the result: its numbers in the base, in mine and in theirs, and what it says.

    `twin` is mine beside theirs, where somebody wants both.
    """

    base: int | None
    mine: int | None
    theirs: int | None
    value: Data
    twin: Data = None

    @property
    def rank(self) -> str:
        """By what new items stand in order: posts by their instant, all else by its words."""
        item = self.value if isinstance(self.value, dict) else {}
        return "\0".join(str(item.get(key, "")) for key in ("tanggal", "jam", "id")) + dumped(item)


@dataclass(frozen=True, slots=True)
class _Part:
    """An item's lines from the left margin, as they were written, and the empty lines after it."""

    body: str
    raw: str
    gap: str
    data: Data


@dataclass(frozen=True, slots=True)
class _Cut:
    head: str
    parts: tuple[_Part, ...]
    end: str
    """What ends the last item; its own gap is unknown, since nothing followed."""
    tail: str
    column: int


_NOTHING: Final = _Cut("", (), "", "", 0)


def is_uniform(text: str) -> bool:
    """Whether all lines of a text end in the same way."""
    return text.count("\r\n") in (0, text.count("\n"))


def pieces(
    texts: tuple[Reading | None, Reading, Reading],
    rows: Mapping[str, Sequence[Row]],
    wanted: Data,
) -> list[str]:
    """The text that says `wanted`, in pieces: what stands before the items, each item, and the rest."""
    base, mine, theirs = texts
    result = [_text3(None if base is None else base.text, mine.text, theirs.text)]
    for name, found in rows.items():
        cuts = [_cut(text, name) for text in texts]
        if cuts[1] is not None or cuts[2] is not None:
            result = _assembled(cuts, found, known=texts[0] is not None)
            break
    text = "".join(result)
    try:
        if splice.read(text) == wanted:
            return result
    except UsageError:
        text = theirs.text
    known = "" if base is None else base.text
    return [_with_remarks(spliced(text, wanted), known, mine.text, theirs.text)]


def _assembled(cuts: Sequence[_Cut | None], rows: Sequence[Row], *, known: bool) -> list[str]:
    canvas = cuts[2] or cuts[1]
    assert canvas is not None
    old, own, other = (each or _NOTHING for each in cuts)
    if cuts[1] is None or cuts[2] is None:
        own = other = canvas  # only one side has lines to take the rest from
    usual = Counter(part.gap for part in canvas.parts[:-1]).most_common(1)
    between = usual[0][0] if usual else "\n\n"
    result = [_text3(old.head if known else None, own.head, other.head)]
    for number, row in enumerate(rows):
        sides = [
            each.parts[n] if each and n is not None else None
            for each, n in zip(cuts, (row.base, row.mine, row.theirs), strict=True)
        ]
        raw, gap = _body(sides, row.value, canvas.column, same_column=own.column == other.column)
        end = canvas.end if number == len(rows) - 1 else gap or between
        result.append(raw + end)
    if not rows:
        result[0] = result[0].rstrip("\n") + " []\n"
    result.append(_text3(old.tail if known else None, own.tail, other.tail))
    return result


def _text3(base: str | None, mine: str, theirs: str) -> str:
    """Lines that belong to no item; where both changed the same ones, theirs with my comments."""
    if mine in (theirs, base):
        return theirs
    if base == theirs:
        return mine
    lines = None if base is None else joined(*map(_lines, (base, mine, theirs)))
    return _with_remarks(theirs, base or "", mine) if lines is None else "".join(lines)


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; only what ends a line in a file does so here."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _body(
    sides: Sequence[_Part | None], value: Data, column: int, *, same_column: bool
) -> tuple[str, str]:
    """The lines of one item, and the empty ones after it."""
    base, mine, theirs = sides
    own, other = mine or theirs, theirs or mine
    if own is None or other is None:
        body = spliced("", [value])
        return _indented(body.rstrip("\n"), column), ""
    taken: _Part | None = None
    if own.body == other.body or (base and base.body == own.body):
        taken = other
    elif base and base.body == other.body:
        taken = own
    if taken is None and base is not None:
        lines = joined(*(part.body.split("\n") for part in (base, own, other)))
        body = "\n".join(lines) if lines is not None else other.body
    else:
        body = (taken or other).body
    gap = (taken or other).gap
    if taken is not None and taken.data == value:
        whole = same_column or taken is theirs
        return taken.raw if whole else _indented(body, column), gap
    said = _said((body, other.body, own.body), value)
    said = _with_remarks(said, base.body if base else "", own.body, other.body)
    return _indented(said, column), gap


def _said(texts: Sequence[str], value: Data) -> str:
    """The first of these texts that can be made to say a value, else the value in new lines."""
    for text in dict.fromkeys(texts):
        try:
            return spliced(text + "\n", [value]).rstrip("\n")
        except UsageError:
            continue
    return spliced("", [value]).rstrip("\n")


# Comments: a value of theirs may take the place of mine, but what somebody remarked stays


def _with_remarks(text: str, base: str, *sides: str) -> str:
    """The text with the comments above it that a side wrote and that it would lose."""
    known = {line.strip() for line in _lines(f"{base}\n{text}")}
    lost = (
        remark
        for side in sides
        for remark in _remarks(side, known)
        if not any(line.endswith(remark) for line in known)
    )
    return "".join(f"{remark}\n" for remark in dict.fromkeys(lost)) + text


def _remarks(text: str, known: Collection[str]) -> Iterator[str]:
    """The comments in lines that are not known: what can go without the text saying anything else."""
    lines = _lines(text)
    for number, line in enumerate(lines):
        if "#" not in line or line.strip() in known:
            continue
        for found in re.finditer(r"(?:^|(?<=[ \t]))#", line):
            end = "\n" if line.endswith("\n") else ""
            without = [*lines[:number], line[: found.start()].rstrip() + end, *lines[number + 1 :]]
            if _same("".join(without), text):
                yield line[found.start() :].strip()
                break


def _same(one: str, other: str) -> bool:
    try:
        return splice.read(one) == splice.read(other)
    except UsageError:
        return False


def _cut(text: Reading | None, name: str) -> _Cut | None:
    items = text.data.get(name) if text is not None and isinstance(text.data, dict) else None
    found = text.cut((name,)) if text is not None and isinstance(items, list) else None
    if found is None or not isinstance(items, list):
        return None
    parts = []
    for chunk, item in zip(found.items, items, strict=True):
        raw = chunk.rstrip("\r\n \t")
        lines = raw.split("\n")
        body = "\n".join(
            line[found.column :] if not line[: found.column].strip() else line.lstrip()
            for line in lines
        )
        parts.append(_Part(body, raw, chunk[len(raw) :], item))
    end, parts[-1] = parts[-1].gap, replace(parts[-1], gap="")
    return _Cut(found.head, tuple(parts), end, found.tail, found.column)


def _indented(body: str, column: int) -> str:
    return "\n".join(" " * column + line if line else "" for line in body.split("\n"))


# A text made to say something


def spliced(text: str, wanted: Data) -> str:
    """The text with as few edits as it takes to say `wanted`."""
    now = splice.read(text)
    if now == wanted:
        return text
    if now is None:
        text, now = _begun(text, wanted)
    sets: list[tuple[Path, Data]] = []
    gone: list[Path] = []
    added: list[tuple[Path, Data]] = []
    _plan(now, wanted, (), sets, gone, added)
    try:
        result = splice.set_values(text, sets)
    except UsageError:  # two of them meet at one place: one after the other
        result = text
        for path, value in sets:
            result = splice.set_value(result, path, value)
    for path in sorted(gone, key=_depth_first, reverse=True):
        result = splice.remove_item(result, path)
    for path, value in added:
        result = splice.add_item(result, path, value)
    if splice.read(result) != wanted:
        raise UsageError("perubahan ini tidak dapat ditulis di sini. Ubah berkasnya langsung.")
    return result


def _begun(text: str, wanted: Data) -> tuple[str, Data]:
    """An empty file with the first of what it shall say."""
    if isinstance(wanted, list):
        made = splice.set_value("", ("x",), [*wanted[:1]])
        text = made.split("\n", 1)[1] if "\n" in made.rstrip("\n") else made[2:].strip()
        text = "\n".join(line.removeprefix("  ") for line in text.split("\n"))
    elif isinstance(wanted, dict) and wanted:
        key = next(iter(wanted))
        text = splice.set_value(text, (key,), wanted[key])
    return text, splice.read(text)


def _depth_first(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _plan(
    now: Data, wanted: Data, path: Path, sets: list[tuple[Path, Data]], gone: list[Path],
    added: list[tuple[Path, Data]],
) -> None:  # fmt: skip
    if now == wanted:
        return
    if isinstance(now, dict) and isinstance(wanted, dict) and now and wanted:
        for key, value in wanted.items():
            if key in now:
                _plan(now[key], value, (*path, key), sets, gone, added)
            else:
                sets.append(((*path, key), value))
        gone += [(*path, key) for key in now if key not in wanted]
        return
    if isinstance(now, list) and isinstance(wanted, list) and now and wanted:
        steps = _steps(now, wanted)
        if steps is not None:
            for old, new in steps:
                if new is None and old is not None:
                    gone.append((*path, old))
                elif old is None and new is not None:
                    added.append((path, wanted[new]))
                elif old is not None and new is not None:
                    _plan(now[old], wanted[new], (*path, old), sets, gone, added)
            return
    sets.append((path, wanted))


def _steps(now: list[Data], wanted: list[Data]) -> list[tuple[int | None, int | None]] | None:
    """Which items become which, which go and which come at the end; None where it is not so simple."""
    steps: list[tuple[int | None, int | None]] = []
    words = [dumped(v) for v in now], [dumped(v) for v in wanted]
    left = 0
    for code, i, j, k, m in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if code == "equal":
            left += j - i
            continue
        if code == "replace" and (j - i == m - k or j == len(now)):
            steps += [(i + n, k + n) for n in range(min(j - i, m - k))]
            left += min(j - i, m - k)
            steps += [(n, None) for n in range(i + m - k, j)]
            steps += [(None, n) for n in range(k + j - i, m)]
        elif code == "delete":
            steps += [(n, None) for n in range(i, j)]
        elif code == "insert" and i == len(now):
            steps += [(None, n) for n in range(k, m)]
        else:
            return None
    return steps if left else None


def lined(value: Data) -> str:
    """A value as lines that people read."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        return splice.written(value)
    try:
        return spliced("", value).strip("\n")
    except UsageError:
        return splice.written(value)


# The marks of git


def marked(mine: Sequence[str], theirs: Sequence[str], own: str, other: str) -> str:
    """Two texts as one, with the marks of git around every line that differs."""
    if len(mine) != len(theirs):
        mine, theirs = ["".join(mine)], ["".join(theirs)]
    return "".join(
        line
        for left, right in zip(mine, theirs, strict=True)
        for line in ([left] if left == right else _marked(left, right, own, other))
    )


def _marked(mine: str, theirs: str, own: str, other: str) -> Iterator[str]:
    left, right = (
        _lines(text if text.endswith("\n") or not text else text + "\n") for text in (mine, theirs)
    )
    for code, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if code == "equal":
            yield from left[i:j]
        else:
            yield f"<<<<<<< {own}\n"
            yield from left[i:j]
            yield "=======\n"
            yield from right[k:m]
            yield f">>>>>>> {other}\n"
