"""What is said of a picture that was laid out: what does not fit, lies outside, or cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from content_kit.findings import Finding, Place, clipped
from content_kit.model import Format, Insets
from content_kit.picture import contrast, text
from content_kit.picture.nodes import Box, Node, Text
from content_kit.picture.scene import SUB, Item, Rect, TextItem, placed
from content_kit.picture.styles import SMALLEST_PX

_LATIN: Final = 'Tulis ulang dengan huruf Latin, misalnya "Assalamualaikum".'
_ROOM: Final = "Beri ruang lebih besar di model ini."


class Judge:
    """Collects the findings of one layout, each with the format it was seen in."""

    def __init__(self, format: Format, safe: Insets, fonts: text.Metrics) -> None:
        self.findings: list[Finding] = []
        self.overflowed = False
        self._format = format
        self._safe = safe
        self._fonts = fonts

    def weigh(
        self, node: Text, measured: text.Measured, size: int, most: int, room: Rect, slack: int
    ) -> None:
        """A text was set at a size in its room: say what is wrong with that."""
        if size < SMALLEST_PX * SUB * min(self._format.width, self._format.height) // 1080:
            self._find(
                "teks-terlalu-kecil",
                f"{_quoted(node)} terlalu kecil untuk dibaca di HP.",
                node,
                "Ukuran paling kecil 2,35.",
            )
        widest = measured.widest_word(size)
        if widest > room.w + slack:
            self.overflowed = True
            words = [word for line in measured.paragraphs for word in line]
            longest = max(words, key=lambda word: word.end - word.start).text
            self._find(
                "teks-tidak-muat",
                f'kata "{clipped(longest, 28)}" terlalu panjang untuk {self._picture()}.',
                node,
                "Pakai kata yang lebih pendek." if node.source_field else _ROOM,
            )
        elif not measured.fits(size, room.w + slack, room.h + slack, node.leading, most):
            self._too_long(node)

    def too_large(self, node: Node, side: str, excess: int) -> None:
        """Something is larger than its room: said of the longest text a person can shorten."""
        self.overflowed = True
        texts = [t for t in texts_of(node) if t.source_field]
        if texts and side == "tinggi":
            self._too_long(max(texts, key=lambda node: len(node.text)))
            return
        what = f"isi bagian ini {-(-excess // SUB)} px terlalu {side} di {self._picture()}."
        self._find("isi-meluber", what, node, _ROOM)

    def finished(
        self,
        items: tuple[Item, ...],
        lines: Mapping[int, Text],
        canvas: Rect,
        inks: contrast.Inks | None,
    ) -> None:
        """Look at the finished picture: safe area, contrast, missing letters.

        `lines` are the texts by the id of the items that they were set in.
        """
        pushed_out = self._outside(items, lines, canvas)
        for key, (ratio, ground) in contrast.worst(items, inks).items():
            if ratio < contrast.ENOUGH and key not in pushed_out:
                self._pale(lines[key], ratio, ground)
        for node in dict.fromkeys(lines.values()):
            missing = sorted({c for c in node.text if not (c.isspace() or self._fonts.covers(c))})
            if missing:
                self._find("huruf-tidak-ada", _unknown(missing, node.text), node, _LATIN)

    def _outside(
        self, items: tuple[Item, ...], lines: Mapping[int, Text], canvas: Rect
    ) -> set[int]:
        """Report texts outside the safe area; what an overflow pushed out needs no second finding."""
        sides = self._safe
        safe = Rect(
            sides.left * SUB,
            sides.top * SUB,
            canvas.w - (sides.left + sides.right) * SUB,
            canvas.h - (sides.top + sides.bottom) * SUB,
        )
        pushed_out: set[int] = set()
        for one in placed(items):
            if not isinstance(one.item, TextItem):
                continue
            bounds = one.bounds
            if self.overflowed:
                if not safe.contains(bounds, SUB):
                    pushed_out.add(id(one.item))
                continue
            if not one.layer:
                # The air above the capitals and below the line may lie outside.
                above = self._fonts.cap_height(one.item.size)
                below = min(self._fonts.descent(one.item.size), bounds.bottom - one.item.y)
                bounds = Rect(bounds.x, one.item.y - above, bounds.w, above + below)
            if not safe.contains(bounds, SUB):
                node = lines[id(one.item)]
                said = f"{_quoted(node)} berada di tepi yang tertutup di {self._picture()}."
                self._find("di-luar-area-aman", said, node, "Pakai pad: safe di model ini.")
        return pushed_out

    def _pale(self, node: Text, ratio: float, ground: tuple[int, int, int]) -> None:
        said = f"{ratio:.1f}".replace(".", ",")
        self._find(
            "kontras-kurang",
            f"{_quoted(node)} sulit dibaca di {self._picture()}: kontras {said} banding 1 di atas"
            f" #{ground[0]:02X}{ground[1]:02X}{ground[2]:02X}.",
            node,
            "Pakai warna lain, atau lapisan gelap di atas foto. Paling sedikit 4,5 banding 1.",
        )

    def _too_long(self, node: Text) -> None:
        self.overflowed = True
        self._find(
            "teks-tidak-muat",
            f"{_quoted(node)} tidak muat di {self._picture()}.",
            node,
            "Perpendek teks ini." if node.source_field else _ROOM,
        )

    def _picture(self) -> str:
        return f"gambar {self._format.words}"

    def _find(self, code: str, message: str, node: Node, hint: str) -> None:
        at = node.at
        place = Place(at.file, at.line, at.column, node.source_field)
        self.findings.append(Finding(code, message, place, hint=hint))


def texts_of(node: Node) -> list[Text]:
    """Every text in a node, in the order of the template."""
    if isinstance(node, Text):
        return [node]
    return [t for child in node.children for t in texts_of(child)] if isinstance(node, Box) else []


def _unknown(missing: Sequence[str], text: str) -> str:
    """What to say of the letters that no picture can show: the words they stand in, once."""
    told = [word for word in text.split() if any(char in word for char in missing)]
    codes = ", ".join(f"U+{ord(char):04X}" for char in missing[:3])
    more = f" dan {len(missing) - 3} lainnya" if len(missing) > 3 else ""
    return f'"{clipped(" ".join(told))}" memakai huruf yang belum dapat digambar ({codes}{more}).'


def _quoted(node: Text) -> str:
    return f'teks "{clipped(" ".join(node.text.split()), 28)}"'
