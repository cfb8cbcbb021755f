"""Every caption of every template in every state of its service day reads as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from itertools import combinations

import pytest

from content_kit.caption.compose import alt_text, compose
from content_kit.context import build
from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_services
from content_kit.files.reader import plain
from content_kit.files.templates import load_template
from content_kit.files.workspace import Workspace
from content_kit.model import Change, Hours, OccurrenceRef, Post
from content_kit.schedule.occurrences import resolve
from content_kit.specimen import OPENING, POSYANDU, example_post

WORKSPACE = Workspace(bundled.root())
CHANNELS = load_channels(WORKSPACE)[0]
SERVICES = load_services(WORKSPACE)[0]
TEMPLATES = sorted(
    path.parent.name for path in (WORKSPACE.root / "templates").glob("*/template.yaml")
)

_WISHES: dict[str, dict[str, object]] = {
    "hari": {"moved_to": date(2026, 12, 11)},
    "jam": {"hours": Hours(time(13, 30), time(16))},
    "jam terbuka": {"hours": Hours(time(9))},
    "tempat": {"place": "Rumah Ibu Hj. Siti, Gg. Binjai No. 5."},
    "rumah": {"home_visit": True},
}


def _states() -> Iterator[tuple[str, Change | None]]:
    """No change; every change and every two and three of them; cancelled; each after each was told."""
    yield "biasa", None
    single: dict[str, dict[str, object]] = {}
    for count in (1, 2, 3):
        for names in combinations(_WISHES, count):
            if {"jam", "jam terbuka"} <= set(names) or {"tempat", "rumah"} <= set(names):
                continue
            single[" dan ".join(names)] = {k: v for name in names for k, v in _WISHES[name].items()}
    single["batal"] = {"cancelled": True}
    for name, wish in single.items():
        yield name, Change(OPENING, **wish)  # type: ignore[arg-type]
    told = {name: single[name] for name in ("hari", "jam", "tempat", "hari dan tempat", "batal")}
    for before, was in told.items():
        known = Change(OPENING, **was)  # type: ignore[arg-type]
        for name in ("hari", "jam", "tempat", "rumah", "batal"):
            wish = dict(single[name])
            if name == "hari":
                wish["moved_to"] = date(2027, 1, 2)
            if name == before == "batal":
                continue
            yield f"{name} sesudah {before}", Change(OPENING, told=known, **wish)  # type: ignore[arg-type]
        yield f"kembali sesudah {before}", Change(OPENING, told=known)


STATES = dict(_states())
REASONS = {"tanpa alasan": "", "beralasan": "Balai dipakai rapat desa.", "seru": "Banjir lagi!"}

FAULTS = {
    "a line break was lost": re.compile(r"[^\s(“\"]\U0001f4c5|\S[⏰📍]|[a-z.!?:](?:Semula|Karena|Jadwal|Tolong|Hari buka berikutnya|Kader yang|Kabar sebelumnya)\b"),
    "two blanks": re.compile(r"[^\S\n]{2,}"),
    "a blank at the end of a line": re.compile(r"[^\S\n]$", re.MULTILINE),
    "more than one empty line": re.compile(r"\n{3,}"),
    "an empty bullet or fact": re.compile(r"^\s*(?:[•📅⏰📍-]|\w+:)\s*$", re.MULTILINE),
    "a word of the program": re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\{[{%]|[}%]\}"),
    "doubled marks": re.compile(r"\d\.,|[,;:]\s*[.,;:!?]|[!?]\.|(?<!\.)\.\.(?!\.)|\.,\s*\.|\(\s*\)|,\s*$", re.MULTILINE),
    "a blank before a mark": re.compile(r"\s[,.;:!?](?:\s|$)"),
    "doubled bold": re.compile(r"\*\*"),
}  # fmt: skip


def faults(text: str) -> list[str]:
    """What is wrong with how a text is set."""
    return [
        f"{what}: {found[0]!r}" for what, sign in FAULTS.items() if (found := sign.search(text))
    ]


def _posts(name: str) -> Iterator[tuple[str, Post]]:
    template, findings = load_template(WORKSPACE, name)
    assert template is not None, findings
    for example, node in template.examples.items():
        given = plain(node)
        assert isinstance(given, dict)
        yield example, example_post(template, given)


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_caption_is_set_well(name: str, reason: str) -> None:
    template, _ = load_template(WORKSPACE, name)
    assert template is not None
    (day,) = POSYANDU.service_days
    wrong = []
    for example, post in _posts(name):
        schedules = any("acara" in path.read_text("utf-8") for path in template.folder.glob("*.j2"))
        for state, change in STATES.items() if schedules else {"biasa": None}.items():
            changes = (replace(change, reason=reason),) if change else ()
            posyandu = replace(POSYANDU, service_days=(replace(day, changes=changes),))
            occurrence = resolve(posyandu, OccurrenceRef(day.id, OPENING))
            context = build(post, posyandu, occurrence, services=SERVICES, fields=template.fields)
            texts = {"alt": alt_text(template, context, post=post)}
            for id, channel in CHANNELS.items():
                texts[id] = compose(template, context, channel, post=post, posyandu=posyandu)
            for id, caption in texts.items():
                wrong += [f"{example}, {state}, {id}: {each}" for each in faults(caption.text)]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "Jadwal Posyandu Melati menjadi:📅 Jumat", "Datang  ya", "Ayo\n\n\nDatang", "Tempat:\n⏰",
        "Karena: Banjir..", "None", "Karena: Banjir!.", "Jumat,, 4 Desember", "Ayo !", "Ayo ",
        "Di Balai RW 05.Semula: Rabu", "📅\n⏰ 08.00",
    ],
)  # fmt: skip
def test_the_faults_are_seen(text: str) -> None:
    assert faults(text)
