"""What is to be sent, as lines and as a text to read: words from files are shown, never obeyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from textual.content import Content

from content_kit.files.safe_text import shown
from content_kit.pack.how_to import steps
from content_kit.pack.outlook import Outlook, Pack, Parcel
from content_kit.review.life import Status
from content_kit.schedule.dates import clock, long_date, short_date
from content_kit.schedule.week import Week
from content_kit.tui.widgets.lines import STATES, chip, plain

_BEFORE: Final = 32
"""Columns of a line that are not title or word: mark, day, clock, letter and gaps."""
_TITLE: Final = 14
"""So much of a title is always there."""


def parcel_line(parcel: Parcel, title: str, posted: str, width: int) -> Content:
    """`✓ Sen, 7 Des 18.30  J  Besok kita buka  siap`, with what keeps it here or where it went.

    A title gives way to the word: whether a post can go is what one comes for.
    """
    post, style = parcel.post, STATES[parcel.status]
    room = max(_TITLE, width - _BEFORE - len(parcel.status.word))
    letter, reverse = chip(post.pillar)
    told = f"{parcel.status.word}: {parcel.why}" if parcel.why else parcel.status.word
    if posted:
        told = f"sudah diposting di {posted}"
    return Content.assemble(
        " ",
        (parcel.status.mark, style),
        f" {short_date(post.date):<11} {clock(post.time)}  ",
        (f" {letter} ", reverse),
        " ",
        plain(title).truncate(room, ellipsis=True),
        "  ",
        plain(told, style),
    )


def week_line(week: Week, outlook: Outlook) -> Content:
    """A week with its days, how its posts stand, and its pack."""
    name = "Minggu ini" if week == outlook.weeks[0] else "Minggu depan"
    days = f"  {short_date(week.first)} – {short_date(week.last)}  "
    told = plain(f"{days}{_counts(week, outlook)}", "$foreground-muted")
    return plain(name, "bold $primary") + told


def pack_line(pack: Pack) -> Content:
    """A pack of another week."""
    return plain(f"Paket {pack.week}", "bold") + plain(f"  {_size(pack)}", "$foreground-muted")


def parcel_text(parcel: Parcel, title: str, channel: int, posted: str) -> Content:
    """A post with the text for one channel, the alternative text, and what to do on the phone."""
    return Content("\n").join(_parcel(parcel, title, channel, posted))


def week_text(week: Week, outlook: Outlook) -> Content:
    """What a week holds, and what comes next."""
    lines = [week_line(week, outlook), Content("")]
    pack = outlook.pack(week)
    if not outlook.of(week):
        lines.append(plain("Belum ada postingan. Buka Beranda (1), lalu s: Susun bulan ini."))
    elif pack is None:
        lines.append(plain("Paketnya belum ada. Tekan g: Siapkan paket."))
    else:
        lines += [plain("Paketnya ada di:"), plain(str(pack.folder)), Content("")]
        lines.append(
            plain("b membuka foldernya; g menyiapkannya sekali lagi bila ada yang berubah.")
        )
    return Content("\n").join(lines)


def pack_text(pack: Pack) -> Content:
    """Where a pack lies."""
    return Content("\n").join([pack_line(pack), Content(""), plain(str(pack.folder))])


def _parcel(parcel: Parcel, title: str, channel: int, posted: str) -> Iterator[Content]:
    post = parcel.post
    when = f"{long_date(post.date)}, {clock(post.time)} {parcel.proof.posyandu.zone.name}"
    style = STATES[parcel.status]
    yield plain(title, "bold $primary")
    yield plain(when, "$foreground-muted")
    yield plain(f"{parcel.status.mark} {parcel.status.word}", style)
    if parcel.why:
        yield plain(parcel.why)
    if posted:
        yield plain(f"Sudah diposting di {posted}.")
    texts = parcel.proof.texts
    if not texts:
        return
    chosen = texts[channel % len(texts)]
    yield Content("")
    tabs = Content("")
    for number, text in enumerate(texts):
        here = number == channel % len(texts)
        name = f"[{text.channel.name}]" if here else text.channel.name
        tabs += plain(name, "bold $primary" if here else "$foreground-muted") + Content("  ")
    yield tabs + Content.styled("← →", "$accent") if len(texts) > 1 else tabs
    yield Content("")
    yield Content(shown(chosen.words, lines=True))
    if parcel.proof.alt:
        yield from _heading("Teks untuk tunanetra")
        yield Content(shown(parcel.proof.alt, lines=True))
    yield from _heading(f"Cara mengirim ke {chosen.channel.name}")
    for number, step in enumerate(steps(chosen.channel.id), 1):
        yield plain(f"{number}. {step}")


def _heading(words: str) -> Iterator[Content]:
    yield Content("")
    yield plain(words, "bold $primary")


def _counts(week: Week, outlook: Outlook) -> str:
    counts = Counter(each.status for each in outlook.of(week))
    told = [f"{counts[each]} {each.word}" for each in Status if counts[each]]
    pack = outlook.pack(week)
    told.append(f"paket: {_size(pack)}" if pack else "paket belum disiapkan")
    return ", ".join(told)


def _size(pack: Pack) -> str:
    return f"{pack.pictures} gambar, {pack.texts} teks"
