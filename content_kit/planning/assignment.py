"""One field of a draft as somebody types it after a command: `isi.judul=Ayo datang`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.templates import FieldSpec
from content_kit.findings import clipped, nearest
from content_kit.planning.draft import KEYS, LISTS, Draft

_EXAMPLES: Final = {
    "isi": 'isi.judul="Ayo datang"',
    "acara": "acara.hari_buka=bulanan acara.tanggal=2026-12-08",
    "sumber": 'sumber.1.nama="Buku KIA"',
}


def assigned(draft: Draft, words: str, fields: Sequence[FieldSpec]) -> Draft:
    """The draft after `isi.judul=Ayo datang`; lists take words with commas, "" takes away.

    Items of a list are counted from 1, as everywhere that people read. UsageError with the
    nearest name when there is no such field.
    """
    path, equals, value = words.partition("=")
    path = _from_zero(path.strip())
    head, _, rest = path.partition(".")
    if not equals or not path:
        raise UsageError(f'"{clipped(words)}": tulis isian=nilai, misalnya isi.judul="Ayo datang".')
    if head == "id" or head not in KEYS:
        raise UsageError(f'Isian "{clipped(head)}" tidak ada. {nearest(head, KEYS[1:])}'.strip())
    if head == "isi" and rest:
        name = rest.partition(".")[0]
        names = [spec.name for spec in fields]
        if name not in names and not draft.get(f"isi.{name}"):
            raise UsageError(
                f'Model ini tidak punya isian "{clipped(name)}". {nearest(name, names)}'.strip()
            )
    plain_list = head in LISTS and not rest
    if plain_list or _is_list(rest, fields if head == "isi" else ()):
        return draft.put(path, tuple(part for part in re.split(r"\s*,\s*", value.strip()) if part))
    if not rest and (head == "isi" or (head in _EXAMPLES and value.strip())):
        raise UsageError(f'"{head}" terdiri atas beberapa isian. Tulis misalnya {_EXAMPLES[head]}.')
    return draft.put(path, value)


def _from_zero(path: str) -> str:
    """A path that counts from 1 as a draft counts."""
    steps = path.split(".")
    for at, step in enumerate(steps):
        if step.isascii() and step.isdecimal() and at:
            if int(step) == 0:
                raise UsageError(
                    f'"{clipped(path)}": butir daftar dihitung dari 1, bukan dari 0. '
                    f"Yang pertama: {'.'.join((*steps[:at], '1', *steps[at + 1 :]))}."
                )
            steps[at] = str(int(step) - 1)
    return ".".join(steps)


def _is_list(rest: str, fields: Iterable[FieldSpec]) -> bool:
    """Whether a path below `isi` is a whole list of plain texts."""
    return any(spec.name == rest and spec.type == "list" and not spec.items for spec in fields)
