"""Rows and columns of fixed-size boxes lie where a browser's flexbox puts them, within a pixel."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from typing import Final

import pytest

from content_kit.model import Format, Insets
from content_kit.picture.layout import lay_out
from content_kit.picture.nodes import Align, Box, Justify, Solid
from content_kit.picture.scene import SUB, FillItem
from content_kit.picture.text import Metrics

pytestmark = pytest.mark.slow

CASES: Final = 400
SIDE: Final = 200
UNIT: Final = 2
"""Pixels of one template length on a canvas of 200 px."""

ALIGNS: Final[tuple[Align, ...]] = ("start", "center", "end", "stretch")
JUSTIFIES: Final[tuple[Justify, ...]] = ("start", "center", "end", "between")
CSS: Final = {
    "start": "flex-start", "center": "center", "end": "flex-end",
    "stretch": "stretch", "between": "space-between",
}  # fmt: skip


def generated(chance: random.Random) -> Box:
    tree = container(chance, 0)
    return replace(tree, width=None, height=None, grow=0.0, align=None)


def container(chance: random.Random, depth: int) -> Box:
    """A row or column of one to four children, at most three containers deep."""
    row = chance.random() < 0.5
    children = []
    for _ in range(chance.randint(1, 4)):
        nested = depth < 2 and chance.random() < 0.4
        children.append(container(chance, depth + 1) if nested else leaf(chance))
    pads = chance.choice([(0, 0, 0, 0), (1, 2, 3, 4), (2, 2, 2, 2)])
    return Box(
        direction="row" if row else "column",
        children=tuple(children),
        gap=chance.choice([0, 0, 1.5, 4]),
        pad=(float(pads[0]), float(pads[1]), float(pads[2]), float(pads[3])),
        cross=chance.choice(ALIGNS),
        justify=chance.choice(JUSTIFIES),
        width=chance.choice([None, None, None, 30.0]),
        height=chance.choice([None, None, None, 30.0]),
        grow=chance.choice([0, 0, 1, 2]),
        align=chance.choice([None, None, None, *ALIGNS]),
        fill=Solid((0, 0, 0)),
    )


def leaf(chance: random.Random) -> Box:
    return Box(
        direction="row",
        width=chance.choice([None, 5.0, 8.5, 12.0, 20.0]),
        height=chance.choice([None, 4.0, 7.5, 12.0, 20.0]),
        grow=chance.choice([0, 0, 0, 1, 3]),
        align=chance.choice([None, None, None, *ALIGNS]),
        fill=Solid((0, 0, 0)),
    )


def html(box: Box, parent: Box | None) -> str:
    """The same tree as flex containers; the root is as large as the canvas."""
    top, right, bottom, left = (side * UNIT for side in box.pad)
    style = [
        "display:flex;box-sizing:border-box;flex-shrink:0;min-width:0;min-height:0",
        f"flex-direction:{box.direction}",
        f"gap:{box.gap * UNIT}px",
        f"padding:{top}px {right}px {bottom}px {left}px",
        f"align-items:{CSS[box.cross]}",
        f"justify-content:{CSS[box.justify]}",
    ]
    if parent is None:
        style.append(f"width:{SIDE}px;height:{SIDE}px;position:absolute;left:0;top:0")
    else:
        style.append(f"flex-grow:{box.grow}")
        if box.align is not None:
            style.append(f"align-self:{CSS[box.align]}")
        if box.width is not None:
            style.append(f"width:{box.width * UNIT}px")
        elif parent.direction == "row" and box.grow:
            style.append("flex-basis:0")
        if box.height is not None:
            style.append(f"height:{box.height * UNIT}px")
    inner = "".join(html(child, box) for child in box.children if isinstance(child, Box))
    return f'<div style="{";".join(style)}">{inner}</div>'


@pytest.fixture(scope="module")
def browsed() -> list[tuple[Box, list[list[float]]]]:
    """Every case with the rectangles of all its boxes, from one page load."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here")
    sync_api = pytest.importorskip("playwright.sync_api")
    chance = random.Random(20261207)
    trees = [generated(chance) for _ in range(CASES)]
    page_text = "".join(
        f'<section style="position:relative;width:{SIDE}px;height:{SIDE}px">{html(tree, None)}</section>'
        for tree in trees
    )
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            page = browser.new_page()
            page.set_content(f"<!doctype html><body style='margin:0'>{page_text}")
            rects = page.evaluate(
                """() => [...document.querySelectorAll('section')].map(section => {
                    const o = section.getBoundingClientRect();
                    return [...section.querySelectorAll('div')].map(div => {
                        const r = div.getBoundingClientRect();
                        return [r.x - o.x, r.y - o.y, r.width, r.height];
                    });
                })"""
            )
        finally:
            browser.close()
    return list(zip(trees, rects, strict=True))


def ours(tree: Box, fonts: Metrics) -> list[list[float]]:
    scene = lay_out(tree, Format("uji", SIDE, SIDE), Insets(), fonts, lambda _: None)
    boxes = [item.box for item in scene.items if isinstance(item, FillItem)]
    return [[box.x / SUB, box.y / SUB, box.w / SUB, box.h / SUB] for box in boxes]


def test_our_boxes_lie_where_the_browser_puts_them(
    browsed: list[tuple[Box, list[list[float]]]], mono: Metrics
) -> None:
    wrong = []
    for number, (tree, theirs) in enumerate(browsed):
        mine = ours(tree, mono)
        assert len(mine) == len(theirs)
        for box, (we, they) in enumerate(zip(mine, theirs, strict=True)):
            if any(abs(a - b) > 1 for a, b in zip(we, they, strict=True)):
                wrong.append(
                    f"case {number}, box {box}: ours {we}, browser {they}\n{html(tree, None)}"
                )
                break
    assert not wrong, f"{len(wrong)} of {len(browsed)} differ\n" + "\n".join(wrong[:3])
