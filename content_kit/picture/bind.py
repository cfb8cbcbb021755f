"""Turns a template's scene and one post's data into plain nodes: nothing is left to compute.

The structure comes from the template's YAML alone. Jinja runs only inside string leaves, so what
a volunteer types can become words on a picture, never a box, a colour or a picture's name with a
path in it. Every problem is collected with its line, so that one look mends a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeVar

from content_kit.files import yaml
from content_kit.files.safe_text import drawn, without_emoji
from content_kit.files.sandbox import Expr, Leaf, Sandbox, TemplateError, loop_words
from content_kit.files.templates import FORMATS, each
from content_kit.files.yaml import Map, Scalar, Seq
from content_kit.findings import Finding, Place, clipped, nearest
from content_kit.model import Palette, Photo
from content_kit.picture.keys import ALIGNS, LIFE, MAX_LENGTH, Data, Keys
from content_kit.picture.nodes import (
    Box,
    Direction,
    Halign,
    Image,
    Justify,
    Mask,
    Mode,
    Node,
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
            *("box", "children", "columns", "wrap", "gap", "pad", "safe", "cross", "justify"),
            *("fill", "radius", "polygon", "shadow", "border"),
        ),
        "text": (
            *("text", "style", "size", "fit", "weight", "leading", "tracking", "colour"),
            *("halign", "valign", "lines", "balance", "group", "upper", "strike", "name"),
        ),
        "image": (
            *("image", "mode", "focus", "mask", "radius", "flip", "tint"),
            *("shadow", "border"),
        ),
        "use": ("use", "with"),
    }
)
"""Every key of a scene: control words, those of any node, and those of each kind."""

SOURCES: Final = ("art", "photo", "logo", "qr")
KINDS: Final = ("box", "text", "image", "use")
TIGHT: Final = "sempit"
"""The word in `in` for any format whose safe area is low, whatever its name."""

_ONLY: Final = MappingProxyType({"row": ("columns", "wrap"), "stack": ("gap", "cross", "justify")})
"""Keys of a box that only a row knows, and those that a stack does not."""

MAX_NODES: Final = 2_000
MAX_CHARACTERS: Final = 20_000
MAX_PARTS: Final = 8
"""How deep parts may use parts."""


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
    covers: Callable[[str], bool] = lambda _: True,
) -> tuple[Node | None, list[Finding]]:
    """The nodes of one picture, and everything that is wrong with its template.

    `parts` are the shared parts by name, `photos` the unit's photos by file (for their focus);
    `covers` tells which letters the typeface has, so that others become their like.
    None instead of a node means that nothing could be built. Emoji are dropped with a note.
    """
    binder = _Binder(
        format_name, palette, parts or {}, photos or {}, leaves or Leaves(Sandbox()), covers
    )
    try:
        nodes = binder.node(scene, Data(context, {}), root=True)
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
        covers: Callable[[str], bool],
    ) -> None:
        self.format = format_name
        self.palette = palette
        self.parts = parts
        self.photos = photos
        self.leaves = leaves
        self.covers = covers
        self.findings: list[Finding] = []
        self.nodes = 0
        self.characters = 0

    # Structure

    def node(
        self, source: yaml.Node, data: Data, *, root: bool = False, depth: int = 0
    ) -> list[Node]:
        """The node that a mapping stands for, as a list: empty when it is dropped."""
        if not isinstance(source, Map):
            self.wrong("di sini harus ada bagian gambar.", source.place, _OFTEN_FORGOTTEN)
            return []
        kind = self.kind(source)
        if kind is None:
            return []
        self.keys(source, kind)
        keys = Keys(self, self.for_format(source, kind, data), data)
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
            self.known_keys(overrides, (*FORMATS, TIGHT), "format")
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

    def for_format(self, source: Map, kind: str, data: Data) -> Map:
        """The mapping with what `in` says for a low picture, then for this format."""
        overrides = source.get("in")
        if not isinstance(overrides, Map):
            return source
        words = data.names.get("format")
        tight = isinstance(words, Mapping) and words.get(TIGHT) is True
        merged = source
        for name in ((TIGHT,) if tight else ()) + (self.format,):
            own = overrides.get(name)
            if isinstance(own, Map):
                new = {key.text for key, _ in own.entries}
                kept = tuple(entry for entry in merged.entries if entry[0].text not in new)
                merged = replace(merged, entries=(*kept, *own.entries))
        return merged if merged.get(kind) is not None else source

    def wanted(self, keys: Keys) -> bool:
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

    def inspect_children(self, keys: Keys) -> None:
        """Look for unknown keys in what this picture leaves out: other posts will show it."""
        children = keys.values.get("children")
        for child in children.items if isinstance(children, Seq) else ():
            if isinstance(child, Map):
                kind = self.kind(child)
                if kind is not None:
                    self.keys(child, kind)
                    self.inspect_children(Keys(self, child, keys.data))

    # Kinds

    def box(self, keys: Keys, data: Data, root: bool, depth: int) -> list[Node]:
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
        direction = keys.choice("box", _DIRECTIONS, "column")
        useless = _ONLY["stack"] if direction == "stack" else ()
        for key in (*useless, *(_ONLY["row"] if direction != "row" else ())):
            if key in keys.values:
                keys.useless(key, f"box: {direction}")
        if "columns" in keys.values and "wrap" in keys.values:
            keys.useless("columns", "wrap")
        return [
            Box(
                **keys.common(),
                direction=direction,
                children=tuple(children),
                columns=keys.whole("columns", 1, 12),
                wrap=keys.flag("wrap"),
                gap=keys.number("gap", 0.0, 0, MAX_LENGTH),
                pad=pad,
                safe=safe,
                cross=keys.choice("cross", ALIGNS, "stretch"),
                justify=keys.choice("justify", _JUSTIFIES, "start"),
                fill=keys.fill(),
                radius=keys.radius(),
                polygon=keys.polygon(),
                shadow=keys.shadow(),
                border=keys.border(),
            )
        ]

    def rounds(self, keys: Keys, data: Data) -> Iterator[Data]:
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

    def part(self, keys: Keys, data: Data, depth: int) -> list[Node]:
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

    def text(self, keys: Keys) -> list[Node]:
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
        words = drawn(words, self.covers)
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
            name=keys.flag("name", field.startswith(LIFE)),
        )
        if not words:
            return []
        self.characters += len(words)
        if self.characters > MAX_CHARACTERS:
            said = f"gambar ini berisi lebih dari {MAX_CHARACTERS} huruf."
            raise self.too_much(said, leaf.place)
        return [node]

    def image(self, keys: Keys) -> list[Node]:
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
        if kind != "art" and "tint" in keys.values:
            keys.useless("tint", f"{kind}:")
        node = Image(
            **keys.common(),
            source_field=field,
            source=f"{kind}:{ref}",
            mode=keys.choice("mode", _MODES, "contain"),
            focus=focus or (0.5, 0.5),
            mask=keys.choice("mask", _MASKS, "none"),
            radius=keys.number("radius", 0.0, 0, MAX_LENGTH),
            flip=keys.flag("flip"),
            tint=keys.colour("tint", "") if keys.text("tint", "") and kind == "art" else None,
            shadow=keys.shadow(),
            border=keys.border(),
        )
        return [node] if ref else []

    # Leaves

    def render(self, leaf: Scalar, data: Data) -> tuple[str, str]:
        """The text of a leaf and the field that it shows; raises `_Dropped` when refused."""
        if "{{" not in leaf.text and "{%" not in leaf.text and "{#" not in leaf.text:
            return leaf.text, ""
        try:
            checked = self.leaves.leaf(leaf.text, leaf.place)
            return checked.render(data.names), data.field(checked.paths)
        except TemplateError as error:
            self.refused(error, data)
            raise _Dropped from None

    def value(self, leaf: Scalar, data: Data) -> object:
        """The value of an expression; one that is refused is reported and counts as false."""
        try:
            return self.leaves.expression(leaf.text, leaf.place)(data.names)
        except TemplateError as error:
            self.refused(error, data)
            return False

    # Findings

    def refused(self, error: TemplateError, data: Data) -> None:
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
