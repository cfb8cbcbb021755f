"""Makes the six A4 cards for the wall from `kartu/kartu.yaml`: `python docs/kartu.py`.

The pages are set by Debian's chromium, which gives a PDF with real type, and needs no network: the
typeface and the art are our own files.
"""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import yaml
from PIL import Image
from playwright.sync_api import sync_playwright

HERE: Final = Path(__file__).parent
CARDS: Final = HERE / "kartu" / "kartu.yaml"
ASSETS: Final = HERE.parent / "assets"
PREVIEW: Final = 640
"""Width of a preview in pixels."""

_DIAMONDS: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>"
    "<g fill='white'><path fill-rule='evenodd' d='M50 7.5L92.5 50 50 92.5 7.5 50ZM50 15.5L15.5 50 "
    "50 84.5 84.5 50Z'/><path opacity='.75' d='M50 32.5L67.5 50 50 67.5 32.5 50ZM0-5L5 0 0 5-5 0Z"
    "M100-5l5 5-5 5-5-5ZM0 95l5 5-5 5-5-5ZM100 95l5 5-5 5-5-5Z'/></g></svg>"
)
"""Gagatas, as in `picture/motifs.py`."""

_STYLE: Final = """
@font-face { font-family: Jakarta; src: url(FONT) format("truetype"); font-weight: 200 800; }
@page { size: 210mm 297mm; margin: 0; }
* { box-sizing: border-box; margin: 0; print-color-adjust: exact; }
body { font-family: Jakarta; text-rendering: geometricPrecision; width: 210mm; color: var(--ink); }
.card { width: 210mm; height: 297mm; display: flex; flex-direction: column; overflow: hidden;
  position: relative; background: var(--surface); break-after: page; }
header { flex: none; height: 83mm; padding: 15mm 16mm 0; position: relative; color: var(--on_primary); }
header .field { position: absolute; inset: 0 0 2mm;
  background: linear-gradient(135deg, var(--primary), var(--primary_deep)); }
header .motif { position: absolute; inset: 0 0 2mm; opacity: .09;
  background: url(MOTIF) 0 0 / 26mm 26mm; }
header .teeth { position: absolute; left: 0; bottom: -1mm; width: 210mm; height: 10mm; }
.kicker { position: relative; font-size: 13.5pt; font-weight: 700; letter-spacing: .07em;
  text-transform: uppercase; color: var(--kicker); }
h1 { position: relative; margin-top: 5mm; width: 127mm; font-size: 55pt; font-weight: 800;
  line-height: 1.0; letter-spacing: -.025em; }
.leaf { position: absolute; right: 17mm; top: 12mm; width: 47mm; height: 54mm; border-radius: 6mm;
  transform: rotate(4deg); background: var(--card); overflow: hidden; text-align: center;
  box-shadow: 0 1.4mm 0 #00000030; }
.leaf b { display: block; height: 12mm; line-height: 12mm; font-size: 15pt; font-weight: 800;
  letter-spacing: .05em; color: var(--on_accent); background: var(--accent); }
.leaf img { width: 33mm; height: 33mm; margin-top: 4.2mm; object-fit: contain; }
main { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 3.6mm;
  padding: 7mm 16mm 0; }
.step { flex: 1; min-height: 0; display: flex; align-items: center; gap: 6.5mm; padding: 0 6mm;
  border-radius: 6mm; background: var(--card); box-shadow: 0 .7mm 0 #10302c24; }
.number { flex: none; width: 18mm; height: 18mm; border-radius: 5.5mm; line-height: 18mm;
  text-align: center; font-size: 33pt; font-weight: 800; color: var(--on_primary);
  background: var(--primary); }
.words { flex: 1; }
.words p { margin-top: 1mm; font-size: 15.5pt; font-weight: 500; line-height: 1.2;
  color: var(--muted); text-wrap: balance; }
h2 { font-size: 24pt; font-weight: 800; line-height: 1.08; letter-spacing: -.015em; }
.step img { flex: none; width: 17mm; height: 17mm; object-fit: contain; }
kbd { display: inline-block; margin: 0 .12em; min-width: 1.35em; padding: .03em .3em .07em; border-radius: .28em;
  font: inherit; font-weight: 800; line-height: 1.1; text-align: center; color: var(--primary_deep);
  background: var(--tint); box-shadow: 0 .08em 0 #10302c55; }
.box { flex: none; width: 13mm; height: 13mm; border: .9mm solid var(--primary); border-radius: 3mm; }
.tip { flex: none; display: flex; align-items: center; gap: 7mm; margin: 6mm 16mm 0;
  padding: 5.2mm 7mm; border-radius: 6mm; color: var(--on_accent); background: var(--accent); }
.tip i { flex: none; width: 17mm; text-align: center; font: 800 34pt/12mm Jakarta; }
.tip p { font-size: 16.5pt; font-weight: 700; line-height: 1.22; text-wrap: balance; }
footer { flex: none; display: flex; align-items: end; gap: 3mm; height: 19mm; padding: 0 16mm 8mm;
  font-size: 12pt; font-weight: 600; color: var(--muted); }
footer span { flex: 1; height: 5mm; border-bottom: .35mm solid var(--muted); }
footer b { margin-left: 6mm; color: var(--primary); font-weight: 800; }
"""


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _art(name: str, colours: Mapping[str, str]) -> str:
    """One of our drawings in the colours of a palette."""
    svg = (ASSETS / "art" / f"{name}.svg").read_text(encoding="utf-8")
    painted = re.sub(r'"@([a-z_]+)"', lambda found: f'"{colours[found[1]]}"', svg)
    return f'<img alt="" src="{_data("image/svg+xml", painted.encode())}">'


