"""A store that forgets what was longest unused when it holds too many pixels."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PIL import Image


class Memory:
    """Images by key, together at most `limit` pixels; a bigger one is made and not kept.

    Pillow spends 4 bytes on a pixel in RGB and 1 in L; `limit` counts pixels, not bytes, so it
    is an upper bound.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._images: OrderedDict[Hashable, Image.Image] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Image.Image]) -> Image.Image:
        """The image of this key, made now if it is not held. It must not be drawn on."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
            return image
        image = make()
        size = image.width * image.height
        if size <= self._limit:
            self._held += size
            self._images[key] = image
            while self._held > self._limit:
                _, gone = self._images.popitem(last=False)
                self._held -= gone.width * gone.height
        return image

    @property
    def held(self) -> int:
        """How many pixels are held now."""
        return self._held
