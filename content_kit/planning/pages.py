"""The files of a workspace as they will be: read once, spliced in memory, saved together.

Every edit is a splice, so what nobody asked to change keeps its bytes. Nothing is written
before `save`, which makes a dry run the same code without its last line.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.errors import KitError, LimitError, UsageError
from content_kit.files import save, splice
from content_kit.files.calendars import read_month, read_photos, read_posyandu
from content_kit.files.merge import merge
from content_kit.files.paths import safe_join
from content_kit.files.reader import Findings
from content_kit.files.records import to_edit, unreadable_text
from content_kit.files.save import EditConflict
from content_kit.files.workspace import Loaded, Workspace
from content_kit.files.yaml import Map, Node, Scalar, Seq, parse
from content_kit.model import Post
from content_kit.planning.together import Together, Unmerged, kept_beside, together
from content_kit.schedule.dates import long_date

PROFILE = "posyandu.yaml"
PHOTOS = "foto.yaml"

_LINE: Final = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
"""A line with its end, as YAML counts lines."""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that changed: the file, and a sentence for people."""

    file: str
    what: str


@dataclass
class Pages:
    """Texts of files by path, with the version that each was read in."""

    workspace: Workspace
    done: list[Done] = field(default_factory=list)
    _read: dict[Path, save.Version] = field(default_factory=dict)
    _texts: dict[Path, str] = field(default_factory=dict)

    def profile(self, unit: str) -> Path:
        """The file that says who a posyandu is and when it opens."""
        return safe_join(self.workspace.root / "calendars", unit, PROFILE)

    def photos(self, unit: str) -> Path:
        """The file that says who is in a posyandu's photos, and by what consent."""
        return safe_join(self.workspace.root / "calendars", unit, PHOTOS)

    def month(self, unit: str, day: date) -> Path:
        """The file of the month that a day lies in."""
        return safe_join(self.workspace.root / "calendars", unit, f"{day:%Y-%m}.yaml")

    def text(self, path: Path) -> str:
        """A file as it will be; one that is not there is empty, a broken one is UnreadableFile."""
        if path not in self._texts:
            workspace = self.workspace
            self._read[path] = to_edit(path, workspace.root, workspace.relative(path))
            self._texts[path] = self._read[path].text
        return self._texts[path]

    def put(self, path: Path, text: str, what: str = "") -> None:
        """Give a file a new text, and say what that changed."""
        self.text(path)
        self._texts[path] = text
        if what:
            self.done.append(Done(self.workspace.relative(path), what))

    def over(self, path: Path, seen: str, text: str) -> None:
        """Give a file a text that was made from an earlier one, which somebody looked at.

        What others saved since then is merged when it is saved.
        """
        self._read[path] = save.Version(seen, save.digest(seen.encode("utf-8")))
        self._texts[path] = text

    def changed(self) -> dict[Path, str]:
        """The files that differ from what was read."""
        return {path: new for path, new in self._texts.items() if new != self._read[path].text}

    def before(self, path: Path) -> str:
        """A file as it was read; after `save` as it was right before."""
        self.text(path)
        return self._read[path].text

    def save(self) -> dict[Path, str]:
        """Write what changed, all of it or nothing; the new version of each file.

        What somebody else saved meanwhile is merged with it, and `before` then gives what was
        there. Where both changed the same field nothing is written: Unmerged, with the edits kept
        beside their files. When a later file cannot be written, the earlier ones are put back.
        """
        now = together(self._read, self._texts)
        if now.undecided or now.refused:
            raise self._kept(now)
        self._read |= now.read
        self._texts |= now.texts
        self.done += [Done(self.workspace.relative(path), said) for path, said in now.notes]
        for path, text in self.changed().items():
            problem = unreadable_text(text, self.workspace.relative(path))
            if problem is not None:  # never a file that nobody could read again
                raise LimitError(f"{problem.sentence()} Belum ada yang disimpan.")
        written: dict[Path, str] = {}
        try:
            for path in self.changed():
                written[path] = self._write(path)
        except KitError:
            for path, version in written.items():
                with contextlib.suppress(KitError):
                    old = self._read[path].text
                    save.edit(path, lambda _, old=old: old, version)  # type: ignore[misc]
            raise
        return written

    def _write(self, path: Path) -> str:
        seen, mine = self._read[path], self._texts[path]

        def change(now: str) -> str:
            """Under the lock: somebody may have saved since we looked, a moment ago."""
            if now != seen.text:
                merged = merge(seen.text, mine, now, path.name)
                if merged.conflicts:
                    raise UsageError(path.name)
                self._read[path] = save.Version(now, "")
                self._texts[path] = merged.text
            return self._texts[path]

        try:
            return save.edit(path, change, None)
        except UsageError:
            raise self._kept(together(self._read, self._texts), path) from None

    def _kept(self, now: Together, path: Path | None = None) -> EditConflict:
        """Keep the edits that cannot be saved beside their files, and say what has to be decided."""
        stuck = dict.fromkeys((*now.undecided, *now.refused, *([path] if path else [])))
        conflicts = {path: kept_beside(path, self._read[path], self._texts[path]) for path in stuck}
        if now.refused or not now.undecided:
            return next(iter(conflicts.values()))
        copies = {path: found.kept for path, found in conflicts.items() if found.kept}
        clean = {
            path: (now.read.get(path, self._read[path]).text, now.texts.get(path, text))
            for path, text in self.changed().items()
            if path not in stuck
        }
        count = sum(len(merged.conflicts) for merged in now.undecided.values())
        where = " dan ".join(f'"{copy}"' for copy in copies.values())
        return Unmerged(
            f"{count} isian diubah oleh Anda dan oleh orang lain, jadi belum disimpan. "
            f"Tulisan Anda aman di {where}. Pilih yang benar: content-kit merge.",
            now.undecided,
            clean,
            copies,
        )

    # Posts

    def redate(self, post: Post, day: date, service: tuple[date, date] | None = None) -> None:
        """Move a post to another day, into another month's file when the day lies there.

        `service` is the service day it follows, as it was and as it is: the comment above the
        post speaks of both.
        """
        old = self.month(post.unit, post.date)
        new = self.month(post.unit, day)
        text = self.text(old)
        number = find(text, post)
        if new == old:
            edited = splice.set_value(text, ("postingan", number, "tanggal"), day.isoformat())
            self.put(old, _remarks(edited, number, (post.date, day), service))
            return
        lines, rest = splice.lift_item(text, ("postingan", number))
        written = "\n".join(lines)
        written = splice.set_value(written, (0, "tanggal"), day.isoformat())
        written = _remarks(written, 0, (post.date, day), service, path=())
        self.put(old, rest)
        self.put(new, _with_lines(self.text(new), day, written.split("\n")))

    def drop(self, post: Post) -> None:
        """Take a post out of its file."""
        path = self.month(post.unit, post.date)
        text = self.text(path)
        _, rest = splice.lift_item(text, ("postingan", find(text, post)))
        self.put(path, rest)

    def add(self, unit: str, day: date, lines: list[str]) -> None:
        """Add a post, written as the lines of a list item, to the file of its month."""
        path = self.month(unit, day)
        self.put(path, _with_lines(self.text(path), day, lines))

    def lines(self, post: Post) -> list[str]:
        """A post's own lines, its comment included."""
        text = self.text(self.month(post.unit, post.date))
        return splice.lift_item(text, ("postingan", find(text, post)))[0]

    # What will be

    def loaded(self, before: Loaded) -> Loaded:
        """The workspace with the new texts; what is wrong in them counts as a finding."""
        return laid_over(self.workspace, before, self.changed())


