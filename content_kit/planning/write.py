"""Writes a plan into a month file: comments give the reason for each slot, nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from content_kit.files import splice
from content_kit.files.yaml import Map, parse
from content_kit.findings import clipped, counted
from content_kit.model import FieldValue, Post
from content_kit.planning.month import MonthPlan
from content_kit.planning.page import Planned
from content_kit.planning.pages import ids_in
from content_kit.schedule.dates import MONTHS, clock, long_date

_WIDTH: Final = 96


def month_text(text: str, plan: MonthPlan, name: str) -> str:
    """The month file `text` with the plan's posts at its end; an empty one gets a heading.

    `name` is the posyandu's, for the heading. What a person wrote keeps every byte. Somebody may
    have saved the same plan meanwhile: its posts have the same ids and are not added again.
    """
    node, _ = parse(text, "")
    there = ids_in(node)
    lines = [line for p in plan.posts if p.post.id not in there for line in [*post_lines(p), ""]]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return text
    if node is None:  # nothing, or comments alone
        newline = "\r\n" if "\r\n" in text else "\n"
        heading = _heading(plan, name)[2 if text.strip() else 0 :]
        above = [text.rstrip()] if text.strip() else []
        body = [("  " + line).rstrip() for line in lines]
        return newline.join([*above, *heading, *body, ""])
    if isinstance(node, Map) and node.get("bulan") is None:
        text = splice.set_value(text, ("bulan",), f"{plan.month:%Y-%m}", first=True)
    return splice.add_written(text, ("postingan",), lines)


def _heading(plan: MonthPlan, name: str) -> list[str]:
    when = f"{MONTHS[plan.month.month - 1]} {plan.month.year}"
    return [
        f'# Rencana {name}, {when}, disusun menurut strategi "{plan.strategy}".',
        "# Silakan diubah. Bila disusun lagi, yang sudah ada tidak disentuh; hanya yang kurang ditambah.",
        f"bulan: {plan.month:%Y-%m}",
        "postingan:",
    ]


def post_lines(planned: Planned) -> Iterator[str]:
    """A post as the lines of a list item, the reason for its slot in a comment above."""
    post = planned.post
    yield from (f"# {line}" for line in _wrapped(f"{long_date(post.date)}: {planned.reason}"))
    for ask in planned.asks:
        example = f' Misalnya "{ask.example}".' if ask.example else ""
        yield from (
            f"# {line}" for line in _wrapped(f"Isi {counted(ask.field)}: {ask.ask}{example}")
        )
    yield f"- id: {post.id}"
    yield f"  tanggal: {post.date}"
    yield f'  jam: "{clock(post.time)}"'
    yield f"  jenis: {post.pillar.value}"
    yield f"  bidang: {post.bidang.value}"
    if post.audience:
        yield f"  sasaran: {splice.written([word.value for word in post.audience])}"
    yield f"  model: {post.template}"
    yield f"  kanal: {splice.written(post.channels)}"
    yield from _references(post)
    yield from _sources(post)
    if post.hashtags:
        yield f"  tagar: {splice.written(post.hashtags)}"
    yield "  isi:"
    yield from _fields(planned)


def _references(post: Post) -> Iterator[str]:
    if post.occurrence is not None:
        ref = {
            "hari_buka": post.occurrence.service_day,
            "tanggal": post.occurrence.date.isoformat(),
        }
        yield f"  acara: {splice.written(ref)}"
    if post.duty:
        yield f"  petugas: {splice.written(post.duty, flow=False)}"
    if post.entry:
        yield f"  pustaka: {post.entry}"
    if post.waiting:
        yield f"  menunggu: {splice.written(post.waiting)}"


def _sources(post: Post) -> Iterator[str]:
    if not post.sources:
        return
    yield "  sumber:"
    for source in post.sources:
        words = {"nama": source.name, "cek": source.state.value}
        if source.short:
            words["cetak"] = source.short
        if source.fact:
            words["fakta"] = source.fact
        if source.reviewed_by:
            words["ditelaah"] = source.reviewed_by
        yield f"    - {splice.written(words)}"


def _fields(planned: Planned) -> Iterator[str]:
    fields = planned.post.fields
    for key, value in fields.items():
        if isinstance(value, str):
            yield f"    {key}: {splice.written(value, flow=False)}"
        elif isinstance(value, Mapping):
            yield f"    {key}: {splice.written(_words(value))}"
        else:
            yield f"    {key}:"
            for number, item in enumerate(value):
                yield f"      - {splice.written(_words(_gapped(item, f'{key}.{number}', planned)))}"
    for ask in planned.asks:
        # An empty line to fill in beats a key that somebody must know.
        if "." not in ask.field and ask.field not in fields:
            yield f"    {ask.field}:"


def _gapped(item: FieldValue, path: str, planned: Planned) -> FieldValue:
    """An item of a list with its gaps to fill in front."""
    if not isinstance(item, Mapping):
        return item
    inside = [
        ask.field.removeprefix(f"{path}.")
        for ask in planned.asks
        if ask.field.startswith(f"{path}.")
    ]
    return {**dict.fromkeys((gap for gap in inside if gap not in item), ""), **item}


def _words(value: FieldValue) -> splice.Value:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _words(item) for key, item in value.items()}
    return [_words(item) for item in value]


def _wrapped(text: str) -> list[str]:
    """A comment in lines that fit a narrow window; comments hold no line breaks."""
    words = " ".join(clipped(text, 400).split()).split(" ")
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
