"""Turns a template's scene and one post's data into plain nodes: nothing is left to compute.

The structure comes from the template's YAML alone. Jinja runs only inside string leaves, so what
a volunteer types can become words on a picture, never a box, a colour or a picture's name with a
path in it. Every problem is collected with its line, so that one look mends a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypedDict, TypeVar

from content_kit.files import yaml
from content_kit.files.safe_text import without_emoji
from content_kit.files.sandbox import Expr, Leaf, Sandbox, TemplateError, loop_words
from content_kit.files.templates import FORMATS, each
from content_kit.files.yaml import Map, Scalar, Seq
from content_kit.findings import Finding, Place, clipped, nearest
from content_kit.model import Palette, Photo
from content_kit.picture.motifs import EDGES, MOTIFS
from content_kit.picture.nodes import (
    Align,
    Border,
    Box,
    Colour,
    Direction,
    Edge,
    Fill,
    Gradient,
    Halign,
    Image,
    Justify,
    Mask,
    Mode,
    Motif,
    Node,
    Shadow,
    Sides,
    Solid,
    Text,
    Valign,
)
from content_kit.picture.styles import DEFAULT_STYLE, STYLES

T = TypeVar("T")

NODE_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "kendali": ("when", "each", "formats", "in"),
        "umum": ("width", "height", "grow", "align", "anchor", "shift", "rotate", "opacity"),
        "box": (
            *("box", "children", "columns", "gap", "pad", "safe", "cross", "justify"),
            *("fill", "radius", "shadow", "border"),
        ),
        "text": (
            *("text", "style", "size", "fit", "weight", "leading", "tracking", "colour"),
            *("halign", "valign", "lines", "balance", "group", "upper", "strike"),
        ),
        "image": ("image", "mode", "focus", "mask", "radius", "shadow", "border"),
        "use": ("use", "with"),
    }
)
"""Every key of a scene: control words, those of any node, and those of each kind."""

VALUE_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "fill": (
            *("colour", "alpha", "from", "to", "stops", "angle", "radial", "centre"),
            *("motif", "over", "scale", "edge", "flip"),
        ),
        "shadow": ("blur", "shift", "colour", "alpha"),
        "border": ("width", "colour", "alpha"),
        "pad": ("safe", "extra"),
    }
)
"""The keys of the values that are mappings themselves."""

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
SOURCES: Final = ("art", "photo", "logo", "qr")
KINDS: Final = ("box", "text", "image", "use")

MAX_NODES: Final = 2_000
MAX_CHARACTERS: Final = 20_000
MAX_PARTS: Final = 8
"""How deep parts may use parts."""

MAX_LENGTH: Final = 400.0
"""The largest length: four times the short side."""

_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_YES: Final = {"true": True, "ya": True, "false": False, "tidak": False}

_ALIGNS: Final[tuple[Align, ...]] = ("start", "center", "end", "stretch")
_DIRECTIONS: Final[tuple[Direction, ...]] = ("row", "column", "stack")
_JUSTIFIES: Final[tuple[Justify, ...]] = ("start", "center", "end", "between")
_HALIGNS: Final[tuple[Halign, ...]] = ("left", "center", "right")
_VALIGNS: Final[tuple[Valign, ...]] = ("top", "middle", "bottom")
_MODES: Final[tuple[Mode, ...]] = ("cover", "contain")
_MASKS: Final[tuple[Mask, ...]] = ("none", "circle", "rounded")

_OFTEN_FORGOTTEN: Final = "Setiap bagian perlu satu dari box, text, image, atau use."


def bind(
    scene: Map,
    format_name: str,
    context: Mapping[str, object],
    palette: Palette,
    *,
    parts: Mapping[str, Map] | None = None,
    photos: Mapping[str, Photo] | None = None,
    leaves: Leaves | None = None,
) -> tuple[Node | None, list[Finding]]:
    """The nodes of one picture, and everything that is wrong with its template.

    `parts` are the shared parts by name, `photos` the unit's photos by file (for their focus).
    None instead of a node means that nothing could be built. Emoji are dropped with a note.
    """
    binder = _Binder(format_name, palette, parts or {}, photos or {}, leaves or Leaves(Sandbox()))
    try:
        nodes = binder.node(scene, _Data(context, {}), root=True)
    except _TooMuch as too_much:
        return None, [*binder.findings, too_much.finding]
    findings = list(dict.fromkeys(binder.findings))
    if not nodes:
        return None, findings
    return nodes[0], findings


class Leaves:
    """Checked leaves by their text and place, so that a template is read once for all its posts."""

    def __init__(self, sandbox: Sandbox, limit: int = 4_096) -> None:
        self._sandbox = sandbox
        self._limit = limit
        self._leaves: dict[tuple[str, Place], Leaf] = {}
        self._expressions: dict[tuple[str, Place], Expr] = {}

    def leaf(self, source: str, at: Place) -> Leaf:
        """The text with Jinja in it, checked."""
        return self._kept(self._leaves, source, at, self._sandbox.template)

    def expression(self, source: str, at: Place) -> Expr:
        """What stands in `when` or `each`, checked."""
        return self._kept(self._expressions, source, at, self._sandbox.expression)

    def _kept(
        self,
        kept: dict[tuple[str, Place], T],
        source: str,
        at: Place,
        make: Callable[[str, Place], T],
    ) -> T:
        key = (source, at)
        if key not in kept:
            if len(kept) >= self._limit:
                kept.clear()
            kept[key] = make(source, at)
        return kept[key]


@dataclass(frozen=True, slots=True)
class _Data:
    """The names a leaf may use, and for each name of a loop or part the post's field behind it.

    `part` is the shared part around it and where that is used: a name it lacks is missing there.
    """

    names: Mapping[str, object]
    aliases: Mapping[str, str]
    part: tuple[str, Place] | None = None

    def having(self, name: str, value: object, path: str) -> _Data:
        return _Data({**self.names, name: value}, {**self.aliases, name: path}, self.part)

    def field(self, paths: Sequence[str]) -> str:
        """The first field of the post ("isi.langkah.0.judul") among dotted paths, or ""."""
        for path in paths:
            head, dot, rest = path.partition(".")
            if head in self.aliases:
                path = self.aliases[head] + dot + rest if self.aliases[head] else ""
            if path.startswith("isi."):
                return path
        return ""


class _TooMuch(Exception):
    """The template makes more than a picture can hold; nothing more is built."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Dropped(Exception):
    """A value was refused and reported: its node is left out."""