def _teeth(colour: str) -> str:
    """Gigi haruan: the cut edge between the field and the paper."""
    width, count = 210, 30
    step = width / count
    points = [f"{i * step},6.4 {(i + 0.5) * step},0" for i in range(count)]
    return (
        f'<svg class="teeth" viewBox="0 0 {width} 10" preserveAspectRatio="none">'
        f'<polygon fill="{colour}" points="{" ".join(points)} {width},6.4 {width},10 0,10"/></svg>'
    )


def _words(text: str) -> str:
    """Text with `keys` as keycaps."""
    return re.sub(r"`([^`]+)`", r"<kbd>\1</kbd>", escape(text))


def _step(number: int, step: Mapping[str, str], *, tick: bool, colours: Mapping[str, str]) -> str:
    side = '<div class="box"></div>' if tick else ""
    side = _art(step["gambar"], colours) if step.get("gambar") else side
    return (
        f'<section class="step"><div class="number">{number}</div><div class="words">'
        f"<h2>{_words(step['kata'])}</h2><p>{_words(step['lanjut'])}</p></div>{side}</section>"
    )


def _pages(cards: list[dict[str, Any]], colours: Mapping[str, str]) -> Iterator[str]:
    for number, card in enumerate(cards, 1):
        tick = card.get("centang") == "ya"
        steps = [
            _step(place, step, tick=tick, colours=colours)
            for place, step in enumerate(card["langkah"], 1)
        ]
        yield (
            f'<article class="card"><header><div class="field"></div><div class="motif"></div>{_teeth(colours["surface"])}'
            f'<div class="kicker">{escape(card["ringkas"])}</div><h1>{"<br>".join(map(escape, card["judul"]))}</h1>'
            f'<div class="leaf"><b>KARTU {number}</b>{_art(card["gambar"], colours)}</div></header>'
            f"<main>{''.join(steps)}</main>"
            f'<div class="tip"><i>!</i><p>{_words(card["pesan"])}</p></div>'
            "<footer>Kalau macet, tanya:<span></span><b>content_kit</b></footer></article>"
        )


def page(cards: list[dict[str, Any]]) -> str:
    """All cards as one page of HTML that needs no other file."""
    palette = yaml.safe_load((ASSETS / "palettes" / "teluk.yaml").read_text(encoding="utf-8"))
    colours: dict[str, str] = palette["warna"]
    fonts = resources.files("fontpkg_plus_jakarta_sans") / "files"
    font = _data("font/ttf", (fonts / "PlusJakartaSans[wght].ttf").read_bytes())
    motif = f'"{_data("image/svg+xml", _DIAMONDS.encode())}"'
    style = _STYLE.replace("FONT", font).replace("MOTIF", motif)
    names = "".join(f"--{name}: {colour};" for name, colour in colours.items())
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8"><title>Kartu posyandu</title>'
        f"<style>:root {{{names}}}{style}</style><body>{''.join(_pages(cards, colours))}"
    )


def main() -> None:
    """Write the PDF and a small preview of each card."""
    cards = yaml.safe_load(CARDS.read_text(encoding="utf-8"))["kartu"]
    browser_file = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_file, args=["--no-sandbox", "--font-render-hinting=none"]
        )
        sheet = browser.new_page(viewport={"width": 794, "height": 1123})
        sheet.route("**/*", lambda route: route.abort())
        sheet.set_content(page(cards))
        sheet.evaluate("document.fonts.ready")
        spilled = sheet.evaluate(
            "[...document.querySelectorAll('.step, .tip, header')].filter(e => "
            "e.scrollHeight > e.clientHeight + 1 && !e.matches('header')).map(e => e.innerText)"
        )
        assert not spilled, f"too long for its card: {spilled}"
        pdf = sheet.pdf(prefer_css_page_size=True, print_background=True)
        # The same cards give the same file, whatever day it is.
        pdf = re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", rb"\g<1>20260101000000", pdf)
        (CARDS.parent / "kartu.pdf").write_bytes(pdf)
        for card, element in zip(cards, sheet.query_selector_all(".card"), strict=True):
            with Image.open(BytesIO(element.screenshot())) as shot:
                height = round(shot.height * PREVIEW / shot.width)
                small = shot.convert("RGB").resize((PREVIEW, height), Image.Resampling.LANCZOS)
            small.save(CARDS.parent / f"{card['id']}.jpg", quality=82, optimize=True)
        browser.close()
    print(CARDS.parent / "kartu.pdf")


if __name__ == "__main__":
    main()
