"""Small pictures of posts for the papers of a roster, kept by seal on this machine.

A seal names everything that a picture is made from, so a changed post has another file and none
is ever out of date. What lies in the folder is not trusted: it is measured before it is shown,
and neither an approval nor a pack rests on it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from content_kit.errors import KitError
from content_kit.files.photos import jpeg_size
from content_kit.files.save import atomic_write
from content_kit.findings import NO_PICTURE
from content_kit.picture.smaller import smaller
from content_kit.render import Press
from content_kit.review.status import State
from content_kit.roster.view import Row

WIDTH, HEIGHT = 270, 340
"""Pixels a thumbnail has at most: 36 mm at 190 dots an inch, so that its words can be read on paper."""

PARTS: Final = 4
"""It is painted at a quarter of the picture's size and then reduced: 8 ms where the whole takes 40."""

MAX_BYTES: Final = 60_000
_SEAL: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Thumbnails:
    """The folder of thumbnails. Two processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, cache: Path) -> Thumbnails:
        """Those in a machine's cache folder."""
        return cls(cache / "gambar-kecil")

    def get(self, row: Row) -> bytes | None:
        """The thumbnail of a row as JPEG, None when there is none or what is there is none.

        A consent that was taken back changes no seal, so what was found of the row counts too.
        """
        path = self._path(row.seal)
        if path is None or not NO_PICTURE.isdisjoint(row.codes):
            return None
        try:
            if path.stat().st_size > MAX_BYTES:
                return None
            data = path.read_bytes()
        except OSError:
            return None
        width, height = jpeg_size(data) or (0, 0)
        return data if 0 < width <= WIDTH and 0 < height <= HEIGHT else None

    def make(self, press: Press, states: Iterable[State]) -> None:
        """Paint what is missing; a full disk leaves a gap and stops nobody."""
        for state in states:
            path = self._path(state.sealed.seal)
            proof = state.proof
            scene = next(iter(proof.scenes.values()), None)
            if proof.forbidden:
                self.forget(state.sealed.seal)
                continue
            if path is None or scene is None or path.exists():
                continue
            small = smaller(scene, PARTS)
            data = press.renderer.small_jpeg(small, proof.post.unit, WIDTH, HEIGHT)
            with contextlib.suppress(KitError):
                atomic_write(path, data)

    def forget(self, seal: str) -> None:
        """Remove the thumbnail of a post that may have no picture any more."""
        path = self._path(seal)
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _path(self, seal: str) -> Path | None:
        return self._folder / seal[:2] / f"{seal}.jpg" if _SEAL.fullmatch(seal) else None
