"""Typed getters over one mapping of a scene: a node, or a value inside it such as a fill.

A getter gives its default after a finding, so that one look mends a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, TypedDict, TypeVar

from content_kit.files.yaml import Map, Scalar, Seq
from content_kit.findings import Place, clipped
from content_kit.model import Palette
from content_kit.picture.motifs import EDGES, MOTIFS
from content_kit.picture.nodes import (
    Align,
    Border,
    Colour,
    Corners,
    Dash,
    Edge,
    Fill,
    Gradient,
    Motif,
    Polygon,
    Shadow,
    Sides,
    Solid,
)

T = TypeVar("T")

VALUE_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "fill": (
            *("colour", "alpha", "from", "to", "stops", "angle", "radial", "centre"),
            *("motif", "over", "scale", "edge", "flip", "dash", "gap"),
        ),
        "shadow": ("blur", "shift", "colour", "alpha"),
        "border": ("width", "colour", "alpha"),
        "pad": ("safe", "extra"),
    }
)
"""The keys of the values that are mappings themselves."""

_FILL_KINDS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("motif", frozenset({"motif", "over", "colour", "alpha", "scale"})),
    ("edge", frozenset({"edge", "colour", "scale", "flip"})),
    ("dash", frozenset({"dash", "gap", "colour"})),
    ("stops", frozenset({"stops", "angle", "radial", "centre", "alpha"})),
    ("from", frozenset({"from", "to", "angle", "radial", "centre", "alpha"})),
    ("to", frozenset({"from", "to", "angle", "radial", "centre", "alpha"})),
    ("colour", frozenset({"colour", "alpha"})),
    ("alpha", frozenset({"colour", "alpha"})),
)
"""Which keys mean something beside which: the first that is there says what the fill is."""

ANCHORS: Final[Mapping[str, tuple[float, float] | None]] = MappingProxyType(
    {
        "top-left": (0.0, 0.0),
        "top": (0.5, 0.0),
        "top-right": (1.0, 0.0),
        "left": (0.0, 0.5),
        "center": (0.5, 0.5),
        "right": (1.0, 0.5),
        "bottom-left": (0.0, 1.0),
        "bottom": (0.5, 1.0),
        "bottom-right": (1.0, 1.0),
        "fill": None,
    }
)
"""The words for a place in a stack."""


SIDES: Final = ("top", "right", "bottom", "left")

MAX_LENGTH: Final = 400.0
"""The largest length: four times the short side."""


LIFE: Final = ("posyandu.", "acara.", "bulan.")
"""What a template is given from life: names, places, days and hours, which nobody can shorten."""

_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_YES: Final = {"true": True, "ya": True, "false": False, "tidak": False}
ALIGNS: Final[tuple[Align, ...]] = ("start", "center", "end", "stretch")


@dataclass(frozen=True, slots=True)
class Data:
    """The names a leaf may use, and for each name of a loop or part the post's field behind it.

    `part` is the shared part around it and where that is used: a name it lacks is missing there.
    """

    names: Mapping[str, object]
    aliases: Mapping[str, str]
    part: tuple[str, Place] | None = None

    def having(self, name: str, value: object, path: str) -> Data:
        """The same names and one more, which stands for this path of the post."""
        return Data({**self.names, name: value}, {**self.aliases, name: path}, self.part)

    def field(self, paths: Sequence[str]) -> str:
        """What dotted paths speak of: a field of the post ("isi.langkah.0.judul"), else of `LIFE`.

        Of several things from life it is the one with the most letters.
        """
        found: dict[str, int] = {}
        for path in paths:
            letters = len(self._words(path))
            head, dot, rest = path.partition(".")
            if head in self.aliases:
                path = self.aliases[head] + dot + rest if self.aliases[head] else ""
            if path.startswith("isi."):
                return path
            if path.startswith(LIFE):
                found.setdefault(path, letters)
        return max(found, key=lambda path: found[path], default="")

    def _words(self, path: str) -> str:
        value: object = self.names
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value if isinstance(value, str) else ""


class Binder(Protocol):
    """What a getter needs of the run it belongs to: the palette, Jinja, and a place for findings."""

    palette: Palette

    def render(self, leaf: Scalar, data: Data) -> tuple[str, str]:
        """The text of a leaf and the post's field it shows."""

    def wrong(self, message: str, at: Place, hint: str = "") -> None:
        """Report something that a template may not say."""

    def unknown(self, what: str, word: str, known: Sequence[str], at: Place) -> None:
        """Report a word that is not one of the known."""

    def known_keys(self, source: Map, known: Sequence[str], what: str = "isian") -> None:
        """Report keys that are not among the known."""


