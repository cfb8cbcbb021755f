"""Writes a draft into the files: only what differs is spliced, so every other line keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.calendars import read_month
from content_kit.files.office import Office
from content_kit.files.reader import Findings
from content_kit.files.yaml import Map, Node, Scalar, Seq, parse
from content_kit.findings import Finding
from content_kit.model import FieldValue, Post
from content_kit.planning.cells import Data
from content_kit.planning.draft import KEYS, Draft, changed, merged, of_post, said, unsigned
from content_kit.planning.intake_text import spliced, value_of
from content_kit.planning.pages import Done, Pages, find, ids_in
from content_kit.schedule.dates import long_date


def write(pages: Pages, post: Post, base: Draft, draft: Draft) -> None:
    """Splice what differs between `base` and `draft` into the pages; the post may change months.

    `post` is the post as it stands now. UsageError when somebody else changed the same field.
    """
    theirs = of_post(post)
    _, both = merged(base, draft, theirs)
    if both:
        raise UsageError(
            f'"{said(both[0])}" juga diubah di tempat lain, jadi belum disimpan. Tulisan Anda aman: '
            "pilih di postingan ini mana yang dipakai."
        )
    place(pages, post, base, draft)


def place(pages: Pages, post: Post, base: Draft, draft: Draft) -> None:
    """`write` without asking whether somebody else changed the same: for a look at what will be."""
    draft = unsigned(base, draft)
    paths = changed(base, draft)
    if not paths:
        return
    path = pages.month(post.unit, post.date)
    text = pages.text(path)
    day = draft.day()
    staying = draft if day is None or day == post.date else draft.put("tanggal", str(post.date))
    pages.put(path, with_draft(text, find(text, post), base, staying))
    if day is not None and day != post.date and "tanggal" in paths:
        pages.redate(post, day)
    told = ", ".join(said(each) for each in paths[:4])
    more = f" dan {len(paths) - 4} lagi" if len(paths) > 4 else ""
    file = pages.workspace.relative(pages.month(post.unit, day or post.date))
    pages.done.append(Done(file, f"Postingan {post.id} disimpan: {told}{more}."))


def add(pages: Pages, draft: Draft) -> None:
    """Add a new post to the pages; UsageError while its day is not readable."""
    day = draft.day()
    if day is None:
        raise UsageError("Isi dulu tanggalnya, misalnya besok atau 10 Desember 2026.")
    text = pages.text(pages.month(draft.unit, day))
    if draft.id in ids_in(parse(text, "")[0]):
        raise UsageError("Postingan ini sudah ada di rencana. Simpan sekali lagi.")
    # An empty line between posts, as people leave one.
    there = splice.has(text, ("postingan", 0))
    written = lines(draft.id, draft.values)
    pages.add(draft.unit, day, ["", *written] if there else written)
    file = pages.workspace.relative(pages.month(draft.unit, day))
    pages.done.append(Done(file, f"Postingan baru {draft.id} untuk {long_date(day)}."))


def with_draft(text: str, number: int, base: Draft, draft: Draft) -> str:
    """A month file after its post `number` was edited; everything else keeps its bytes."""
    node, _ = parse(text, "")
    there = _raw(node)
    item = _item(there, number)
    wanted = _carried(item, base.values, draft.values)
    # Items that went out of the middle of a list go by themselves: their neighbours keep their lines.
    for path in _lost(item, wanted, ()):
        text = splice.remove_item(text, ("postingan", number, *path))
    there = _raw(parse(text, "")[0])
    return spliced(text, there, _with_item(there, number, wanted))


def lines(id: str, values: Mapping[str, FieldValue]) -> list[str]:
    """A new post as the lines of a list item, in the order and the style people are shown."""
    ordered: dict[str, Data] = {"id": id}
    ordered |= {key: _data(values[key]) for key in KEYS if key in values and key != "id"}
    text = splice.set_value("", ("postingan",), [value_of(ordered)])
    written = [line[2:] for line in text.splitlines()[1:]]
    return [re.sub(r"^(  jam: )(\d\d?\.\d\d)$", r'\1"\2"', line) for line in written]


def read(draft: Draft, office: Office) -> tuple[Post | None, list[Finding]]:
    """The draft as a post, None while it is none; and what cannot be read in it."""
    day = draft.day() or date(2000, 1, 1)
    body = "".join(f"  {line}\n" for line in lines(draft.id, draft.values))
    findings = Findings()
    node, problems = parse(f"bulan: {day:%Y-%m}\npostingan:\n{body}", "")
    month = read_month(
        node, unit=draft.unit, month=day.replace(day=1), file="", office=office, findings=findings
    )
    return next(iter(month.posts), None), [*problems, *findings]


# How it is done


def _data(value: FieldValue) -> Data:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _data(inner) for key, inner in value.items()}
    return [_data(inner) for inner in value]


def _raw(node: Node | None) -> Data:
    """What a file says, word for word."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Seq):
        return [_raw(item) for item in node.items]
    return {key.text: _raw(value) for key, value in node.entries} if isinstance(node, Map) else None


