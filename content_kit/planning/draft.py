"""A post while it is edited, as a value: what its file says, what a person wants, and how two edits meet.

`draft_text` writes it. Only what differs from the draft that somebody began with is written, so
a file that moved on meanwhile keeps what others wrote in it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.ids import random_id
from content_kit.files.safe_text import normal, one_line, says
from content_kit.files.templates import FieldSpec, Template
from content_kit.model import FieldValue, Pillar, Post, Source
from content_kit.planning.library import Entry
from content_kit.schedule.dates import clock

KEYS: Final = (
    "id", "tanggal", "jam", "jenis", "bidang", "sasaran", "model", "kanal", "acara", "petugas",
    "pustaka", "menunggu", "sumber", "tagar", "teks_alt", "palet", "isi",
)  # fmt: skip
"""Every key of a post, in the order in which a new one is written."""

LISTS: Final = frozenset({"sasaran", "kanal", "tagar", "menunggu"})
"""The keys that hold a short list of words."""

MOMENT: Final = ("tanggal", "jam", "jenis", "model")
"""The keys without which nothing can be read as a post."""

EMPTY: Final[tuple[FieldValue, ...]] = ("", (), {})


HOUR: Final = time(16)
"""When a new post goes out until somebody says otherwise: after the day's work."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a post shall say: `values` by key of the file, empty ones left out.

    `spare` keeps texts that the chosen template has no field for, until one has it again.
    """

    unit: str
    id: str
    values: Mapping[str, FieldValue] = field(default_factory=dict, hash=False)
    spare: Mapping[str, FieldValue] = field(default_factory=dict, hash=False, compare=False)

    def get(self, path: str) -> FieldValue:
        """The value at a path such as "isi.langkah.0.judul"; "" where there is none."""
        found: FieldValue = self.values
        for step in path.split("."):
            if isinstance(found, Mapping):
                found = found.get(step, "")
            elif not isinstance(found, str) and step.isdecimal() and int(step) < len(found):
                found = found[int(step)]
            else:
                return ""
        return found

    def text(self, path: str) -> str:
        """The text at a path, "" where there is none or something else."""
        found = self.get(path)
        return found if isinstance(found, str) else ""

    def items(self, path: str) -> tuple[FieldValue, ...]:
        """The list at a path; a single text counts as a list of one."""
        found = self.get(path)
        if isinstance(found, str):
            return (found,) if found else ()
        return () if isinstance(found, Mapping) else tuple(found)

    def put(self, path: str, value: FieldValue) -> Draft:
        """The draft with one value set; an empty value takes the field away."""
        new = _put(self.values, path.split("."), cleaned(value))
        return replace(self, values=new if isinstance(new, Mapping) else {})

    def day(self) -> date | None:
        """The day it goes out, None while that is not readable."""
        try:
            return date.fromisoformat(self.text("tanggal"))
        except ValueError:
            return None


def cleaned(value: FieldValue) -> FieldValue:
    """A value as reading it back gives it: no spaces around, no pasted fancy letters, no empty fields."""
    if isinstance(value, str):
        return normal(value.strip()).strip()
    if isinstance(value, Mapping):
        return _given({key: cleaned(inner) for key, inner in value.items()})
    return tuple(cleaned(inner) for inner in value)


def tidy(draft: Draft) -> Draft:
    """The draft as it is saved: without list items that nobody filled in, nor sources without a name.

    Who says a thing and who read it are names: on one line, as they are read back.
    """
    values = {key: _tidied(value) for key, value in draft.values.items()}
    sources = map(_named, map(_table, draft.items("sumber")))
    values["sumber"] = tuple(source for source in sources if source.get("nama"))
    return replace(draft, values=_given(values))


def of_post(post: Post) -> Draft:
    """The draft of a post as its file has it."""
    values: dict[str, FieldValue] = {
        "tanggal": post.date.isoformat(),
        "jam": clock(post.time),
        "jenis": post.pillar.value,
        "bidang": post.bidang.value if "bidang" in post.places or not post.places else "",
        "sasaran": tuple(word.value for word in post.audience),
        "model": post.template,
        # What the office says need not be said again by each post.
        "kanal": post.channels if "kanal" in post.places or not post.places else (),
        "petugas": post.duty,
        "pustaka": post.entry,
        "menunggu": post.waiting,
        "sumber": tuple(map(_source, post.sources)),
        "tagar": post.hashtags,
        "teks_alt": post.alt_text,
        "palet": post.palette,
        "isi": cleaned(post.fields),
    }
    if post.occurrence is not None:
        values["acara"] = {
            "hari_buka": post.occurrence.service_day,
            "tanggal": post.occurrence.date.isoformat(),
        }
    return Draft(post.unit, post.id, _given(values))


def blank(unit: str, day: date, taken: Iterable[str], chance: random.Random) -> Draft:
    """A new post for a day, with an id that nobody has; its words are still to come."""
    id = random_id(chance, set(taken))
    values = {
        "tanggal": day.isoformat(),
        "jam": clock(HOUR),
        "jenis": Pillar.EDUKASI.value,
        "model": "edukasi-langkah",
    }
    return Draft(unit, id, values)


def of_entry(draft: Draft, entry: Entry) -> Draft:
    """The draft with the words of a library entry; day, hour, channels and person stay."""
    taken: dict[str, FieldValue] = {
        "jenis": entry.pillar.value,
        "bidang": entry.bidang.value,
        "sasaran": tuple(word.value for word in entry.audience),
        "model": entry.template,
        "pustaka": entry.id,
        "menunggu": tuple(dict.fromkeys(gap.field.partition(".")[0] for gap in entry.waiting)),
        "sumber": tuple(map(_source, entry.sources)),
        "tagar": entry.hashtags,
        "isi": cleaned(entry.values()),
    }
    return replace(draft, values=_given({**draft.values, **taken}))


def with_template(
    draft: Draft, template: Template, before: Template | None
) -> tuple[Draft, tuple[str, ...]]:
    """The draft for another template, and the labels of the texts that were put aside.

    A text stays where a field of its name and kind is; what was put aside earlier comes back. The
    kind of content goes along, unless somebody had chosen another than the old template's.
    """
    known = {spec.name: spec for spec in before.fields} if before else {}
    there = dict(_table(draft.values.get("isi")))
    spare = dict(draft.spare)
    wanted = {spec.name: spec for spec in template.fields}
    kept: dict[str, FieldValue] = {}
    aside: list[str] = []
    for name, value in there.items():
        if name in wanted and _fits(value, wanted[name]):
            kept[name] = value
        else:
            spare[name] = value
            aside.append(known[name].label if name in known else name)
    for name, spec in wanted.items():
        if name not in kept and name in spare and _fits(spare[name], spec):
            kept[name] = spare.pop(name)
    ordered = {name: kept[name] for name in wanted if name in kept}
    values = _given({**draft.values, "model": template.name, "isi": ordered})
    usual = before.pillar.value if before and before.pillar else ""
    if template.pillar is not None and values.get("jenis", usual) == usual:
        values["jenis"] = template.pillar.value
    return replace(draft, values=values, spare=spare), tuple(aside)


def rearranged(
    draft: Draft, path: str, number: int, what: str, *, named: bool
) -> tuple[Draft, int]:
    """The draft with an item of a list added, removed, or moved "up" or "down", and where it is now.

    A new item comes last; `named` tells items with fields of their own from plain texts.
    """
    items = list(draft.items(path))
    if what == "add":
        fresh: FieldValue = {} if named else ""
        return _with_items(draft, path, [*items, fresh]), len(items)
    if not 0 <= number < len(items):
        return draft, number
    if what == "remove":
        del items[number]
        return _with_items(draft, path, items), min(number, len(items) - 1)
    there = number + (-1 if what == "up" else 1)
    if not 0 <= there < len(items):
        return draft, number
    items[number], items[there] = items[there], items[number]
    return _with_items(draft, path, items), there


def _with_items(draft: Draft, path: str, items: Sequence[FieldValue]) -> Draft:
    return draft.put(path, tuple(items))


def filled(draft: Draft, fields: Iterable[FieldSpec]) -> dict[str, FieldValue]:
    """The values with every empty field of the template written down, so that findings have a place."""
    values = dict(draft.values)
    values["isi"] = _filled(_table(values.get("isi")), fields)
    for key in ("sumber", "tagar"):
        values.setdefault(key, ())
    return values


# Two who edit the same post


def changed(before: Draft, after: Draft) -> tuple[str, ...]:
    """The paths that differ: keys of the post, and of `isi` each field."""
    old, new = _by_path(before), _by_path(after)
    return tuple(path for path in dict.fromkeys([*new, *old]) if old.get(path) != new.get(path))


def merged(base: Draft, mine: Draft, theirs: Draft) -> tuple[Draft, tuple[str, ...]]:
    """My draft upon what others made of it since `base`, and the paths that both changed.

    There mine stays; what only they changed is theirs.
    """
    ours = set(changed(base, mine))
    both, result = [], mine
    for path in changed(base, theirs):
        if path not in ours:
            result = replace(result, values=_set(result.values, path, theirs.get(path)))
        elif mine.get(path) != theirs.get(path):
            both.append(path)
    return result, tuple(both)


def unsigned(base: Draft, draft: Draft) -> Draft:
    """The draft without the names of those who read the words that it replaces.

    Only of texts that came from the library: the others' readers are what somebody wrote there.
    What the post waits for is no word of the library, and a name that is new is of the new words.
    """
    if not base.text("pustaka"):
        return draft
    gaps = {word for word in base.items("menunggu") if isinstance(word, str)}
    old, new = (
        {name: _tidied(value) for name, value in _table(each.get("isi")).items()}
        for each in (base, draft)
    )
    names = {*old, *new} - gaps
    if base.get("teks_alt") == draft.get("teks_alt") and all(
        (old.get(name) or "") == (new.get(name) or "") for name in names
    ):
        return draft
    signed = {_table(each).get("ditelaah") for each in base.items("sumber")} - {None}
    sources = tuple(
        _given({**source, "ditelaah": ""}) if source.get("ditelaah") in signed else source
        for source in map(_table, draft.items("sumber"))
    )
    return replace(draft, values=_given({**draft.values, "sumber": sources}))


# In words

_WORDS: Final[Mapping[str, str]] = {
    "tanggal": "Tanggal",
    "jam": "Jam",
    "jenis": "Jenis isi",
    "bidang": "Bidang",
    "sasaran": "Sasaran",
    "model": "Model gambar",
    "kanal": "Tempat posting",
    "acara": "Acara",
    "petugas": "Petugas",
    "pustaka": "Pustaka",
    "menunggu": "Yang ditunggu",
    "sumber": "Sumber",
    "tagar": "Tagar",
    "teks_alt": "Teks untuk tunanetra",
    "palet": "Warna",
    "isi": "Isi",
}


def said(path: str) -> str:
    """What people call a field: "Tanggal"; a field of the template by its name."""
    head, _, rest = path.partition(".")
    if head == "isi" and rest:
        return rest.partition(".")[0].replace("_", " ").capitalize()
    return _WORDS.get(head, head)


# How it is done


def _source(source: Source) -> Mapping[str, FieldValue]:
    return _given(
        {
            "nama": source.name,
            "cek": source.state.value,
            "cetak": source.short,
            "fakta": source.fact,
            "ditelaah": source.reviewed_by,
        }
    )


def _named(source: Mapping[str, FieldValue]) -> Mapping[str, FieldValue]:
    names = {
        key: one_line(name) if says(name) else ""
        for key in ("nama", "ditelaah")
        if isinstance(name := source.get(key), str)
    }
    return _given({**source, **names})


def _given(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    return {key: value for key, value in values.items() if value not in EMPTY}


def _tidied(value: FieldValue) -> FieldValue:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _given({key: _tidied(inner) for key, inner in value.items()})
    return tuple(item for item in map(_tidied, value) if item not in EMPTY)


def _table(value: FieldValue | None) -> Mapping[str, FieldValue]:
    return value if isinstance(value, Mapping) else {}


def _put(here: FieldValue, steps: Sequence[str], value: FieldValue) -> FieldValue:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if step.isdecimal() and not isinstance(here, Mapping):
        number, items = int(step), list(here) if not isinstance(here, str) else []
        if number > len(items):
            raise UsageError(f"Butir {number + 1} belum dapat diisi: baru ada {len(items)}.")
        old = items[number] if number < len(items) else ""
        items[number : number + 1] = [_put(old, rest, value)]
        return tuple(items)
    table = dict(_table(here))
    new = _put(table.get(step, ""), rest, value)
    if new in EMPTY:
        table.pop(step, None)
    else:
        table[step] = new
    return table


def _set(
    values: Mapping[str, FieldValue], path: str, value: FieldValue
) -> Mapping[str, FieldValue]:
    new = _put(values, path.split(".", 1), value)
    assert isinstance(new, Mapping)
    return new


def _fits(value: FieldValue, spec: FieldSpec) -> bool:
    if spec.type != "list":
        return isinstance(value, str)
    if isinstance(value, str | Mapping):
        return False
    return all(isinstance(item, Mapping) == bool(spec.items) for item in value)


def _filled(
    values: Mapping[str, FieldValue], fields: Iterable[FieldSpec]
) -> Mapping[str, FieldValue]:
    whole = dict(values)
    for spec in fields:
        blank: FieldValue = () if spec.type == "list" else ""
        value = whole.setdefault(spec.name, blank)
        if spec.items and not isinstance(value, str | Mapping):
            whole[spec.name] = tuple(
                _filled(item, spec.items) if isinstance(item, Mapping) else item for item in value
            )
    return whole


def _by_path(draft: Draft) -> dict[str, FieldValue]:
    found = {key: value for key, value in draft.values.items() if key != "isi"}
    inside = _table(draft.values.get("isi"))
    return {**found, **{f"isi.{name}": value for name, value in inside.items()}}
