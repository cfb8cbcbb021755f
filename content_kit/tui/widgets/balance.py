"""The balance of a month as bars made of text: numbers and words say what the bars show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content

from content_kit.tui.standing import Bar, Standing
from content_kit.tui.widgets.lines import plain

_NAME: Final = 14
_BAR: Final = 8


def standing_lines(standing: Standing, name: str) -> Content:
    """The whole board; `name` says whose it is."""
    span = ": posyandu yang cukup" if len(standing.units) > 1 else ", tiga bulan"
    lines = [plain(name, "bold")]
    if standing.unread:
        lines.append(
            plain(
                f"! Tidak dinilai, berkasnya tidak terbaca: {', '.join(standing.unread)}. "
                "Tekan 3: Perbaikan.",
                "bold $error",
            )
        )
        if not standing.units:
            return Content("\n").join(lines)
    lines += [
        Content.styled(f"{standing.posts} postingan bulan ini", "$foreground-muted"),
        *_section("Jenis isi", standing.pillars),
        *_section(f"Bidang{span}", standing.bidang),
        *_section(f"Sasaran{span}", standing.audience),
    ]
    if standing.notes:
        lines += [Content(""), Content.styled("Yang perlu dilihat", "bold $primary")]
        for note in standing.notes:
            lines.append(Content.assemble(("· ", "bold $warning"), plain(note)))
    else:
        lines += [
            Content(""),
            Content.styled("✓ Tidak ada hari sepi atau jam berdekatan", "$success"),
        ]
    return Content("\n").join(lines)


def _section(title: str, bars: Sequence[Bar]) -> Iterator[Content]:
    yield Content("")
    yield Content.styled(title, "bold $primary")
    for bar in bars:
        style = "$success" if bar.met else "bold $warning"
        yield Content.assemble(
            f"{bar.name:<{_NAME}} ",
            (bar.drawn(_BAR), "$primary" if bar.met else "$warning"),
            f" {bar.have:>3} ",
            (bar.words, style),
        )
