"""Art that would take seconds to draw, or make the renderer lose its head, is refused when it is read."""

from __future__ import annotations

import time

import pytest

from content_kit.files.bundled import root
from content_kit.picture import art

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
FULL = '<rect width="100" height="100"/>'
GRADIENT = (
    '<defs><linearGradient id="a"><stop offset="0"/><stop offset="1"/></linearGradient></defs>'
)

HEAVY = {
    "layers": f'<g opacity="0.5">{FULL}</g>' * 400,
    "see-through": '<rect width="100" height="100" opacity=".5"/>' * 400,
    "nested layers": ('<g opacity="0.5">' * 25 + FULL + "</g>" * 25) * 20,
    "gradients": GRADIENT + '<rect width="100" height="100" fill="url(#a)"/>' * 400,
    "a group's gradient": GRADIENT + f'<g fill="url(#a)">{FULL * 400}</g>',
    "half paints": '<rect width="100" height="100" fill-opacity="0.5"/>' * 1000,
    "used": f'<g id="b" opacity="0.5">{FULL}</g>' + '<use href="#b"/>' * 200,
    "outline": f'<path d="M0 0{"C1 1 2 2 3 3" * 9000}"/>',
}
FAR = {
    "a point": '<path d="M0 0L1e9 -1e9" stroke="#000" stroke-width="1e9"/>',
    "a width": '<path d="M0 0L1 1" stroke="#000" stroke-width="1e9"/>',
    "a size": '<rect width="1e12" height="1"/>',
    "a scale": f'<g transform="scale(1e5)">{FULL}</g>',
    "scales": '<g transform="scale(100)">' * 9 + FULL + "</g>" * 9,
    "a matrix": f'<g transform="matrix(1e9 0 0 1e9 0 0)">{FULL}</g>',
    "a move": f'<g transform="translate(1e8 0)">{FULL}</g>',
    "no number": '<path d="M0 0L1e999 0"/>',
}


@pytest.mark.parametrize("body", HEAVY.values(), ids=HEAVY)
def test_art_that_takes_long_is_refused_before_it_is_drawn(body: str) -> None:
    began = time.process_time()
    found, findings = art.read(f"{HEAD}{body}</svg>".encode())
    assert found is None
    assert [finding.code for finding in findings] == ["svg-terlarang"]
    assert time.process_time() - began < 1


@pytest.mark.parametrize("body", FAR.values(), ids=FAR)
def test_what_lies_far_outside_is_refused(body: str) -> None:
    found, findings = art.read(f"{HEAD}{body}</svg>".encode())
    assert found is None
    assert "terlalu besar" in findings[0].message


def layers(count: int) -> bytes:
    each = f'<g opacity=".5">{FULL}</g>'
    return f"{HEAD}{each * count}</svg>".encode()


def test_what_is_allowed_is_drawn_within_a_second() -> None:
    """As much of the costliest as passes."""
    count = 1
    while art.read(layers(count + 1))[0]:
        count += 1
    found, _ = art.read(layers(count))
    assert found is not None
    began = time.process_time()
    image, findings = art.draw(found, 1080, 1080, {})
    assert (image is not None, findings) == (True, [])
    assert time.process_time() - began < 3  # a second on a plain laptop that has nothing else to do


def test_every_bundled_drawing_is_light() -> None:
    files = sorted((root() / "assets" / "art").rglob("*.svg"))
    assert len(files) > 50
    for path in files:
        found, findings = art.read(path.read_bytes(), path.name)
        assert found is not None, findings
