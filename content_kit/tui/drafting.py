"""What the form of a post does beside the screen: previews, saving, and how a post stands.

Nothing here knows Textual; all of it may run on a worker thread.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from content_kit.errors import KitError, UsageError
from content_kit.files.merge import Conflict, Merged
from content_kit.files.office import Office
from content_kit.files.records import LOST
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Level
from content_kit.model import FieldValue, Pillar, Post
from content_kit.planning import draft_text
from content_kit.planning.clash import Clash, Clashes
from content_kit.planning.draft import HOUR, MOMENT, Draft, blank, filled, of_post, said, tidy
from content_kit.planning.pages import Pages
from content_kit.render import Press
from content_kit.review.life import Status
from content_kit.review.reviews import Reviews
from content_kit.schedule.dates import clock, long_date
from content_kit.tui import jobs
from content_kit.tui.slots import Facts

_OF_POST: Final = re.compile(r"postingan\[[^\]]*\]\.?")
_NUMBERED: Final = re.compile(r"\[[^\]]*\]")
_MONTH: Final = re.compile(r"\d{4}-\d{2}\.yaml")


@dataclass(frozen=True)
class Form:
    """A draft with what it began as: `post` is the one in the file, None while it is new."""

    draft: Draft
    base: Draft
    post: Post | None = None

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        if self.post is None:
            return self.draft.values != self.base.values
        return tidy(self.draft).values != self.base.values


def opened(post: Post) -> Form:
    """The form of a post as it stands."""
    draft = of_post(post)
    return Form(draft, draft, post)


def new(unit: str, day: date, duty: str, taken: Iterable[str], chance: random.Random) -> Form:
    """The form of a new post for a day."""
    draft = blank(unit, day, taken, chance).put("petugas", duty)
    return Form(draft, draft)


# The preview


@dataclass(frozen=True)
class Overlay:
    """The files as the draft would make them, and what cannot be read in it at all."""

    texts: Mapping[Path, str]
    findings: tuple[Finding, ...] = ()
    trouble: str = ""


def overlay(root: Path, form: Form, facts: Facts, office: Office) -> Overlay:
    """A draft laid over its files, every empty field written down so that findings have a place.

    What cannot be read as a day or an hour is told, and the preview goes on with what was there.
    """
    template = facts.template(form.draft)
    whole = replace(form.draft, values=filled(form.draft, template.fields if template else ()))
    post, problems = draft_text.read(whole, office)
    wrong: list[Finding] = []
    if post is None:
        for finding in problems:
            path = path_of(finding)
            if path in MOMENT:
                wrong.append(finding)
                whole = whole.put(path, _otherwise(path, form))
    workspace = Workspace.open(root)
    pages = Pages(workspace)
    try:
        if form.post is None:
            draft_text.add(pages, whole)
        else:
            draft_text.place(pages, form.post, form.base, whole)
    except KitError as error:
        return Overlay({}, tuple(wrong), str(error))
    return Overlay(pages.changed(), tuple(wrong))


def _otherwise(path: str, form: Form) -> str:
    fallback = {"tanggal": "2026-01-01", "jam": clock(HOUR), "jenis": Pillar.EDUKASI.value}
    found = form.base.text(path) or fallback.get(path, "")
    return found or "edukasi-langkah"


# Where findings land


def path_of(finding: Finding) -> str:
    """The field that a finding is about: "isi.judul", "sasaran"; "" for none in particular."""
    path = _NUMBERED.sub("", _OF_POST.sub("", finding.place.field, count=1))
    if not path and finding.code.startswith("acara-"):
        return "acara"
    return path


def landed(
    findings: Iterable[Finding], paths: Iterable[str]
) -> tuple[dict[str, list[Finding]], list[Finding]]:
    """The findings by the path of the field that they stand beside, and those of no field.

    What is found inside a field that shows no such part stands beside the whole.
    """
    there = set(paths)
    found: dict[str, list[Finding]] = {}
    general: list[Finding] = []
    for finding in dict.fromkeys(findings):
        path = path_of(finding)
        while path and path not in there:
            path = path.rpartition(".")[0]
        if path:
            found.setdefault(path, []).append(finding)
        elif finding.level is not Level.INFO:
            general.append(finding)
    return found, general


# Saving


def saving(form: Form) -> jobs.Act:
    """The edit that saves a form. It raises UsageError when its day is not readable."""
    draft = tidy(form.draft)
    if draft.day() is None:
        raise UsageError("Isi dulu tanggalnya, misalnya besok atau 10 desember.")

    def act(workspace: Workspace, loaded: Loaded) -> Pages:
        pages = Pages(workspace)
        post = next((p for p in loaded.posts(draft.unit) if p.id == draft.id), None)
        if post is not None:  # also one that was new in this form: never twice the same
            draft_text.write(pages, post, form.base, draft)
        elif why := unread(workspace.root, loaded, draft.unit, draft.id):
            raise UsageError(why)
        elif form.post is not None:
            raise UsageError("Postingan ini sudah dihapus di tempat lain. Simpan sekali lagi.")
        else:
            draft_text.add(pages, draft)
        return pages

    return act


def unread(root: Path, loaded: Loaded, unit: str, id: str) -> str:
    """Why a post that is not read may still stand in its file, in a sentence; "" when it is gone."""
    if unit not in loaded.posyandu:
        return "Berkas posyandu ini sedang tidak dapat dibaca. Tulisan Anda aman di sini."
    written = re.compile(rf"\bid:\s*[\"']?{re.escape(id)}\b".encode())
    broken: dict[str, Finding] = {}
    for found in loaded.findings:
        folder, _, name = found.place.file.rpartition("/")
        ours = folder == f"calendars/{unit}" and _MONTH.fullmatch(name)
        if ours and found.level is Level.ERROR:
            before = broken.get(found.place.file)
            if before is None or (id in found.place.field and id not in before.place.field):
                broken[found.place.file] = found
    for file, found in broken.items():
        there = found.code in LOST  # nobody knows what was in it
        try:
            there = there or bool(written.search((root / file).read_bytes().replace(b"\0", b"")))
        except OSError:
            there = True
        if there:
            name = file.rpartition("/")[2]
            where = f", baris {found.place.line}" if found.place.line else ""
            return (
                f"Postingan ini di berkas {name}{where} sedang tidak dapat dibaca. "
                "Tulisan Anda aman di sini; simpan bila berkas itu sudah diperbaiki."
            )
    return ""


# Two who wrote in the same field


def clashes(form: Form, theirs: Mapping[str, FieldValue]) -> Clashes:
    """What has to be chosen before a form is saved: each field as it is here, and as others wrote it."""
    draft = form.draft
    about = f"{form.base.text('tanggal')} · {' '.join(draft.text('isi.judul').split())}"
    conflicts = tuple(
        Conflict(
            draft.id, said(path), None, _as_text(draft.get(path)), _as_text(value),
            about=about, name=path,
        )
        for path, value in theirs.items()
    )  # fmt: skip
    path = Path(f"{form.base.text('tanggal')[:7] or 'bulan'}.yaml")
    merged = Merged("", conflicts, None, "", "")
    return Clashes((Clash(path, "", merged, "Tulisan Anda", "Tulisan di tempat lain"),))


def _as_text(value: FieldValue) -> str:
    if isinstance(value, str):
        try:
            return long_date(date.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(value, Mapping):
        return ", ".join(filter(None, map(_as_text, value.values())))
    return "\n".join(map(_as_text, value))


# How it stands


def standing(root: Path, post: Post, now: datetime) -> str:
    """The word for where a post stands in the review, and what editing does to it."""
    workspace = Workspace.open(root)
    press = Press(workspace, workspace.load(unit=post.unit))
    meant = next((p for p in press.loaded.posts(post.unit) if p.id == post.id), None)
    if meant is None:
        return ""
    state = Reviews(press, now).state(press.proof(meant))
    told = {
        Status.APPROVED: "disetujui: mengubahnya membuat persetujuan gugur",
        Status.SUBMITTED: "sedang diajukan: mengubahnya berarti mengajukan lagi",
        Status.POSTED: "sudah diposting",
    }
    if state.needed == 0 and state.status not in (Status.POSTED, Status.RETURNED):
        return ""
    word = told.get(state.status, state.status.value)
    return f"{word} ({state.note})" if state.status is Status.RETURNED and state.note else word
