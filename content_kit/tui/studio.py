"""Draws the picture of a post that is being written: on a thread of its own, and only the newest wish.

Nothing here knows Textual, and nothing here writes a file. A ticket brings the files as they will
be; they are laid over the workspace as it is, so the proof and the picture are those of the draft.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from content_kit.files.watch import signature
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import NO_PICTURE, Finding
from content_kit.model import Format, Pixels
from content_kit.planning.pages import laid_over
from content_kit.render import WAITING, Press, Proof
from content_kit.tui import jobs

NO_TEXTS: Final[Mapping[Path, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Ticket:
    """A wish for a picture: which post, as which draft, in which format, for how large a box.

    `texts` are the files as they will be, from `Pages.changed()`. A format that the post does
    not have, "" above all, means its first. With `full` the whole JPEG is wanted too, as it would go out; with
    `sharp` the JPEG is for a terminal that draws pictures, and has no stamp.
    """

    number: int
    unit: str
    post: str
    texts: Mapping[Path, str] = field(default_factory=lambda: NO_TEXTS, repr=False)
    format: str = ""
    width: int = 60
    height: int = 76
    full: bool = False
    sharp: bool = False


@dataclass(frozen=True)
class Sheet:
    """What came of a ticket: the proof, the picture of one format, and words where there is none."""

    ticket: Ticket
    proof: Proof | None = None
    image: Pixels | None = None
    sentence: str = ""
    format: Format | None = None
    formats: tuple[Format, ...] = ()
    jpeg: bytes = field(default=b"", repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found about the draft."""
        return self.proof.findings if self.proof else ()


Alive: TypeAlias = Callable[[], bool]
"""Whether a ticket is still wanted."""
Draw: TypeAlias = Callable[[Ticket, Alive], "Sheet | None"]
"""Draws a ticket; None when it was given up half way because nobody wants it any more."""


class Studio:
    """A worker thread with one press; `deliver` is called on that thread, never after `close`."""

    def __init__(
        self, root: Path, deliver: Callable[[Sheet], None], *, draw: Draw | None = None
    ) -> None:
        self._draw = draw or Easel(root).sheet
        self._deliver = deliver
        self._wake = threading.Condition()
        self._next: Ticket | None = None
        self._orders: list[Ticket] = []
        self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, ticket: Ticket) -> None:
        """Wish for a picture. It takes the place of whatever waits; this never blocks."""
        with self._wake:
            if ticket.full:
                self._orders.append(ticket)
            else:
                self._next = ticket
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, name="studio", daemon=True)
                self._thread.start()
            self._wake.notify()

    def close(self) -> None:
        """Let the thread end; what it is drawing is delivered to nobody."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def _work(self) -> None:
        while (ticket := self._take()) is not None:

            def wanted(ticket: Ticket = ticket) -> bool:
                return not self._closed and (ticket.full or self._next is None)

            try:
                sheet = self._draw(ticket, wanted)
            except Exception as error:  # noqa: BLE001 - a broken draft must not end the preview
                sheet = Sheet(ticket, sentence=jobs.apology(error))
            with self._wake:
                if sheet is not None and wanted():
                    self._deliver(sheet)

    def _take(self) -> Ticket | None:
        with self._wake:
            while not (self._closed or self._orders or self._next):
                self._wake.wait()
            if self._closed:
                return None
            if self._orders:
                return self._orders.pop(0)
            ticket, self._next = self._next, None
            return ticket


class Easel:
    """Holds one unit of a workspace and its press from ticket to ticket; for one thread only."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = ("", "")
        self._press: Press | None = None

    def sheet(self, ticket: Ticket, alive: Alive = lambda: True) -> Sheet | None:
        """The proof of a draft and its picture; None when `alive` said in between that it is stale."""
        press = self._opened(ticket.unit)
        loaded = laid_over(press.workspace, press.loaded, ticket.texts)
        post = next((each for each in loaded.posts(ticket.unit) if each.id == ticket.post), None)
        if post is None:
            return Sheet(ticket, sentence=_why_not(loaded, ticket))
        press = press.reading(loaded)
        proof = press.proof(post)
        formats = tuple(press.formats[name] for name in proof.scenes)
        sentence = _no_picture(proof)
        if sentence or not formats:
            return Sheet(ticket, proof, sentence=sentence, formats=formats)
        format = next((each for each in formats if each.name == ticket.format), formats[0])
        if not alive():
            return None
        scene = proof.scenes[format.name]
        image = press.renderer.thumbnail(scene, post.unit, ticket.width, ticket.height)
        jpeg = b""
        if ticket.full or ticket.sharp:
            # The stamp costs 150 ms: while somebody types, words say that it is a draft.
            drawn = press.stamped(proof, format.name) if ticket.full else scene
            jpeg = press.renderer.jpeg(drawn, unit=post.unit, budget=press.budget)
        return Sheet(ticket, proof, image, "", format, formats, jpeg)

    def _opened(self, unit: str) -> Press:
        """The press on the workspace as it is now; read again only when a file changed."""
        seen = (unit, signature(self._root))
        if self._press is None or seen != self._seen:
            workspace = Workspace.open(self._root)
            loaded = workspace.load(unit=unit)
            # Its renderer tells a changed file by itself, so it stays.
            renderer = self._press.renderer if self._press else None
            self._press = Press(workspace, loaded, renderer)
            self._seen = seen
        return self._press


def _no_picture(proof: Proof) -> str:
    """Why a post has no picture at all, in words; "" when it has one."""
    if proof.forbidden:
        why = next(found for found in proof.findings if found.code in NO_PICTURE)
        return f"Tidak ada gambar: {why.message} {why.hint}".strip()
    if proof.waiting:
        asked = dict.fromkeys(f.message for f in proof.findings if f.code == WAITING)
        return "Menunggu isian: " + " ".join(asked)
    if not proof.scenes:
        first = next(iter(proof.findings), None)
        told = f"{first.message} {first.hint}".strip() if first else "Pilih dulu tempat posting."
        return f"Belum ada gambar: {told}"
    return ""


def _why_not(loaded: Loaded, ticket: Ticket) -> str:
    """Why a post cannot be found in the draft."""
    wrong = next(iter(loaded.findings), None)
    if wrong is not None and ticket.texts:
        return f"Belum ada gambar: {wrong.message} {wrong.hint}".strip()
    return "Postingan ini tidak ada lagi. Mungkin sudah dihapus di tempat lain."