class _Binder:
    """One run over a scene."""

    def __init__(
        self,
        format_name: str,
        palette: Palette,
        parts: Mapping[str, Map],
        photos: Mapping[str, Photo],
        leaves: Leaves,
    ) -> None:
        self.format = format_name
        self.palette = palette
        self.parts = parts
        self.photos = photos
        self.leaves = leaves
        self.findings: list[Finding] = []
        self.nodes = 0
        self.characters = 0

    # Structure

    def node(
        self, source: yaml.Node, data: _Data, *, root: bool = False, depth: int = 0
    ) -> list[Node]:
        """The node that a mapping stands for, as a list: empty when it is dropped."""
        if not isinstance(source, Map):
            self.wrong("di sini harus ada bagian gambar.", source.place, _OFTEN_FORGOTTEN)
            return []
        kind = self.kind(source)
        if kind is None:
            return []
        self.keys(source, kind)
        keys = _Keys(self, self.for_format(source, kind), data)
        if not self.wanted(keys):
            self.inspect_children(keys)
            return []
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.too_much(f"model ini membuat lebih dari {MAX_NODES} bagian.", source.place)
        try:
            if kind == "use":
                return self.part(keys, data, depth)
            if kind == "text":
                return self.text(keys)
            if kind == "image":
                return self.image(keys)
            return self.box(keys, data, root, depth)
        except _Dropped:
            return []

    def kind(self, source: Map) -> str | None:
        kinds = [key for key in KINDS if source.get(key) is not None]
        if len(kinds) == 1:
            return kinds[0]
        if kinds:
            said = f"{kinds[0]} dan {kinds[1]} tidak boleh di satu bagian."
            self.wrong(said, source.place, "Pisahkan menjadi dua bagian.")
            return None
        self.wrong("bagian ini belum jelas jenisnya.", source.place, _OFTEN_FORGOTTEN)
        for key, _ in source.entries:
            near = nearest(key.text, KINDS, "")
            if near:
                self.wrong(f'"{clipped(key.text)}" tidak dikenal.', key.place, near)
        return None

    def keys(self, source: Map, kind: str) -> None:
        """Report keys that this kind does not have, those inside `in` as well."""
        known = (*NODE_KEYS[kind], *NODE_KEYS["umum"], *NODE_KEYS["kendali"])
        self.known_keys(source, known)
        overrides = source.get("in")
        if isinstance(overrides, Map):
            self.known_keys(overrides, FORMATS, "format")
            for _, override in overrides.entries:
                if isinstance(override, Map):
                    self.known_keys(override, known)
                else:
                    self.wrong("harus berupa isian bernama.", override.place)
        elif overrides is not None:
            self.wrong("harus berupa isian bernama.", overrides.place, "Misalnya in: {story: …}.")

    def known_keys(self, source: Map, known: Sequence[str], what: str = "isian") -> None:
        for key, value in source.entries:
            if key.text not in known:
                hint = nearest(key.text, known)
                if key.text.isdigit():
                    hint = "Pecahan ditulis dengan titik: 2.5, bukan 2,5."
                self.wrong(f'{what} "{clipped(key.text)}" tidak dikenal.', key.place, hint)
            elif isinstance(value, Scalar) and value.plain and not value.text:
                # Most often a colour without quotes: YAML takes it for a remark.
                hint = 'Kode warna perlu tanda kutip: "#FFFFFF".'
                self.wrong(f"{key.text} belum diisi.", key.place, hint)

    def for_format(self, source: Map, kind: str) -> Map:
        """The mapping with what `in` says for this format."""
        overrides = source.get("in")
        own = overrides.get(self.format) if isinstance(overrides, Map) else None
        if not isinstance(own, Map):
            return source
        new = {key.text for key, _ in own.entries}
        kept = tuple(entry for entry in source.entries if entry[0].text not in new)
        merged = replace(source, entries=(*kept, *own.entries))
        return merged if merged.get(kind) is not None else source

    def wanted(self, keys: _Keys) -> bool:
        formats = keys.words("formats")
        for word in formats or ():
            if word.text not in FORMATS:
                self.unknown("format", word.text, FORMATS, word.place)
        if formats is not None and self.format not in {word.text for word in formats}:
            return False
        when = keys.values.get("when")
        if when is None:
            return True
        if not isinstance(when, Scalar):
            self.wrong("harus berupa pernyataan.", when.place, "Misalnya when: isi.foto.")
            return False
        return bool(self.value(when, keys.data))

    def inspect_children(self, keys: _Keys) -> None:
        """Look for unknown keys in what this picture leaves out: other posts will show it."""
        children = keys.values.get("children")
        for child in children.items if isinstance(children, Seq) else ():
            if isinstance(child, Map):
                kind = self.kind(child)
                if kind is not None:
                    self.keys(child, kind)
                    self.inspect_children(_Keys(self, child, keys.data))

    # Kinds

    def box(self, keys: _Keys, data: _Data, root: bool, depth: int) -> list[Node]:
        written = keys.values.get("children")
        if written is not None and not isinstance(written, Seq):
            self.wrong("harus berupa daftar.", written.place, "Awali setiap bagian dengan -.")
            written = None
        children: list[Node] = []
        if written is not None:
            for inner in self.rounds(keys, data):
                for child in written.items:
                    children.extend(self.node(child, inner, depth=depth))
        elif keys.values.get("each") is not None:
            self.wrong("each mengulang children, tetapi children tidak ada.", keys.source.place)
        if written is not None and written.items and not children and not root:
            # What was to be shown is empty, so its card or row would be an empty frame.
            return []
        pad, safe = keys.pad()
        return [
            Box(
                **keys.common(),
                direction=keys.choice("box", _DIRECTIONS, "column"),
                children=tuple(children),
                columns=keys.whole("columns", 1, 12),
                gap=keys.number("gap", 0.0, 0, MAX_LENGTH),
                pad=pad,
                safe=safe,
                cross=keys.choice("cross", _ALIGNS, "stretch"),
                justify=keys.choice("justify", _JUSTIFIES, "start"),
                fill=keys.fill(),
                radius=keys.number("radius", 0.0, 0, MAX_LENGTH),
                shadow=keys.shadow(),
                border=keys.border(),
            )
        ]

    def rounds(self, keys: _Keys, data: _Data) -> Iterator[_Data]:
        """The data for each repetition of a box's children: once, or once for each item."""
        leaf = keys.values.get("each")
        if leaf is None:
            yield data
            return
        if not isinstance(leaf, Scalar):
            self.wrong("each tidak terbaca.", leaf.place, "Misalnya each: butir in isi.langkah.")
            return
        try:
            name, over = each(leaf.text, leaf.place)
            expression = self.leaves.expression(over, leaf.place)
            items = expression(data.names)
        except TemplateError as error:
            self.refused(error, data)
            return
        if items is None or items == "":
            return
        if not isinstance(items, list | tuple):
            self.wrong("yang diulang harus berupa daftar.", leaf.place)
            return
        path = data.field(expression.paths)
        for number, item in enumerate(items):
            inner = data.having(name, item, f"{path}.{number}" if path else "")
            yield inner.having("loop", loop_words(number + 1, len(items)), "")

    def part(self, keys: _Keys, data: _Data, depth: int) -> list[Node]:
        name = keys.text("use")
        source = self.parts.get(name)
        at = keys.at("use")
        if source is None:
            self.unknown("bagian bersama", name, tuple(self.parts), at)
            return []
        if depth >= MAX_PARTS:
            raise self.too_much("bagian bersama saling memakai tanpa akhir.", at)
        given = keys.values.get("with")
        inner = data
        if isinstance(given, Map):
            for key, value in given.entries:
                if isinstance(value, Scalar):
                    text, field = self.render(value, data)
                    inner = inner.having(key.text, text, field)
                else:
                    self.wrong("harus berupa teks.", value.place)
        elif given is not None:
            self.wrong("harus berupa isian bernama.", given.place, "Misalnya with: {warna: ink}.")
        inner = replace(inner, part=(name, at))
        # What the place of use says of size and position wins over the part itself.
        own = [entry for entry in keys.source.entries if entry[0].text in NODE_KEYS["umum"]]
        if own:
            names = {key.text for key, _ in own}
            kept = (entry for entry in source.entries if entry[0].text not in names)
            source = replace(source, entries=(*kept, *own))
        return self.node(source, inner, depth=depth + 1)

    def text(self, keys: _Keys) -> list[Node]:
        leaf = keys.values.get("text")
        if not isinstance(leaf, Scalar):
            self.wrong("harus berupa teks.", keys.at("text"))
            return []
        written, field = self.render(leaf, keys.data)
        words, dropped = without_emoji(written.strip())
        if dropped:
            place = replace(leaf.place, field=field)
            said = f"emoji {' '.join(dropped)} tidak ikut di gambar."
            self.findings.append(
                Finding("emoji-dibuang", said, place, hint="Emoji tetap ada di keterangan.")
            )
        words = "\n".join(" ".join(_SPACE.split(line)).strip() for line in words.split("\n"))
        words = words.strip()
        name = keys.text("style", DEFAULT_STYLE)
        if name not in STYLES:
            self.unknown("gaya", name, tuple(STYLES), keys.at("style"))
        style = STYLES.get(name, STYLES[DEFAULT_STYLE])
        size = keys.number("size", style.size, 0.5, 60)
        sized = keys.values.get("size") is not None
        node = Text(
            **keys.common(),
            source_field=field,
            text=words.upper() if keys.flag("upper", style.upper) else words,
            size=size,
            fit=keys.span("fit") or (None if sized else style.fit),
            weight=round(keys.number("weight", style.weight, 200, 800)),
            leading=keys.number("leading", style.leading, 0.8, 3),
            tracking=keys.number("tracking", style.tracking, -0.1, 0.5),
            colour=keys.colour("colour", "ink"),
            halign=keys.choice("halign", _HALIGNS, "left"),
            valign=keys.choice("valign", _VALIGNS, "top"),
            lines=keys.whole("lines", 1, 40) or style.lines,
            balance=keys.flag("balance", style.balance),
            group=keys.text("group"),
            strike=keys.colour("strike", "") if keys.text("strike", "") else None,
        )
        if not words:
            return []
        self.characters += len(words)
        if self.characters > MAX_CHARACTERS:
            said = f"gambar ini berisi lebih dari {MAX_CHARACTERS} huruf."
            raise self.too_much(said, leaf.place)
        return [node]

    def image(self, keys: _Keys) -> list[Node]:
        leaf = keys.values.get("image")
        if not isinstance(leaf, Scalar):
            self.wrong("harus berupa teks.", keys.at("image"), 'Misalnya "art:jam".')
            return []
        written, field = self.render(leaf, keys.data)
        kind, colon, ref = written.strip().partition(":")
        ref = ref.strip()
        if colon and kind not in SOURCES:
            self.unknown("asal gambar", kind, SOURCES, leaf.place)
            return []
        if not colon and kind:
            said = f'gambar "{clipped(kind)}" belum menyebut asalnya.'
            self.wrong(said, leaf.place, f"Awali dengan {', '.join(f'{s}:' for s in SOURCES)}.")
            return []
        focus = keys.point("focus")
        if focus is None and kind == "photo" and ref in self.photos:
            focus = self.photos[ref].focus
        node = Image(
            **keys.common(),
            source_field=field,
            source=f"{kind}:{ref}",
            mode=keys.choice("mode", _MODES, "contain"),
            focus=focus or (0.5, 0.5),
            mask=keys.choice("mask", _MASKS, "none"),
            radius=keys.number("radius", 0.0, 0, MAX_LENGTH),
            shadow=keys.shadow(),
            border=keys.border(),
        )
        return [node] if ref else []

    # Leaves

    def render(self, leaf: Scalar, data: _Data) -> tuple[str, str]:
        """The text of a leaf and the post's field it shows; raises `_Dropped` when refused."""
        if "{{" not in leaf.text and "{%" not in leaf.text and "{#" not in leaf.text:
            return leaf.text, ""
        try:
            checked = self.leaves.leaf(leaf.text, leaf.place)
            return checked.render(data.names), data.field(checked.paths)
        except TemplateError as error:
            self.refused(error, data)
            raise _Dropped from None

    def value(self, leaf: Scalar, data: _Data) -> object:
        """The value of an expression; one that is refused is reported and counts as false."""
        try:
            return self.leaves.expression(leaf.text, leaf.place)(data.names)
        except TemplateError as error:
            self.refused(error, data)
            return False

    # Findings

    def refused(self, error: TemplateError, data: _Data) -> None:
        """Report what a leaf could not say; a part's missing name at the place of its use."""
        if not error.missing or data.part is None:
            self.findings.append(error.finding)
            return
        name, at = data.part
        said = f'bagian "{name}" perlu "{clipped(error.missing)}" di with.'
        self.wrong(said, at, f"Tulis misalnya with: {{{error.missing}: …}}.")

    def wrong(self, message: str, at: Place, hint: str = "") -> None:
        self.findings.append(Finding("model-rusak", message, at, hint=hint))

    def unknown(self, what: str, word: str, known: Sequence[str], at: Place) -> None:
        hint = nearest(word, known) or "Belum ada satu pun."
        self.wrong(f'{what} "{clipped(word)}" tidak dikenal.', at, hint)

    def too_much(self, message: str, at: Place) -> _TooMuch:
        return _TooMuch(Finding("model-terlalu-mahal", message, at, hint="Sederhanakan model ini."))


