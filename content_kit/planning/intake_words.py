"""The words of the screens in a month sheet: names of channels, templates, groups and people as codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from content_kit.files.safe_text import normal
from content_kit.files.templates import load_template
from content_kit.model import Audience, Bidang, Pillar
from content_kit.planning.intake_rows import Line, Work

_MANY: Final = frozenset({"kanal", "sasaran"})
"""Columns whose cells hold several words."""
_APART: Final = re.compile(r"[,;\n]")


_AUDIENCE: Final = {word.value: word.label for word in Audience}
_SHORT: Final = {"wa": "whatsapp", "fb": "facebook", "ig": "instagram", "story": "cerita"}
"""How people shorten the names of channels."""


def name_audience(line: Line) -> None:
    """The audience of a row by its codes: "Balita, ibu hamil" is balita_apras, bumil_nifas_busui."""
    if said := line.text("sasaran"):
        line.filled["sasaran"] = _coded(said, _AUDIENCE, "sasaran")


class ScreenWords:
    """What people read for each code of a workspace, by column."""

    def __init__(self, work: Work) -> None:
        titles = {}
        for name in work.workspace.template_names():
            template, _ = load_template(work.workspace, name)
            if template is not None:
                titles[name] = template.title
        self._names: Mapping[str, Mapping[str, str]] = {
            "kanal": {id: channel.name for id, channel in work.channels.items()},
            "model": titles,
            "petugas": {id: person.name for id, person in work.loaded.people.items()},
            "sasaran": _AUDIENCE,
            "jenis": {word.value: word.label for word in Pillar},
            "bidang": {word.value: word.label for word in Bidang},
        }

    def translate(self, lines: Iterable[Line]) -> None:
        """Let each row say codes where it says names; what is neither stays, to be told."""
        for line in lines:
            for column, names in self._names.items():
                said = line.text(column)  # codes and full titles are understood by then
                if said and column not in line.filled:
                    coded = _coded(said, names, column)
                    if coded != said:
                        line.filled[column] = line.columns[column][1].canon(coded)


def _coded(said: str, names: Mapping[str, str], column: str) -> str:
    same = [code for code, name in names.items() if _plain(name) == _plain(said)]
    if said in names or column == "petugas":  # of a name, a part may be somebody else
        return same[0] if len(same) == 1 and said not in names else said
    if column not in _MANY:
        return same[0] if len(same) == 1 else _meant(said, names)
    words = [word.strip() for word in _APART.split(said) if word.strip()]
    if all(word in names for word in words):
        return said
    for code, name in names.items():  # "Ibu hamil, nifas, dan menyusui" is one of them
        said = re.sub(re.escape(name), code, said, flags=re.IGNORECASE)
    found = (_meant(word.strip(), names) for word in _APART.split(said) if word.strip())
    return ", ".join(dict.fromkeys(found))


def _meant(word: str, names: Mapping[str, str]) -> str:
    """The code of a word: its own, that of its name, or of the one name that it is a part of."""
    asked = _plain(word)
    if asked in names:
        return asked
    same = [code for code, name in names.items() if _told(name) == _told(word)]
    part = [
        code
        for code, name in names.items()
        if _begins(asked, _plain(name)) or _begins(asked, code.replace("_", " "))
    ]
    found = same or part
    return found[0] if len(found) == 1 else word


def _begins(asked: str, name: str) -> bool:
    """Whether the words asked for stand in a name, one after the other, from the start of a word."""
    return bool(asked) and f" {asked}" in f" {name}"


def _plain(text: str) -> str:
    return " ".join(normal(text).casefold().split())


def _told(text: str) -> list[str]:
    """The words of a name in any order, long: "WA Status" is Status WhatsApp."""
    return sorted(_SHORT.get(word, word) for word in _plain(text).replace("-", " ").split())
