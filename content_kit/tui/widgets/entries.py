"""Library entries as lines and as a text to read: their words are shown, never obeyed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from textual.content import Content

from content_kit.model import CheckState, Source
from content_kit.planning.library import Entry
from content_kit.schedule.dates import short_date
from content_kit.tui.widgets.lines import chip, plain

_SEEN: Final = {
    CheckState.VERIFIED: "sumbernya sudah dilihat",
    CheckState.NAMED: "baru disebut, belum dilihat",
    CheckState.UNVERIFIED: "belum ditemukan",
}


def checked(entry: Entry) -> tuple[str, str]:
    """How far the sources were read, in words with a mark, and its style."""
    if not entry.sources:
        return "", ""
    if entry.signed:
        return "✓ sumber lengkap, sudah ditelaah", "$success"
    return "? belum ditelaah nakes", "$warning"


def season_words(entry: Entry, seasons: Collection[str]) -> str:
    """Whether the season is right, for an entry that has one."""
    if not entry.season:
        return ""
    names = ", ".join(word.replace("_", " ") for word in entry.season)
    return "cocok sekarang" if set(entry.season) & set(seasons) else f"untuk musim {names}"


def entry_lines(
    entry: Entry, seasons: Collection[str], used: Mapping[str, date]
) -> tuple[Content, Content]:
    """The letter and the title; then the sources, the season, the last use, and for whom."""
    words, style = checked(entry)
    season = season_words(entry, seasons)
    fits = "bold $success" if season == "cocok sekarang" else "$foreground-muted"
    when = f"dipakai {short_date(used[entry.id])}" if entry.id in used else ""
    about = ", ".join([entry.bidang.label, *(word.label.lower() for word in entry.audience)])
    given = [(words, style), (season, fits), (when, "$accent"), (about, "$foreground-muted")]
    parts = [plain(text, style) for text, style in given if text]
    title = Content.assemble(_letter(entry), " ", plain(entry.title, "bold"))
    return title, Content("    ") + Content(" · ").join(parts)


def reading(entry: Entry, seasons: Collection[str], used: Mapping[str, date]) -> Content:
    """The whole text of an entry with its sources and the questions people may ask."""
    return Content("\n").join(_reading(entry, seasons, used))


def _reading(entry: Entry, seasons: Collection[str], used: Mapping[str, date]) -> Iterator[Content]:
    yield Content.assemble(_letter(entry), " ", plain(entry.title, "bold $primary"))
    yield plain(f"{entry.pillar.label} · {entry.bidang.label}", "$foreground-muted")
    if entry.audience:
        yield plain(f"Untuk: {', '.join(w.label for w in entry.audience)}", "$foreground-muted")
    told = [checked(entry)[0], season_words(entry, seasons)]
    told += [f"dipakai {short_date(used[entry.id])}"] if entry.id in used else []
    if any(told):
        yield plain(" · ".join(filter(None, told)), "$foreground-muted")
    yield Content("")
    for number, point in enumerate(entry.points, 1):
        yield Content.assemble(plain(f"{number}. {point.title}", "bold"))
        if point.text:
            yield plain(f"   {point.text}")
    for key, value in entry.fields.items():
        if isinstance(value, str) and key != "gambar":
            yield plain(f"{key.replace('_', ' ').capitalize()}: {value}")
    if entry.closing:
        yield plain(entry.closing)
    if entry.hashtags:
        yield plain(" ".join(f"#{word}" for word in entry.hashtags), "$foreground-muted")
    if entry.waiting:
        yield from _heading("Yang perlu Anda isi")
        for gap in entry.waiting:
            yield plain(f"… {gap.ask}")
            if gap.example:
                yield plain(f"  misalnya: {gap.example}", "$foreground-muted")
    if entry.sources:
        yield from _heading("Sumber")
        for source in entry.sources:
            yield plain(f"{_mark(source)} {source.name}: {_how(source)}")
    if entry.questions:
        yield from _heading("Kalau ada yang bertanya")
        for each in entry.questions:
            yield plain(f"? {each.ask}", "bold")
            yield plain(f"  {each.answer}")
    yield Content("")
    yield plain(f"Nama di pustaka: {entry.id}", "$foreground-muted")


def _letter(entry: Entry) -> tuple[str, str]:
    words, style = chip(entry.pillar)
    return f" {words} ", style


def _heading(words: str) -> Iterator[Content]:
    yield Content("")
    yield Content.styled(words, "bold $primary")


def _mark(source: Source) -> str:
    return "✓" if source.reviewed_by and source.state is CheckState.VERIFIED else "?"


def _how(source: Source) -> str:
    if source.reviewed_by:
        return f"{_SEEN[source.state]}, ditelaah {source.reviewed_by}"
    return f"{_SEEN[source.state]}, belum ditelaah nakes"
