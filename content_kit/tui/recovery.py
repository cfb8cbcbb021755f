"""What becomes of an unsaved draft: kept while it is written, offered again, gone only by a person's word.

One file on this machine for each post that is open. What lies there from before waits for an
answer, and until somebody gives it nothing is written over it and nothing takes it away: power
may fail any number of times in between. Knows no widget, and may be told to keep from a thread.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from content_kit.files.drafts import NEW, Drafts, Kept
from content_kit.tui.drafting import Form


class Recovery:
    """The kept draft of one post that is open; `post` is its id, `NEW` for one never saved."""

    def __init__(self, drafts: Drafts, unit: str, post: str) -> None:
        self._drafts = drafts
        self._unit = unit
        self._post = post or NEW
        self._asking = False
        self._over = False
        self._turn = Lock()

    @property
    def asking(self) -> bool:
        """Whether what was kept before waits for an answer."""
        return self._asking

    def found(self) -> Kept | None:
        """What was kept before; from now on it waits, until `go_on` or `throw_away`."""
        with self._turn:
            kept = self._drafts.find(self._unit, self._post)
            self._asking = kept is not None
        return kept

    def go_on(self) -> None:
        """Somebody goes on with what was kept: it stays until what is written next replaces it."""
        with self._turn:
            self._asking = False

    def throw_away(self) -> None:
        """Nobody wants it, be it kept before or written here."""
        with self._turn:
            self._asking = False
            self._drafts.forget(self._unit, self._post)

    def keep(self, form: Form, now: datetime) -> None:
        """Keep what is not saved; when all is as in the file, nothing needs to be kept."""
        with self._turn:
            if self._asking or self._over:
                return
            self._write(form, now)

    def saved(self, since: Form | None, now: datetime) -> None:
        """A draft is in its file; `since` is what has been written after it was handed in."""
        with self._turn:
            if since is None:
                self._over = True  # its form is closed: a thread that is late keeps nothing more
                self._drafts.forget(self._unit, self._post)
            else:
                self._write(since, now)

    def moved(self, post: str, form: Form, now: datetime) -> None:
        """What was a new post is in the plan under an id: kept there first, then gone here."""
        with self._turn:
            before, self._post = self._post, post
            if not self._asking:
                self._write(form, now)
                if before != post:
                    self._drafts.forget(self._unit, before)

    def _write(self, form: Form, now: datetime) -> None:
        if not form.dirty:
            self._drafts.forget(self._unit, self._post)
            return
        seen = form.base.values if form.post else {}
        kept = Kept(now, form.draft.id, seen, form.draft.values, form.draft.spare)
        self._drafts.keep(self._unit, self._post, kept)
