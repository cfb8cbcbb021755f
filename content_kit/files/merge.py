"""Two people's versions of a file brought together, per post and per field, over the version both began with.

What one side changed is taken; what both changed in the same way, too; what both changed
differently is a `Conflict` for a person to decide. Nothing is decided by the time of a file.
An item that one side removed and the other changed stays. The text comes from the sides' own
lines (`weave.py`): what nobody touched keeps its bytes and its comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from itertools import chain, count
from typing import Final, Literal, TypeAlias

from content_kit.files import splice
from content_kit.files.align import (
    POSTS,
    SETS,
    Triple,
    dumped,
    edited_in_place,
    joined,
    joined_set,
    key_of,
    matched,
    name_of,
    ordered,
)
from content_kit.files.ids import made_id
from content_kit.files.splice import Data, Reading
from content_kit.files.weave import Row, is_uniform, lined, marked, pieces
from content_kit.files.yaml import Map, Node, Seq
from content_kit.findings import Place


class Side(StrEnum):
    """Whose version of a place is taken; `BOTH` keeps two posts, mine under a new id."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class _No(Enum):
    ABSENT = "not written"
    UNKNOWN = "nobody knows whether it was written"


ABSENT: Final = _No.ABSENT
UNKNOWN: Final = _No.UNKNOWN
_Maybe: TypeAlias = "Data | Literal[_No.ABSENT, _No.UNKNOWN]"
_Written: TypeAlias = "Data | Literal[_No.ABSENT]"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both sides changed, each in its own way.

    `post` is the id of the post (of the service day or person, the file of the photo), "" for a
    field of the file itself; `field` is "" where the whole item is meant. None stands for
    "not there". `both` tells whether two posts can be kept.
    """

    post: str
    field: str
    base: str | None
    mine: str | None
    theirs: str | None
    place: Place = Place()
    about: str = ""
    both: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge. With conflicts the text holds theirs there until somebody decides."""

    text: str
    conflicts: tuple[Conflict, ...]
    base: str | None
    mine: str
    theirs: str
    file: str = ""
    kept: tuple[str, ...] = ()
    """Items that one side removed and that stay because the other changed them."""


def merge(base: str | None, mine: str, theirs: str, file: str = "") -> Merged:
    """Both versions as one. `base` is what both began with, None when nobody knows.

    Without a base every field that differs is a conflict and items of one side alone are kept.
    UsageError when one of the texts cannot be read.
    """
    return _merged(base, mine, theirs, file, {}, None)


def resolve(merged: Merged, choices: Mapping[str, Side]) -> str:
    """The text with a decision for every conflict, by the conflict's `name`."""
    for conflict in merged.conflicts:
        side = choices[conflict.name]
        assert side is not Side.BOTH or conflict.both
    return _merged(merged.base, merged.mine, merged.theirs, merged.file, choices, None).text


def with_markers(merged: Merged, mine: str = "OURS", theirs: str = "THEIRS") -> str:
    """The text with the marks of git around every place that still has to be decided."""
    if not merged.conflicts:
        return merged.text
    sides = (
        _work(merged.base, merged.mine, merged.theirs, {}, side)[1]
        for side in (Side.MINE, Side.THEIRS)
    )
    own, other = sides
    text = marked(own, other, mine, theirs)
    return text.replace("\n", "\r\n") if _crlf(merged.base, merged.mine, merged.theirs) else text


def _merged(
    base: str | None, mine: str, theirs: str, file: str, choices: Mapping[str, Side],
    force: Side | None,
) -> Merged:  # fmt: skip
    if mine in (theirs, base) or theirs == base:
        text = theirs if mine == base else mine
        return Merged(text, (), base, mine, theirs, file)
    work, parts = _work(base, mine, theirs, choices, force)
    text = "".join(parts)
    if _crlf(base, mine, theirs):
        text = text.replace("\n", "\r\n")
    found = tuple(
        replace(conflict, place=_place(work.root, at, file, conflict.field))
        for conflict, at in work.conflicts
    )
    return Merged(text, found, base, mine, theirs, file, tuple(work.kept))


def _work(
    base: str | None, mine: str, theirs: str, choices: Mapping[str, Side], force: Side | None
) -> tuple[_Merger, list[str]]:
    old, own, other = base, mine, theirs
    if _uniform(base, mine, theirs):
        old = old and old.replace("\r\n", "\n")
        own, other = own.replace("\r\n", "\n"), other.replace("\r\n", "\n")
    texts = (None if old is None else Reading(old), Reading(own), Reading(other))
    work = _Merger(choices, force)
    start: _Maybe = UNKNOWN if texts[0] is None else texts[0].data
    wanted = work.value(start, texts[1].data, texts[2].data, _At())
    assert not isinstance(wanted, _No)
    work.root = texts[2].root
    return work, pieces(texts, work.rows, wanted)


def _uniform(*texts: str | None) -> bool:
    return all(text is None or is_uniform(text) for text in texts)


