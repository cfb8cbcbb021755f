"""The same reference poster drawn the way a newcomer to Pillow would: nothing cached, whole-canvas layers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Row = tuple[Image.Image, str, str]
SIZE = (1080, 1350)


def _font(path: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font


def _wrap(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int
) -> list[str]:
    lines = [""]
    for word in text.split():
        trial = f"{lines[-1]} {word}".strip()
        if draw.textlength(trial, font=font) <= width:
            lines[-1] = trial
        else:
            lines.append(word)
    return lines


def _background() -> Image.Image:
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    for y in range(SIZE[1]):
        part = y / SIZE[1]
        draw.line(
            [(0, y), (SIZE[0], y)],
            fill=tuple(
                round(a + (b - a) * part) for a, b in zip((14, 114, 104), (6, 74, 69), strict=True)
            ),
        )
    motif = Image.new("RGBA", SIZE)
    pen = ImageDraw.Draw(motif)
    for y in range(-60, SIZE[1] + 60, 120):
        for x in range(-60, SIZE[0] + 60, 120):
            for radius in (52, 22):
                diamond = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
                pen.polygon(diamond, outline=(255, 255, 255, 23), width=6)
    return Image.alpha_composite(image.convert("RGBA"), motif)


def poster(
    font_file: Path,
    kicker: str,
    title: str,
    rows: Sequence[Row],
    message: str,
    link: str,
    footer: str,
    photo: Path,
    logo: Path,
) -> Image.Image:
    """The poster as an RGB image of 1080 × 1350 px."""
    image = _background()
    shadow = Image.new("RGBA", SIZE)
    ImageDraw.Draw(shadow).rounded_rectangle((64, 440, 1016, 1070), 39, fill=(0, 0, 0, 60))
    image = Image.alpha_composite(image, shadow.filter(ImageFilter.GaussianBlur(16)))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((64, 430, 1016, 1060), 39, fill="white")
    draw.text((64, 64), kicker.upper(), font=_font(font_file, 30, 700), fill="#FCE9A9")
    size = 108
    while True:
        font = _font(font_file, size, 800)
        lines = _wrap(draw, title, font, 640)
        if len(lines) <= 2 or size <= 65:
            break
        size -= 2
    for number, line in enumerate(lines):
        draw.text((64, 120 + number * size), line, font=font, fill="white")
    with Image.open(photo) as opened:
        picture = opened.convert("RGB")
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    face = picture.crop((left, top, left + side, top + side)).resize(
        (260, 260), Image.Resampling.LANCZOS
    )
    mask = Image.new("L", (1040, 1040))
    ImageDraw.Draw(mask).ellipse((0, 0, 1039, 1039), fill=255)
    image.paste(face, (756, 90), mask.resize((260, 260), Image.Resampling.LANCZOS))
    for number, (icon, label, value) in enumerate(rows):
        y = 470 + number * 98
        small = icon.resize((76, 76), Image.Resampling.LANCZOS)
        image.paste(small, (107, y), small)
        draw.text((211, y + 18), label, font=_font(font_file, 36, 600), fill="#3F605B")
        bold = _font(font_file, 36, 700)
        wrapped = _wrap(draw, value, bold, 590)
        for below, line in enumerate(wrapped):
            top = y + 18 + 46 * below - 23 * (len(wrapped) - 1)
            draw.text((400, top), line, font=bold, fill="#10302C")
    for number, line in enumerate(_wrap(draw, message, _font(font_file, 31, 500), 730)):
        draw.text((64, 1100 + number * 40), line, font=_font(font_file, 31, 500), fill="white")
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="png", scale=4, border=2)
    code = Image.open(out).convert("RGB").resize((162, 162), Image.Resampling.NEAREST)
    image.paste(code, (854, 1090))
    with Image.open(logo) as opened:
        mark = opened.convert("RGBA").resize((65, 65), Image.Resampling.LANCZOS)
    image.paste(mark, (64, 1270), mark)
    draw.text((150, 1285), footer, font=_font(font_file, 27, 600), fill="white")
    return image.convert("RGB")
