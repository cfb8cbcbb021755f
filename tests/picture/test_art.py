"""SVG art: what is harmless is drawn in the palette's colours, what is not is refused with its line."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
import resvg

from content_kit.picture import art
from content_kit.picture.nodes import Colour

PALETTE: dict[str, Colour] = {"primary": (10, 110, 100), "accent": (240, 160, 40)}
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'


def svg(inside: str) -> bytes:
    return f"{HEAD}\n{inside}\n</svg>".encode()


def clean(data: bytes) -> art.Art:
    found, findings = art.read(data)
    assert findings == []
    assert found is not None
    return found


def test_tokens_take_the_colours_of_the_palette() -> None:
    picture = clean(svg('<rect width="8" height="8" fill="@primary"/>'))
    assert picture.tokens == {"primary"}
    image, findings = art.draw(picture, 8, 8, PALETTE)
    assert findings == []
    assert image is not None
    assert image.getpixel((4, 4)) == (10, 110, 100, 255)


def test_half_clear_colours_are_not_darkened() -> None:
    # Were the pixels premultiplied, orange at one half would come back as brown.
    picture = clean(svg('<rect width="8" height="8" fill="#ff8000" fill-opacity="0.5"/>'))
    image, _ = art.draw(picture, 8, 8, {})
    assert image is not None
    assert image.mode == "RGBA"
    red, green, blue, alpha = image.getpixel((4, 4))  # type: ignore[misc]  # RGBA gives four
    assert (red, blue) == (255, 0)
    assert abs(green - 128) <= 1
    assert abs(alpha - 128) <= 1


def test_art_is_centred_in_a_box_of_another_shape() -> None:
    image, _ = art.draw(clean(svg('<rect width="8" height="8" fill="#f00"/>')), 24, 8, {})
    assert image is not None
    assert image.size == (24, 8)
    assert image.getchannel("A").getbbox() == (8, 0, 16, 8)


def test_an_unknown_token_is_a_finding() -> None:
    image, findings = art.draw(clean(svg('<circle r="3" fill="@ungu"/>')), 8, 8, PALETTE)
    assert image is None
    assert [f.code for f in findings] == ["svg-terlarang"]
    assert "@ungu" in findings[0].message


def test_uses_gradients_and_titles_are_fine() -> None:
    picture = clean(
        svg(
            '<title>Jam</title><desc>x</desc><defs><linearGradient id="g"><stop offset="0" '
            'stop-color="@accent"/><stop offset="100%" stop-color="red"/></linearGradient>'
            '<g id="a"><path d="M0 0h4v4z" fill="url(#g)"/></g></defs>'
            '<use href="#a" transform="translate(2, 2) rotate(4)"/>'
        )
    )
    assert "Jam" not in picture.body
    image, findings = art.draw(picture, 64, 64, PALETTE)
    assert findings == []
    assert image is not None
    assert image.getbbox() is not None


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "file": '<image href="file:///etc/passwd" width="8" height="8"/>',
    "data": '<image href="data:image/png;base64,AAAA"/>',
    "feImage": '<filter id="f"><feImage href="/etc/passwd"/></filter>',
    "style": "<style>@import url(http://example.com/x.css);</style>",
    "style attribute": '<rect style="fill:url(/etc/passwd)"/>',
    "text": "<text>WA 0812</text>",
    "foreignObject": "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
    "animation": '<rect><animate attributeName="x"/></rect>',
    "onclick": '<rect onclick="alert(1)"/>',
    "outside use": '<use href="other.svg#a"/>',
    "outside xlink": '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="//example.com/a.svg#a"/>',
    "outside paint": '<rect fill="url(http://example.com/#a)"/>',
    "pattern": '<pattern id="p"/>',
    "mask": '<mask id="m"/>',
    "other namespace": '<x:rect xmlns:x="http://example.com/"/>',
    "nested svg": '<svg viewBox="0 0 1 1"/>',
    "dashes": '<path d="M0 0h8" stroke="#000" stroke-dasharray="0.00001"/>',
    "quote": "<rect fill='\"/>'/>",
    "words in a path": '<path d="M0 0 url(#a)"/>',
    "endless use": '<g id="a"><use href="#a"/></g>',
    "endless pair": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "billion uses": "".join(
        f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(9)
    ),
    "billion uses, last first": "".join(
        f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in reversed(range(9))
    ),
    "long chain of uses": "".join(
        f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in reversed(range(500))
    ),
    "too many": "<g/>" * 4000,
    "too deep": "<g>" * 40 + "</g>" * 40,
    "deep in a title": "<title>" + "<g>" * 40 + "</g>" * 40 + "</title>",
    "instruction": '<?xml-stylesheet href="x.css"?>',
    "broken": "<rect",
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_hostile_art_is_refused_with_its_line(inside: str) -> None:
    found, findings = art.read(svg(inside), "assets/art/x.svg")
    assert found is None
    assert {f.code for f in findings} == {"svg-terlarang"}
    assert findings[0].place.file == "assets/art/x.svg"
    assert findings[0].place.line >= 2


WHOLE = {
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
    "outside entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
    "plain doctype": b'<!DOCTYPE svg PUBLIC "x" "http://example.com/x.dtd"><svg/>',
    "not svg": b"<html/>",
    "empty": b"",
    "nul": b"\x00" * 40,
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><svg viewBox="0 0 1 1"/>',
    "too large": svg("<!--" + "x" * art.MAX_BYTES + "-->"),
    "no size": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "no width": b'<svg viewBox="0 0 0 8"/>',
    "no number": b'<svg viewBox="0 0 e e"/>',
    "endless": b'<svg viewBox="0 0 1e999 1e999"/>',
    "thread": b'<svg viewBox="0 0 100000 1"/>',
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_files_that_are_no_art_are_refused(data: bytes) -> None:
    found, findings = art.read(data)
    assert found is None
    assert {f.code for f in findings} == {"svg-terlarang"}


def test_refusing_takes_no_time() -> None:
    start = perf_counter()
    for inside in HOSTILE.values():
        art.read(svg(inside))
    assert perf_counter() - start < 20


def test_every_complaint_is_collected() -> None:
    _, findings = art.read(svg('<rect style="x"/>\n<rect onload="x"/>'))
    assert [f.place.line for f in findings] == [2, 3]


def test_a_panic_in_the_renderer_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def panic(*_: object) -> bytes:
        raise Panic

    picture = clean(svg("<g/>"))
    monkeypatch.setattr(resvg, "render", panic)
    image, findings = art.draw(picture, 8, 8, {})
    assert image is None
    assert findings[0].code == "svg-terlarang"


def test_ctrl_c_while_drawing_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    picture = clean(svg("<g/>"))
    monkeypatch.setattr(resvg, "render", interrupted)
    with pytest.raises(KeyboardInterrupt):
        art.draw(picture, 8, 8, {})


ART = sorted((Path(__file__).parents[2] / "assets" / "art").glob("*.svg"))


@pytest.mark.parametrize("path", ART, ids=lambda path: path.stem)
def test_our_own_art_is_clean(path: Path) -> None:
    clean(path.read_bytes())