def _item(there: Data, number: int) -> dict[str, Data]:
    posts = there.get("postingan") if isinstance(there, dict) else None
    item = posts[number] if isinstance(posts, list) and number < len(posts) else None
    if not isinstance(item, dict):
        raise UsageError("Postingan ini tidak ditemukan lagi di berkasnya. Coba sekali lagi.")
    return item


def _with_item(there: Data, number: int, item: Data) -> Data:
    assert isinstance(there, dict)  # _item found the post in it
    posts = there["postingan"]
    assert isinstance(posts, list)
    return {**there, "postingan": [*posts[:number], item, *posts[number + 1 :]]}


def _carried(raw: Data, base: FieldValue | None, now: FieldValue) -> dict[str, Data]:
    carried = _carry(raw, base, now)
    return carried if isinstance(carried, dict) else {}


def _carry(raw: Data, base: FieldValue | None, now: FieldValue) -> Data:
    """What the file says with that changed in which `now` differs from `base`."""
    if base == now:
        return raw
    if isinstance(now, Mapping) and isinstance(raw, dict):
        old = base if isinstance(base, Mapping) else {}
        kept = {
            key: _carry(value, old.get(key), now[key]) if key in now else value
            for key, value in raw.items()
            if key in now or key not in old
        }
        return kept | {key: _data(value) for key, value in now.items() if key not in raw}
    if not (isinstance(raw, list) and isinstance(base, tuple) and isinstance(now, tuple)):
        return _data(now)
    # Where the reader left something out of a list, numbers mean different items.
    return _carry_items(raw, base, now) if len(raw) == len(base) else _data(now)


def _carry_items(
    raw: Sequence[Data], base: Sequence[FieldValue], now: Sequence[FieldValue]
) -> list[Data]:
    """A list whose items stayed, moved, changed or are new; one that stayed keeps its every word."""
    free = list(range(len(base)))
    result: list[Data] = []
    for number, item in enumerate(now):
        same = [each for each in free if base[each] == item]
        if same:
            free.remove(same[0])
            result.append(raw[same[0]])
        elif number in free and len(now) == len(base):
            result.append(_carry(raw[number], base[number], item))
        else:
            result.append(_data(item))
    return result


def _lost(old: Data, new: Data, path: splice.Path) -> Iterator[splice.Path]:
    """The items to remove, the last first, of lists of which the rest stays as it is."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            if key in new:
                yield from _lost(value, new[key], (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and 0 < len(new) < len(old):
        left, gone = list(new), []
        for number, item in enumerate(old):
            if left and left[0] == item:
                left.pop(0)
            else:
                gone.append(number)
        if not left:
            yield from ((*path, number) for number in reversed(gone))
