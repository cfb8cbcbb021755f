"""Our SVG art as pixels: what is not on the list of allowed things never reaches the renderer.

resvg opens any file an SVG names, and a stranger's art may be meant to harm. So the XML is read
here, and resvg gets a text written anew from the elements and attributes that were understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.parsers import expat

import resvg
from PIL import Image
from resvg import usvg

from content_kit.findings import NOWHERE, Finding, Place
from content_kit.picture.nodes import Colour
from content_kit.picture.weight import Element, too_heavy

MAX_BYTES: Final = 200_000
MAX_ELEMENTS: Final = 3_000
MAX_DEPTH: Final = 32
MAX_SIDE: Final = 4_000
MAX_RATIO: Final = 20.0

_SVG: Final = "http://www.w3.org/2000/svg"
_HREFS: Final = ("href", "http://www.w3.org/1999/xlink href")
_SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "polygon", "polyline", "line"})
_GRADIENTS: Final = frozenset({"linearGradient", "radialGradient"})
_ELEMENTS: Final = _SHAPES | _GRADIENTS | {"svg", "g", "defs", "use", "stop"}
_DROPPED: Final = frozenset({"title", "desc"})

_NUMBERS: Final = re.compile(r"[-+0-9.eE,%\s]*(px)?")
_PATH: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*")
_WORDS: Final = re.compile(r"[A-Za-z][A-Za-z -]*")
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
_VERSION: Final = re.compile(r"1\.[01]")
_TRANSFORM: Final = re.compile(
    r"\s*((matrix|translate|scale|rotate|skewX|skewY)\s*\([-+0-9.eE,\s]*\)[\s,]*)*"
)
_PAINT: Final = re.compile(
    r"#[0-9A-Fa-f]{3,8}|[A-Za-z]+|rgba?\([\d.,%\s]+\)|url\(#[A-Za-z_][\w.-]*\)|@[a-z_]+"
)
_LINK: Final = re.compile(r"#[A-Za-z_][\w.-]*")

# No stroke-dasharray: dashes a thousandth of a unit long keep the renderer busy for minutes.
_ATTRIBUTES: Final[Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(("fill", "stroke", "stop-color"), _PAINT),
    **dict.fromkeys(
        (
            *("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr"),
            *("x1", "y1", "x2", "y2", "points", "viewBox", "offset", "opacity"),
            *("fill-opacity", "stroke-opacity", "stop-opacity", "stroke-width"),
            "stroke-miterlimit",
        ),
        _NUMBERS,
    ),
    **dict.fromkeys(
        (
            *("fill-rule", "stroke-linecap", "stroke-linejoin", "preserveAspectRatio"),
            *("gradientUnits", "spreadMethod", "role"),
        ),
        _WORDS,
    ),
    **dict.fromkeys(("transform", "gradientTransform"), _TRANSFORM),
    "d": _PATH,
    "id": _NAME,
    "version": _VERSION,
}
_WRITTEN_ANEW: Final = frozenset({"width", "height", "viewBox", "version", "role", "x", "y"})
_TOKEN: Final = re.compile(r'(?<==")@([a-z_]+)(?=")')


@dataclass(frozen=True, slots=True)
class Art:
    """A picture that was found harmless: its size in its own units, and its cleaned text.

    Colours such as `@primary` are still tokens in it.
    """

    width: float
    height: float
    view: str
    body: str
    place: Place = NOWHERE

    @property
    def tokens(self) -> frozenset[str]:
        """The palette's colours that the picture asks for."""
        return frozenset(_TOKEN.findall(self.body))


class _Refused(Exception):
    """Reading stops here: what follows is not worth looking at."""


def read(svg: bytes, file: str = "") -> tuple[Art | None, list[Finding]]:
    """The art in an SVG file, or what is wrong with it (`svg-terlarang`, with lines)."""
    reader = _Reader(file)
    if len(svg) > MAX_BYTES:
        reader.complain(f"Gambar SVG lebih dari {MAX_BYTES // 1000} KB.", 0)
        return None, reader.findings
    try:
        root = reader.parse(svg)
        art = _measured(root, reader)
        problem = too_heavy(root, max(art.width, art.height))
        if problem:
            raise reader.refuse(*problem)
    except _Refused:
        return None, reader.findings
    return (None if reader.findings else art), reader.findings


def draw(
    art: Art, width: int, height: int, palette: Mapping[str, Colour]
) -> tuple[Image.Image | None, list[Finding]]:
    """The art in the middle of width × height px as large as fits: RGBA, not premultiplied."""
    findings = [
        _finding(f"Warna “@{token}” tidak ada di palet.", art.place)
        for token in sorted(art.tokens - palette.keys())
    ]
    if findings:
        return None, findings
    width, height = (min(max(side, 1), MAX_SIDE) for side in (width, height))
    body = _TOKEN.sub(lambda found: "#{:02x}{:02x}{:02x}".format(*palette[found[1]]), art.body)
    text = f'<svg xmlns="{_SVG}" width="{width}" height="{height}" viewBox="{art.view}"{body}</svg>'
    try:
        tree = usvg.Tree.from_str(text, usvg.Options.default())
        # Affine in row order. resvg hands back PNG, which is never premultiplied.
        png = resvg.render(tree, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0))
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - a panic in Rust is a BaseException of its own kind
        return None, [_finding("Gambar SVG tidak dapat dibaca.", art.place)]
    with Image.open(BytesIO(png), formats=["PNG"]) as opened:
        return opened.convert("RGBA"), []