def laid_over(workspace: Workspace, before: Loaded, texts: Mapping[Path, str]) -> Loaded:
    """A workspace as it would be with these texts in place of some of its files.

    The files are units' own: `posyandu.yaml`, `foto.yaml` and months.
    """
    findings = Findings()
    posyandu, photos = dict(before.posyandu), dict(before.photos)
    calendars = {(c.unit, c.month): c for c in before.calendars}
    files = {workspace.relative(path) for path in texts}
    for path, text in texts.items():
        file, unit = workspace.relative(path), path.parent.name
        node, problems = parse(text, file)
        findings.extend(problems)
        if path.name == PROFILE:
            posyandu[unit] = read_posyandu(node, unit, file, findings) or before.posyandu[unit]
        elif path.name == PHOTOS:
            photos[unit] = read_photos(node, findings)
        elif unit in posyandu:  # the posts of a unit that cannot be read are not there either
            month = date.fromisoformat(f"{path.stem}-01")
            calendars[unit, month] = read_month(
                node, unit=unit, month=month, file=file, office=before.office, findings=findings
            )
    kept = [found for found in before.findings if found.place.file not in files]
    return replace(
        before,
        posyandu=posyandu,
        photos=photos,
        calendars=tuple(calendars.values()),
        findings=(*kept, *findings),
    )