def _crlf(base: str | None, mine: str, theirs: str) -> bool:
    """Whether the result gets the line ends of Windows: as whoever changed them, else as theirs."""
    if not _uniform(base, mine, theirs):
        return False
    ends = [None if t is None else "\r\n" in t for t in (base, mine, theirs)]
    changed_by_me = ends[2] == ends[0]
    return bool(ends[1] if changed_by_me or base is None else ends[2])


@dataclass(frozen=True, slots=True)
class _At:
    """A place: the item, the words that lead to it from there, and the way to it in theirs."""

    item: str = ""
    words: tuple[str, ...] = ()
    way: splice.Path = ()
    about: str = ""
    post: bool = False

    def into(self, word: str, step: str | int) -> _At:
        return replace(self, words=(*self.words, word), way=(*self.way, step))


@dataclass
class _Merger:
    """Brings values together and notes what could not be."""

    choices: Mapping[str, Side]
    force: Side | None
    conflicts: list[tuple[Conflict, splice.Path]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    root: Node | None = None
    _names: set[str] = field(default_factory=set)

    def value(self, base: _Maybe, mine: _Written, theirs: _Written, at: _At) -> _Written:
        if mine == theirs:
            return theirs
        if base == mine:
            return theirs
        if base == theirs:
            return mine
        if isinstance(mine, dict) and isinstance(theirs, dict):
            return self._table(base, mine, theirs, at)
        if isinstance(mine, list) and isinstance(theirs, list):
            return self._list(base, mine, theirs, at)
        return self._conflict(base, mine, theirs, at)

    def _table(
        self, base: _Maybe, mine: dict[str, Data], theirs: dict[str, Data], at: _At
    ) -> dict[str, Data]:
        missing: _Maybe = UNKNOWN if base is UNKNOWN else ABSENT
        old = base if isinstance(base, dict) else {}
        result: dict[str, Data] = {}
        for key in dict.fromkeys((*theirs, *mine)):
            was = old.get(key, missing)
            found = self.value(
                was, mine.get(key, ABSENT), theirs.get(key, ABSENT), at.into(key, key)
            )
            if not isinstance(found, _No):
                result[key] = found
        return result

    def _list(self, base: _Maybe, mine: list[Data], theirs: list[Data], at: _At) -> _Written:
        name = at.words[-1] if at.words else ""
        old = base if isinstance(base, list) else []
        if key := key_of(name, (old, mine, theirs)):
            return self._items(None if base is UNKNOWN else old, mine, theirs, at, key)
        if base is UNKNOWN:
            if len(mine) == len(theirs) and name not in SETS:
                return self._each([UNKNOWN] * len(mine), mine, theirs, at)
            return self._conflict(base, mine, theirs, at)
        if name in SETS and all(len({*map(dumped, v)}) == len(v) for v in (old, mine, theirs)):
            return joined_set(old, mine, theirs)
        words = joined(*([dumped(v) for v in items] for items in (old, mine, theirs)))
        if words is not None:
            values = {dumped(v): v for v in (*old, *mine, *theirs)}
            return [values[word] for word in words]
        if edited_in_place(old, mine) and edited_in_place(old, theirs):
            return self._each(old, mine, theirs, at)
        return self._conflict(base, mine, theirs, at)

    def _each(
        self, base: Sequence[_Maybe], mine: list[Data], theirs: list[Data], at: _At
    ) -> list[Data]:
        result: list[Data] = []
        for n, (old, own, other) in enumerate(zip(base, mine, theirs, strict=True)):
            found = self.value(old, own, other, at.into(str(n + 1), n))
            assert not isinstance(found, _No)
            result.append(found)
        return result

    # Items with a name

    def _items(
        self, base: list[Data] | None, mine: list[Data], theirs: list[Data], at: _At, key: str
    ) -> list[Data]:
        sides = (base or [], mine, theirs)
        top = not at.item and len(at.words) == 1
        post = top and at.words[0] == POSTS
        rows: dict[Triple, Row] = {}
        for triple in matched(base, mine, theirs, key):
            versions: list[_Written] = [
                ABSENT if n is None else items[n] for n, items in zip(triple, sides, strict=True)
            ]
            row = self._item(base is None, triple, versions, at, key, top=top, post=post)
            if row is not None:
                rows[triple] = row
        old, own, other = ([*_in_order(rows, n)] for n in range(3))
        order = ordered(old, own, other, rows, lambda triple: rows[triple].rank)
        result = []
        for triple in order:
            result.append(rows[triple])
            twin = rows[triple].twin
            if twin is not None:
                taken = {name_of(item, key) for items in sides for item in items}
                result.append(Row(None, triple[1], None, _renamed(twin, taken)))
        if top:
            self.rows[at.words[0]] = result
        return [row.value for row in result]

    def _item(
        self, unknown: bool, triple: Triple, versions: list[_Written], at: _At, key: str, *,
        top: bool, post: bool,
    ) -> Row | None:  # fmt: skip
        base, mine, theirs = versions
        known = next(v for v in (theirs, mine, base) if not isinstance(v, _No))
        name = name_of(known, key) or _spoken(known)
        step = -1 if triple[2] is None else triple[2]
        here = at.into(name, step)
        if top:
            here = replace(here, item=name, words=(), about=_about(versions), post=post)
        if mine is ABSENT or theirs is ABSENT:
            left = theirs if mine is ABSENT else mine
            if isinstance(left, _No) or left == base:
                return None
            if base is not ABSENT:
                self.kept.append(_named(here))
            return Row(*triple, left)
        if key == "id" and (isinstance(base, _No) or not name_of(base, "id")):
            mine, theirs = _same_id(mine, theirs)
        was: _Maybe = UNKNOWN if unknown else base
        start = len(self.conflicts)
        if was is ABSENT and mine != theirs:
            value = self._conflict(was, mine, theirs, here)  # two things under one name
        else:
            value = self.value(was, mine, theirs, here)
        if isinstance(value, _No):
            return None
        twin: Data = None
        chosen = [self.choices.get(conflict.name) for conflict, _ in self.conflicts[start:]]
        if Side.BOTH in chosen and not self.force:
            value = self._forced(Side.THEIRS, was, mine, theirs, here)
            twin = self._forced(Side.MINE, was, mine, theirs, here)
        return Row(*triple, value, twin)

    def _forced(self, side: Side, base: _Maybe, mine: _Written, theirs: _Written, at: _At) -> Data:
        if base is ABSENT:
            value = mine if side is Side.MINE else theirs
        else:
            value = _Merger({}, side).value(base, mine, theirs, at)
        assert not isinstance(value, _No)
        return value

    def _conflict(self, base: _Maybe, mine: _Written, theirs: _Written, at: _At) -> _Written:
        plain = _named(at)
        more = (f"{plain}#{number}" for number in count(2))
        name = next(name for name in chain([plain], more) if name not in self._names)
        self._names.add(name)
        conflict = Conflict(
            at.item, ".".join(at.words), _words(base), _words(mine), _words(theirs),
            about=at.about, both=at.post, name=name,
        )  # fmt: skip
        self.conflicts.append((conflict, at.way))
        side = self.force or self.choices.get(name)
        if side is Side.MINE:
            return mine
        # Until somebody decides, what is there stays before what is not.
        return mine if theirs is ABSENT and side is None else theirs


def _in_order(rows: Iterable[Triple], side: int) -> list[Triple]:
    found = ((number, triple) for triple in rows if (number := triple[side]) is not None)
    return [triple for _, triple in sorted(found, key=lambda pair: pair[0])]


def _same_id(mine: _Written, theirs: _Written) -> tuple[_Written, _Written]:
    """One post that two computers gave an id each: the first of the two in the alphabet stays."""
    if not (isinstance(mine, dict) and isinstance(theirs, dict)):
        return mine, theirs
    own, other = name_of(mine, "id"), name_of(theirs, "id")
    if own == other:
        return mine, theirs
    id = min(word for word in (own, other) if word)
    return {**mine, "id": id}, {**theirs, "id": id}


def _renamed(item: Data, taken: set[str]) -> Data:
    """A post under an id of its own, the same on every computer."""
    assert isinstance(item, dict)
    made = (made_id(f"{dumped(item)} {n}") for n in count())
    return {"id": next(id for id in made if id not in taken), **_but_id(item)}


def _but_id(item: dict[str, Data]) -> dict[str, Data]:
    return {key: value for key, value in item.items() if key != "id"}


def _named(at: _At) -> str:
    return ".".join(word for word in (at.item, *at.words) if word)


def _spoken(item: Data) -> str:
    """What an item without a name is called."""
    words = (name_of(item, key) for key in ("tanggal", "jam", "model"))
    return " ".join(word for word in words if word) or "?"


def _about(versions: Sequence[_Written]) -> str:
    """What people know an item by: its day and its title, theirs before mine."""
    found = []
    for keys in (("tanggal",), ("judul", "nama")):
        words = (
            name_of(part, key)
            for item in reversed(versions)
            for part in _parts(item)
            for key in keys
        )
        found.append(next((word for word in words if word), ""))
    return " · ".join(word for word in found if word)


def _parts(item: _Written) -> Iterator[Data]:
    if isinstance(item, dict):
        yield item.get("isi")
        yield item


def _words(value: _Maybe) -> str | None:
    """A value as people read it: a text as it is, anything else as the lines of a file."""
    if isinstance(value, _No):
        return None
    return value if isinstance(value, str) else lined(value)


def _place(node: Node | None, way: splice.Path, file: str, name: str) -> Place:
    for step in way:
        if isinstance(node, Map) and isinstance(step, str):
            inner = node.get(step)
        elif isinstance(node, Seq) and isinstance(step, int) and 0 <= step < len(node.items):
            inner = node.items[step]
        else:
            inner = None
        if inner is None:
            break
        node = inner
    at = node.place if node is not None else Place(file, 1, 1)
    return replace(at, file=file, field=name)
