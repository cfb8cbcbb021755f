"""Brings pages that somebody works on onto what others saved meanwhile: per post and per field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import save, splice
from content_kit.files.copies import remember_base
from content_kit.files.merge import Merged, merge

JOINED: Final = "Digabung dengan perubahan orang lain."

_POSTS: Final = ("postingan",)


class Unmerged(save.EditConflict):
    """Others changed the same places: nothing was saved, and a person has to decide.

    `merges` are the files with a decision to make, `clean` the new texts of all others with the
    text each was made from, and `copies` where each file's edit lies until somebody decides.
    """

    def __init__(
        self,
        message: str,
        merges: Mapping[Path, Merged],
        clean: Mapping[Path, tuple[str, str]],
        copies: Mapping[Path, Path],
    ) -> None:
        super().__init__(message, next(iter(copies.values()), None))
        self.merges = merges
        self.clean = clean
        self.copies = copies


@dataclass
class Together:
    """Pages as they stand on the files of this moment.

    `read` and `texts` are like those of `Pages`, for the files that moved on; `refused` says
    why a file cannot be merged at all.
    """

    read: dict[Path, save.Version] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)
    merges: dict[Path, Merged] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)
    notes: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def undecided(self) -> dict[Path, Merged]:
        """The merges that a person has to finish."""
        return {path: merged for path, merged in self.merges.items() if merged.conflicts}


def together(read: Mapping[Path, save.Version], texts: Mapping[Path, str]) -> Together:
    """What was read and what it became, on the files as they are now."""
    result = Together()
    for path, text in texts.items():
        if text == read[path].text:
            continue
        now = save.read(path)
        if now.text == read[path].text:
            continue
        try:
            merged = merge(read[path].text, text, now.text, path.name)
        except UsageError as error:
            result.refused[path] = str(error)
            continue
        result.read[path], result.texts[path], result.merges[path] = now, merged.text, merged
        result.notes.append((path, JOINED))
    if not result.undecided and not result.refused:
        for path, merged in list(result.merges.items()):
            for id in merged.kept:
                _follow(path, merged, id, texts, read, result)
    return result


def kept_beside(path: Path, seen: save.Version, text: str) -> save.EditConflict:
    """Keep an edit beside the file that moved on; the conflict that says where."""
    try:
        save.edit(path, lambda _: text, "")  # no file has this version: it is never overwritten
    except save.EditConflict as conflict:
        if conflict.kept is not None:
            remember_base(conflict.kept, seen.text)
        return conflict
    raise AssertionError("a file had the version of none")


def _follow(
    path: Path, merged: Merged, id: str, texts: Mapping[Path, str],
    read: Mapping[Path, save.Version], result: Together,
) -> None:  # fmt: skip
    """A post that one side moved to another month and the other changed stays one post.

    The change goes along to its new file. Where that cannot be, it stays in both and is told.
    """
    said = f"postingan {id} diubah orang lain, jadi tidak dihapus."
    old, own, other = (_lines(text or "", id) for text in (merged.base, merged.mine, merged.theirs))
    if old is None:
        return
    for home, now in _elsewhere(path, texts, result):
        there = _lines(now.text, id)
        mine = _lines(result.texts.get(home, texts.get(home, now.text)), id)
        if own is None and mine is not None and there is None:
            three = [old, mine, other or []]  # I moved it, they changed it where it was
        elif other is None and there is not None and home not in texts:
            three = [old, own or [], there]  # they moved it, I changed it where it was
        else:
            continue
        try:
            one = merge(*("\n".join(["postingan:", *lines, ""]) for lines in three))
            if one.conflicts:
                break
            text = result.texts.get(home, texts.get(home, now.text))
            text = _replaced(text, id, _lines(one.text, id) or [])
            number = splice.number_of(result.texts[path], _POSTS, "id", id)
            _, rest = splice.lift_item(result.texts[path], (*_POSTS, number))
        except UsageError:
            break
        result.texts[home], result.texts[path] = text, rest
        result.read.setdefault(home, read.get(home, now))
        return
    result.notes.append((path, said))


def _elsewhere(
    path: Path, texts: Mapping[Path, str], result: Together
) -> Iterator[tuple[Path, save.Version]]:
    """The other month files of a unit, mine first."""
    beside = sorted(path.parent.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].yaml"))
    for home in dict.fromkeys([*(p for p in texts if p.parent == path.parent), *beside]):
        if home != path:
            yield home, result.read.get(home) or save.read(home)


def _lines(text: str, id: str) -> list[str] | None:
    """A post's own lines; None when it is not in this text."""
    try:
        number = splice.number_of(text, _POSTS, "id", id)
        return splice.lift_item(text, (*_POSTS, number))[0] if number >= 0 else None
    except UsageError:
        return None


def _replaced(text: str, id: str, lines: list[str]) -> str:
    number = splice.number_of(text, _POSTS, "id", id)
    _, rest = splice.lift_item(text, (*_POSTS, number))
    return splice.add_written(rest, _POSTS, lines)