class Common(TypedDict):
    """The arguments that every node of `nodes` takes."""

    width: float | None
    height: float | None
    grow: float
    align: Align | None
    anchor: tuple[float, float] | None
    shift: tuple[float, float]
    rotate: float
    opacity: float
    at: Place


class Keys:
    """Typed getters over one mapping, a node or a value inside it."""

    def __init__(self, binder: Binder, source: Map, data: Data) -> None:
        self.binder = binder
        self.source = source
        self.data = data
        # A node asks for twenty keys and has five: looking along its entries each time costs.
        self.values = {key.text: value for key, value in source.entries}

    def at(self, key: str) -> Place:
        """Where a value was written, or the mapping itself when it was not."""
        return self.values.get(key, self.source).place

    def text(self, key: str, default: str = "") -> str:
        """A word, after its Jinja."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, Scalar):
            self.binder.wrong(f"{key} harus berupa satu kata.", value.place)
            return default
        return self.binder.render(value, self.data)[0].strip()

    def words(self, key: str) -> list[Scalar] | None:
        """A list of words; one word alone is a list of one."""
        value = self.values.get(key)
        if value is None:
            return None
        items = value.items if isinstance(value, Seq) else (value,)
        words = [item for item in items if isinstance(item, Scalar)]
        if len(words) < len(items):
            self.binder.wrong(f"{key} harus berupa daftar kata.", value.place)
        return words

    def choice(self, key: str, known: tuple[T, ...], default: T) -> T:
        """One of the known words."""
        word = self.text(key)
        if not word:
            return default
        for choice in known:
            if choice == word:
                return choice
        self.binder.unknown(key, word, [str(choice) for choice in known], self.at(key))
        return default

    def flag(self, key: str, default: bool = False) -> bool:
        """A yes or no: true or false, ya or tidak."""
        word = self.text(key).lower()
        if not word:
            return default
        if word not in _YES:
            self.binder.wrong(f"{key} hanya true atau false.", self.at(key))
        return _YES.get(word, default)

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A number between the least and the most."""
        word = self.text(key)
        return self._number(word, self.at(key), key, least, most, default) if word else default

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number, or 0 where the key is missing."""
        if self.values.get(key) is None:
            return 0
        return round(self.number(key, 0, least, most))

    def numbers(self, key: str, least: float, most: float) -> list[float]:
        """One number or a list of them."""
        return [
            self._number(self.binder.render(word, self.data)[0], word.place, key, least, most, 0)
            for word in self.words(key) or ()
        ]

    def _number(
        self, word: str, at: Place, key: str, least: float, most: float, default: float
    ) -> float:
        try:
            value = float(word.strip())
        except ValueError:
            self.binder.wrong(
                f'{key}: "{clipped(word)}" bukan angka.', at, "Tulis angka saja, misalnya 2.5."
            )
            return default
        if not least <= value <= most:  # also true for a number that is no number
            self.binder.wrong(f"{key} harus antara {least:g} dan {most:g}.", at)
            return default
        return value

    def point(self, key: str, least: float = 0.0, most: float = 1.0) -> tuple[float, float] | None:
        """A pair of numbers, or None where the key is missing."""
        if self.values.get(key) is None:
            return None
        found = self.numbers(key, least, most)
        if len(found) != 2:
            sample = "[4, 8]" if key == "fit" else "[0.5, 0.3]"
            self.binder.wrong(f"{key} harus dua angka.", self.at(key), f"Misalnya {sample}.")
            return None
        return found[0], found[1]

    def span(self, key: str) -> tuple[float, float] | None:
        """Two numbers, the smaller first."""
        found = self.point(key, 0.5, 60)
        if found is not None and found[0] > found[1]:
            self.binder.wrong(f"{key} harus dari kecil ke besar.", self.at(key))
            return found[1], found[0]
        return found

    def length(self, key: str) -> float | None:
        """A length, or None where the key is missing."""
        return self.number(key, 0, 0, MAX_LENGTH) if self.values.get(key) is not None else None

    def common(self) -> Common:
        """What every node may say."""
        align: Align | None = None
        if self.values.get("align") is not None:
            align = self.choice("align", ALIGNS, "stretch")
        return {
            "width": self.length("width"),
            "height": self.length("height"),
            "grow": self.number("grow", 0.0, 0, 100),
            "align": align,
            "anchor": self.anchor(),
            "shift": self.point("shift", -MAX_LENGTH, MAX_LENGTH) or (0.0, 0.0),
            "rotate": self.number("rotate", 0.0, -360, 360),
            "opacity": self.number("opacity", 1.0, 0, 1),
            "at": self.source.place,
        }

    def anchor(self) -> tuple[float, float] | None:
        """A place in a stack: a word of `ANCHORS` or a pair of fractions."""
        value = self.values.get("anchor")
        if isinstance(value, Seq):
            return self.point("anchor")
        word = self.text("anchor")
        if word and word not in ANCHORS:
            self.binder.unknown("anchor", word, tuple(ANCHORS), self.at("anchor"))
        return ANCHORS.get(word)

    def pad(self) -> tuple[Sides, tuple[bool, bool, bool, bool]]:
        """The padding, and the sides on which the channel's safe area is added to it."""
        value = self.values.get("pad")
        safe = [False] * 4
        pad: Sides = (0.0, 0.0, 0.0, 0.0)
        if isinstance(value, Map):
            inner = self.inside(value, "pad")
            safe = [inner.flag("safe")] * 4
            pad = inner.sides("extra")
        elif isinstance(value, Scalar) and value.text.strip() == "safe":
            safe = [True] * 4
        elif value is not None:
            pad = self.sides("pad")
        for word in self.words("safe") or ():
            if word.text in SIDES:
                safe[SIDES.index(word.text)] = True
            elif word.text in _YES:
                safe = [_YES[word.text]] * 4
            else:
                self.binder.unknown("sisi", word.text, SIDES, word.place)
        return pad, (safe[0], safe[1], safe[2], safe[3])

    def sides(self, key: str) -> Sides:
        """One number, [vertical, horizontal] or [top, right, bottom, left]."""
        found = self.numbers(key, 0, MAX_LENGTH)
        if len(found) not in (0, 1, 2, 4):
            hint = "Tulis 2, [2, 4], atau [atas, kanan, bawah, kiri]."
            self.binder.wrong(f"{key} harus satu, dua, atau empat angka.", self.at(key), hint)
            return (0.0, 0.0, 0.0, 0.0)
        top, right, bottom, left = (found * 4)[:4] if found else [0.0] * 4
        return top, right, bottom, left

    def colour(self, key: str, default: str) -> Colour:
        """A token of the palette or #RRGGBB."""
        return self._colour(self.text(key, default), self.at(key))

    def _colour(self, word: str, at: Place) -> Colour:
        if _HEX.fullmatch(word):
            return int(word[1:3], 16), int(word[3:5], 16), int(word[5:7], 16)
        colours = self.binder.palette.colours
        if word.startswith("#"):
            said = f'kode warna "{clipped(word)}" tidak terbaca.'
            self.binder.wrong(said, at, 'Tulis enam angka atau huruf, misalnya "#0A635A".')
            return 0, 0, 0
        if word not in colours:
            self.binder.unknown("warna", word, tuple(colours), at)
            return 0, 0, 0
        return colours[word]

    def inside(self, value: Map, what: str) -> Keys:
        """The keys of a value that is a mapping itself."""
        self.binder.known_keys(value, VALUE_KEYS[what])
        return Keys(self.binder, value, self.data)

    def fill(self, key: str = "fill") -> Fill | None:
        """A colour, gradient, motif or edge, or None where the key is missing."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, Scalar):
            word = self.text(key)
            return Solid(self._colour(word, value.place)) if word else None
        if not isinstance(value, Map):
            self.binder.wrong(f"{key} harus berupa warna.", value.place)
            return None
        return self.inside(value, "fill").one_fill()

    def one_fill(self) -> Fill | None:
        """The fill that this mapping describes: its kind follows from its keys."""
        has = self.values.keys()
        for kind, known in _FILL_KINDS:
            if kind in has:
                for key in has - known:
                    if any(key in keys for _, keys in _FILL_KINDS):
                        self.useless(key, kind)
                break
        if "dash" in has:
            return Dash(
                self.colour("colour", "line"),
                self.number("dash", 1.0, 0.1, 50),
                self.number("gap", 0.9, 0.1, 50),
            )
        if "motif" in has:
            over = self.fill("over") or Solid((255, 255, 255))
            if not isinstance(over, Solid | Gradient):
                self.binder.wrong("over hanya warna atau perpaduan warna.", self.at("over"))
                over = Solid((255, 255, 255))
            return Motif(
                self.named("motif", MOTIFS),
                over,
                self.colour("colour", "card"),
                self.number("alpha", 0.10, 0, 1),
                self.number("scale", 11.0, 2, 100),
            )
        if "edge" in has:
            return Edge(
                self.named("edge", EDGES),
                self.colour("colour", "surface"),
                self.number("scale", 5.5, 1, 100),
                self.flag("flip"),
            )
        if has & {"from", "to", "stops"}:
            stops = [
                self._colour(self.binder.render(word, self.data)[0].strip(), word.place)
                for key in (("stops",) if "stops" in has else ("from", "to"))
                for word in self.words(key) or ()
            ]
            if not 2 <= len(stops) <= 8:
                hint = "Misalnya {from: primary, to: primary_deep}."
                self.binder.wrong(
                    "perpaduan perlu dua sampai delapan warna.", self.source.place, hint
                )
                return None
            return Gradient(
                tuple(stops),
                self.number("angle", 0.0, -360, 360),
                self.flag("radial"),
                self.point("centre") or (0.5, 0.5),
                self._alphas(),
            )
        return Solid(self.colour("colour", "card"), self.number("alpha", 1.0, 0, 1))

    def _alphas(self) -> tuple[float, float]:
        """How much a gradient covers at its two ends: one number, or one for each end."""
        found = self.numbers("alpha", 0, 1)
        if len(found) > 2:
            self.binder.wrong("alpha harus satu atau dua angka.", self.at("alpha"))
        return (found[0], found[-1]) if 0 < len(found) < 3 else (1.0, 1.0)

    def useless(self, key: str, beside: str) -> None:
        """Report a key that would change nothing here."""
        said = f'"{key}" tidak berpengaruh bersama {beside}.'
        self.binder.wrong(said, self.at(key), "Hapus kunci ini.")

    def radius(self) -> float | Corners:
        """One radius, or four clockwise from the top left; one below 0 bites the corner out."""
        found = self.numbers("radius", -MAX_LENGTH, MAX_LENGTH)
        if len(found) == 4:
            return found[0], found[1], found[2], found[3]
        if len(found) > 1 or (found and found[0] < 0):
            hint = "Misalnya 3, atau [3, 3, 0, 0] dari kiri atas searah jarum jam."
            self.binder.wrong("radius harus satu atau empat angka.", self.at("radius"), hint)
            return 0.0
        return found[0] if found else 0.0

    def polygon(self) -> Polygon:
        """The corners of a polygon as fractions, [] where the key is missing."""
        value = self.values.get("polygon")
        if value is None:
            return ()
        points = value.items if isinstance(value, Seq) else ()
        corners = []
        for point in points:
            words = point.items if isinstance(point, Seq) else ()
            corner = [
                self._number(
                    self.binder.render(each, self.data)[0], each.place, "polygon", -1, 2, 0
                )
                for each in words
                if isinstance(each, Scalar)
            ]
            if len(corner) == len(words) == 2:
                corners.append((corner[0], corner[1]))
        if not 3 <= len(points) <= 24 or len(corners) != len(points):
            hint = "Misalnya [[0, 0.2], [1, 0], [1, 1], [0, 1]]."
            self.binder.wrong("polygon perlu 3 sampai 24 titik.", self.at("polygon"), hint)
            return ()
        return tuple(corners)

    def named(self, key: str, known: Sequence[str]) -> str:
        """The name of a motif or an edge; the first one after a finding."""
        word = self.text(key)
        if word not in known:
            self.binder.unknown(key, word, known, self.at(key))
            return known[0]
        return word

    def shadow(self) -> Shadow | None:
        """A shadow: `soft`, or its parts."""
        value = self.values.get("shadow")
        if value is None:
            return None
        if not isinstance(value, Map):
            return Shadow() if self.choice("shadow", ("soft", "none"), "none") == "soft" else None
        inner = self.inside(value, "shadow")
        colour = inner.colour("colour", "ink") if value.get("colour") is not None else (0, 0, 0)
        return Shadow(
            inner.number("blur", 3.0, 0, 12),
            inner.number("shift", 1.0, -12, 12),
            colour,
            inner.number("alpha", 0.18, 0, 1),
        )

    def border(self) -> Border | None:
        """A line just inside the edge."""
        value = self.values.get("border")
        if value is None:
            return None
        if not isinstance(value, Map):
            self.binder.wrong("border harus berupa isian bernama.", value.place)
            return None
        inner = self.inside(value, "border")
        return Border(
            inner.number("width", 0.2, 0, 20),
            inner.colour("colour", "line"),
            inner.number("alpha", 1.0, 0, 1),
        )