def _finding(message: str, place: Place) -> Finding:
    hint = "Simpan ulang sebagai SVG sederhana: hanya bentuk dan warna."
    return Finding("svg-terlarang", message, place, hint=hint)


class _Reader:
    """Builds the tree of allowed elements, and notes what is not allowed."""

    def __init__(self, file: str) -> None:
        self.findings: list[Finding] = []
        self.file = file
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._dropping = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")

    def complain(self, message: str, line: int | None = None, column: int = 0) -> None:
        if line is None:
            line = self._parser.CurrentLineNumber
            column = self._parser.CurrentColumnNumber + 1
        self.findings.append(_finding(message, Place(self.file, line, column)))

    def refuse(self, message: str, line: int | None = None) -> _Refused:
        self.complain(message, line, 1 if line else 0)
        return _Refused()

    def parse(self, svg: bytes) -> Element:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        # A DOCTYPE is refused where it begins, before any entity in it is declared.
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.ParseFile(BytesIO(svg))
        except expat.ExpatError as error:
            said = "Gambar SVG ini rusak: tidak dapat dibaca sebagai XML."
            raise self.refuse(said, error.lineno) from None
        except (LookupError, ValueError):
            raise self.refuse("Gambar SVG harus disimpan sebagai UTF-8.", 1) from None
        if self._root is None:
            raise self.refuse("Gambar SVG ini kosong.", 1)
        return self._root

    def _doctype(self, *_: object) -> None:
        raise self.refuse("Gambar SVG tidak boleh berisi DOCTYPE.")

    def _instruction(self, target: str, _: str) -> None:
        raise self.refuse(f"Gambar SVG tidak boleh berisi <?{target[:40]}?>.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise self.refuse(f"Gambar SVG berisi lebih dari {MAX_ELEMENTS} bagian.")
        if len(self._open) + self._dropping >= MAX_DEPTH:
            raise self.refuse(f"Gambar SVG bersarang lebih dari {MAX_DEPTH} tingkat.")
        space, _, local = name.rpartition(" ")
        if self._dropping or (local in _DROPPED and space in ("", _SVG) and self._open):
            self._dropping += 1
            return
        if space not in ("", _SVG) or local not in _ELEMENTS:
            raise self.refuse(f"Gambar SVG tidak boleh berisi <{local[:40]}>.")
        if (local == "svg") == bool(self._open):
            raise self.refuse("Gambar SVG harus punya satu <svg>, yaitu yang terluar.")
        element = Element(local, {}, self._parser.CurrentLineNumber)
        for key, value in attributes.items():
            self._attribute(element, key, value)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        if self._dropping:
            self._dropping -= 1
        else:
            self._open.pop()

    def _attribute(self, element: Element, key: str, value: str) -> None:
        value = value.strip()
        if key in _HREFS and (element.name == "use" or element.name in _GRADIENTS):
            if _LINK.fullmatch(value):
                element.attributes["href"] = value
                element.link = value[1:]
            else:
                self.complain(f"<{element.name}> hanya boleh menunjuk ke “#nama” di berkas ini.")
            return
        shown = key.rpartition(" ")[2][:40]
        pattern = _ATTRIBUTES.get(key)
        if pattern is None:
            self.complain(f"<{element.name}> tidak boleh punya “{shown}”.")
        elif not pattern.fullmatch(value):
            self.complain(f"Isi “{shown}” pada <{element.name}> tidak dikenal.")
        else:
            element.attributes[key] = value


def _measured(root: Element, reader: _Reader) -> Art:
    """The art with its size and its text; the root's own attributes become part of the body."""
    view = root.attributes.get("viewBox", "")
    numbers = view.replace(",", " ").split()
    if not view:
        sides = [root.attributes.get(key, "").removesuffix("px") for key in ("width", "height")]
        numbers = ["0", "0", *sides]
    try:
        x, y, width, height = (float(number) for number in numbers)
    except ValueError:
        raise reader.refuse("Gambar SVG perlu viewBox, misalnya “0 0 64 64”.", root.line) from None
    # "not (a < b)" also holds for a number that is no number.
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(x) < 1e6 and abs(y) < 1e6):
        raise reader.refuse("Ukuran pada viewBox tidak dapat dipakai.", root.line)
    if not 1 / MAX_RATIO <= width / height <= MAX_RATIO:
        raise reader.refuse("Gambar SVG terlalu panjang atau terlalu lebar.", root.line)
    kept = {k: v for k, v in root.attributes.items() if k not in _WRITTEN_ANEW}
    body = _attributes(kept) + ">" + "".join(_text(child) for child in root.children)
    place = Place(reader.file, root.line, 1)
    return Art(width, height, f"{x:g} {y:g} {width:g} {height:g}", body, place)


def _text(element: Element) -> str:
    inner = "".join(_text(child) for child in element.children)
    return f"<{element.name}{_attributes(element.attributes)}>{inner}</{element.name}>"


_QUOTED: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)


def _attributes(attributes: Mapping[str, str]) -> str:
    # xml.sax.saxutils could quote too, but brings urllib, http and ssl along: 20 ms of a start.
    return "".join(f' {key}="{value.translate(_QUOTED)}"' for key, value in attributes.items())