_SPACE: Final = re.compile(r"[ \t\r\f\v]+")  # a no-break space stays


class _Common(TypedDict):
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


class _Keys:
    """Typed getters over one mapping, a node or a value inside it."""

    def __init__(self, binder: _Binder, source: Map, data: _Data) -> None:
        self.binder = binder
        self.source = source
        self.data = data
        # A node asks for twenty keys and has five: looking along its entries each time costs.
        self.values = {key.text: value for key, value in source.entries}

    def at(self, key: str) -> Place:
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
        word = self.text(key)
        if not word:
            return default
        for choice in known:
            if choice == word:
                return choice
        self.binder.unknown(key, word, [str(choice) for choice in known], self.at(key))
        return default

    def flag(self, key: str, default: bool = False) -> bool:
        word = self.text(key).lower()
        if not word:
            return default
        if word not in _YES:
            self.binder.wrong(f"{key} hanya true atau false.", self.at(key))
        return _YES.get(word, default)

    def number(self, key: str, default: float, least: float, most: float) -> float:
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

    def common(self) -> _Common:
        """What every node may say."""
        align: Align | None = None
        if self.values.get("align") is not None:
            align = self.choice("align", _ALIGNS, "stretch")
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

    def inside(self, value: Map, what: str) -> _Keys:
        """The keys of a value that is a mapping itself."""
        self.binder.known_keys(value, VALUE_KEYS[what])
        return _Keys(self.binder, value, self.data)

    def fill(self, key: str = "fill") -> Fill | None:
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
            )
        return Solid(self.colour("colour", "card"), self.number("alpha", 1.0, 0, 1))

    def named(self, key: str, known: Sequence[str]) -> str:
        word = self.text(key)
        if word not in known:
            self.binder.unknown(key, word, known, self.at(key))
            return known[0]
        return word

    def shadow(self) -> Shadow | None:
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
