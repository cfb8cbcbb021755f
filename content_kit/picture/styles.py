"""The text styles of every template: what a word such as `title` means in size, weight and air.

Sizes are hundredths of the canvas's short side: 3.0 is 32 px on a picture of 1080 px.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

SMALLEST_PX: Final = 25
"""Nothing on a picture with a short side of 1080 px is set smaller than this: phones show it 7 cm wide."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The defaults of a style; a text node may override each of them.

    `fit` is (smallest, largest) or None for a text of one size. `use` is the sentence that
    `docs/templat.md` and the editor show.
    """

    use: str
    size: float
    weight: int
    leading: float
    fit: tuple[float, float] | None = None
    tracking: float = 0.0
    balance: bool = False
    upper: bool = False
    lines: int = 0


STYLES: Final[Mapping[str, TextStyle]] = MappingProxyType(
    {
        "title": TextStyle(
            "Judul gambar, terbaca dalam satu detik",
            8.4, 800, 1.04, fit=(6.0, 10.0), tracking=-0.022, balance=True,
        ),
        "heading": TextStyle(
            "Judul kecil di dalam gambar", 4.2, 800, 1.14, tracking=-0.014, balance=True
        ),
        "statement": TextStyle("Kalimat terpenting", 3.3, 700, 1.28, tracking=-0.006),
        "body": TextStyle("Penjelasan", 2.9, 500, 1.38),
        "label": TextStyle("Nama di bawah gambar atau tombol", 2.75, 650, 1.22, balance=True),
        "kicker": TextStyle(
            "Baris kecil di atas judul, huruf besar", 2.6, 700, 1.25, tracking=0.035, upper=True
        ),
        "small": TextStyle("Kaki gambar: kontak, desa, sumber", 2.45, 500, 1.3),
        "number": TextStyle(
            "Angka besar, misalnya tanggal", 13.0, 800, 1.0, tracking=-0.03, lines=1
        ),
    }
)  # fmt: skip
"""Every style by name. A test fails when `docs/templat.md` does not mention one."""

DEFAULT_STYLE: Final = "body"
"""The style of a text that names none."""
