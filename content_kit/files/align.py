"""Three versions of a list brought together: which items are the same, in what order, and who changed what."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

from content_kit.files.splice import Data

T = TypeVar("T", bound=Hashable)
K = TypeVar("K", bound=Hashable)

Triple = tuple[int | None, int | None, int | None]
"""The numbers of one item in the base, in mine and in theirs; None where it is not."""

POSTS: Final = "postingan"
KEYS: Final = ("id", "berkas", "tanggal")
"""What names an item of our lists: posts, service days and people, photos, changes and holidays."""

SETS: Final = frozenset(
    {"kanal", "sasaran", "layanan", "bawa", "tagar", "unit", "menunggu", "logo", "diposting"}
)
"""Lists whose order means nothing: what one side adds and the other removes is both done."""


def dumped(value: object) -> str:
    """A value as a word that equals another's only where the values do."""
    return json.dumps(value, sort_keys=True)


def key_of(name: str, lists: Iterable[Sequence[Data]]) -> str:
    """The key that names every item in each of these versions of a list; "" where none does."""
    versions = [items for items in lists if items]
    if not versions or not all(isinstance(item, dict) for items in versions for item in items):
        return ""
    if name == POSTS:
        return "id"  # a post may wait for its id, and a copied one may have another's
    for key in KEYS:
        words = [[name_of(item, key) for item in items] for items in versions]
        if all(all(found) and len(set(found)) == len(found) for found in words):
            return key
    return ""


def name_of(item: Data, key: str) -> str:
    """What an item says under a key, "" when it says nothing there."""
    word = item.get(key) if isinstance(item, dict) else None
    return word.strip() if isinstance(word, str) else ""


def matched(
    base: Sequence[Data] | None, mine: Sequence[Data], theirs: Sequence[Data], key: str
) -> list[Triple]:
    """Which items are the same one: by their name, or where one has none, by what they say.

    `base` is None where nobody knows it.
    """
    old = list(base or ())
    in_mine, in_theirs = _partners(old, mine, key), _partners(old, theirs, key)
    rows: list[Triple] = [
        (number, in_mine.get(number), in_theirs.get(number)) for number in range(len(old))
    ]
    rest_mine = [n for n in range(len(mine)) if n not in in_mine.values()]
    rest_theirs = [n for n in range(len(theirs)) if n not in in_theirs.values()]
    both = _partners(mine, theirs, key, rest_mine, rest_theirs, strict=base is not None)
    rows += [(None, n, both.get(n)) for n in rest_mine]
    rows += [(None, None, n) for n in rest_theirs if n not in both.values()]
    return rows


def _partners(
    left: Sequence[Data],
    right: Sequence[Data],
    key: str,
    of_left: Iterable[int] | None = None,
    of_right: Iterable[int] | None = None,
    *,
    strict: bool = False,
) -> dict[int, int]:
    """For each item at the left the number of the same one at the right.

    `strict` takes items without a name for the same only when they say the same.
    """
    lefts = list(range(len(left)) if of_left is None else of_left)
    rights = list(range(len(right)) if of_right is None else of_right)
    found: dict[int, int] = {}
    names: list[Callable[[Data], str]] = [lambda item: name_of(item, key)]
    if key == "id":
        # Two computers may have given one post two ids, so an id alone does not tell them apart.
        names.append(lambda item: dumped(_without(item, key)))
        if not strict:
            names.append(_slot)
    for number, name in enumerate(names):
        waiting: dict[str, list[int]] = defaultdict(list)
        for n in rights:
            if word := name(right[n]):
                waiting[word].append(n)
        for n in lefts:
            there = waiting.get(name(left[n]))
            if there and (
                not number
                or not name_of(left[n], key)
                or not name_of(right[there[0]], key)
                or (number == 1 and of_left is not None)
            ):
                found[n] = there.pop(0)
        taken = set(found.values())
        lefts = [n for n in lefts if n not in found]
        rights = [n for n in rights if n not in taken]
    return found


def _without(item: Data, key: str) -> Data:
    return {k: v for k, v in item.items() if k != key} if isinstance(item, dict) else item


def _slot(item: Data) -> str:
    """When and with which template a post goes out: what a post without an id is known by."""
    words = [name_of(item, key) for key in ("tanggal", "jam", "model")]
    return "\0".join(words) if any(words) else ""


def ordered(
    base: Sequence[K],
    mine: Sequence[K],
    theirs: Sequence[K],
    keep: Collection[K],
    rank: Callable[[K], str],
) -> list[K]:
    """What is kept, each after the one it stood behind on its own side.

    Where both sides added something at one place, `rank` says which comes first.
    """
    kept = set(keep)
    own = [key for key in mine if key in kept]
    other = [key for key in theirs if key in kept]
    shared = set(base) & set(own) & set(other)

    def order(keys: Sequence[K]) -> list[K]:
        return [key for key in keys if key in shared]

    moved_by_me = order(other) == order(base) != order(own)
    spine, more = (own, other) if moved_by_me else (other, own)
    result, placed, known = list(spine), set(spine), set(more)
    before: K | None = None
    for key in more:
        if key not in placed:
            at = 0 if before is None else result.index(before) + 1
            while at < len(result) and result[at] not in known and rank(result[at]) < rank(key):
                at += 1
            result.insert(at, key)
            placed.add(key)
        before = key
    return result


def joined_set(base: Sequence[Data], mine: Sequence[Data], theirs: Sequence[Data]) -> list[Data]:
    """A list without an order of meaning, with what either side added and without what it removed."""
    values: Mapping[str, Data] = {dumped(v): v for v in (*base, *mine, *theirs)}
    old, own, other = ([dumped(v) for v in items] for items in (base, mine, theirs))
    keep = {
        word for word in values
        if (word in own and word in other) or (word not in old and (word in own or word in other))
    }  # fmt: skip
    return [values[word] for word in ordered(old, own, other, keep, str)]


def joined(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> list[T] | None:
    """A sequence with the changes of both sides; None where they changed the same place."""
    hunks = sorted({*_hunks(base, mine, 0), *_hunks(base, theirs, 1)})
    result: list[T] = []
    at, before = 0, (-1, -1, "")
    for start, end, side, first, last in hunks:
        new = (mine, theirs)[side][first:last]
        this = (start, end, repr(new))
        if this == before:
            continue  # both did the same
        if start < at or (start, start) == before[:2] == (end, end):
            return None
        result += [*base[at:start], *new]
        at, before = end, this
    return [*result, *base[at:]]


def edited_in_place(base: Sequence[Data], side: Sequence[Data]) -> bool:
    """Whether items were only changed where they stand: none added, removed or moved."""
    return all(
        end - start == last - first for start, end, _, first, last in _hunks_of(base, side, 0)
    )


def _hunks_of(
    base: Sequence[Data], side: Sequence[Data], number: int
) -> list[tuple[int, int, int, int, int]]:
    return _hunks([dumped(v) for v in base], [dumped(v) for v in side], number)


def _hunks(
    base: Sequence[T], side: Sequence[T], number: int
) -> list[tuple[int, int, int, int, int]]:
    """Where a side differs: from and to in the base, the side's number, from and to in it."""
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [(i, j, number, k, m) for code, i, j, k, m in codes if code != "equal"]