def find(text: str, post: Post) -> int:
    """The number of a post in the list of its file; UsageError when it is not there any more."""
    return find_all(text, [post])[0]


def find_all(text: str, posts: Iterable[Post]) -> list[int]:
    """The same for several posts of one file, which is read once."""
    node, _ = parse(text, "")
    items = _items(node)
    by_id: dict[str, int] = {}
    for number, item in enumerate(items):
        by_id.setdefault(_word(item, "id"), number)
    found = []
    for post in posts:
        number = by_id.get(post.id, -1)
        found.append(number if number >= 0 else _unwritten(items, post))
    return found


def _unwritten(items: Iterable[Node], post: Post) -> int:
    """The number of a post whose id was never written."""
    for number, item in enumerate(items):
        words = [_word(item, key) for key in ("id", "tanggal", "model")]
        if words == ["", post.date.isoformat(), post.template]:
            return number
    raise UsageError(
        f"Postingan {post.id} tidak ditemukan lagi di berkasnya. Jalankan sekali lagi."
    )


def ids_in(node: Node | None) -> frozenset[str]:
    """The ids of the posts of a month file."""
    return frozenset(_word(item, "id") for item in _items(node))


def free_id(wanted: Iterable[str], taken: Iterable[str]) -> str:
    """The first of the wanted ids that nobody has."""
    used = set(taken)
    return next(id for id in wanted if id not in used)


def _with_lines(text: str, day: date, lines: list[str]) -> str:
    node, findings = parse(text, "")
    if node is None and not findings:
        newline = "\r\n" if "\r\n" in text else "\n"
        before = text if not text or text.endswith("\n") else text + newline
        body = [f"  {line}".rstrip() for line in lines]
        return before + newline.join([f"bulan: {day:%Y-%m}", "postingan:", *body, ""])
    return splice.add_written(text, ("postingan",), lines)


def _remarks(
    text: str,
    number: int,
    moved: tuple[date, date],
    service: tuple[date, date] | None,
    path: splice.Path = ("postingan",),
) -> str:
    """The text with the old dates in the comment right above a post replaced by the new ones.

    All at once, since yesterday's new date may be today's old one. The first date is the
    post's own; a service day that stays keeps its name even where both are the same.
    """
    node, _ = parse(text, "")
    items = _items(node) if path else (node.items if isinstance(node, Seq) else ())
    lines = _LINE.findall(text)
    end = start = items[number].place.line - 1  # counted from 0
    while start > 0 and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    said = {long_date(old): long_date(new) for old, new in (moved, service or moved)}
    pattern = "|".join(map(re.escape, said))
    remark = "".join(lines[start:end])
    remark = re.sub(pattern, lambda found: said[found[0]], remark, count=0 if service else 1)
    return "".join([*lines[:start], remark, *lines[end:]])


def _items(node: Node | None) -> tuple[Node, ...]:
    posts = node.get("postingan") if isinstance(node, Map) else None
    return posts.items if isinstance(posts, Seq) else ()


def _word(item: Node, key: str) -> str:
    value = item.get(key) if isinstance(item, Map) else None
    return value.text.strip() if isinstance(value, Scalar) else ""
