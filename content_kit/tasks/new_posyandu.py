"""What somebody answered about a new posyandu, put where it belongs, with what has to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from content_kit.files.hours import hours_in, written
from content_kit.files.phones import Phone, phone_in
from content_kit.findings import Finding, Level, Place, clipped
from content_kit.model import Hours, Zone
from content_kit.schedule.sentence import Told, told
from content_kit.start import NewPosyandu


def settled(new: NewPosyandu) -> tuple[NewPosyandu, tuple[Finding, ...]]:
    """The answers as they are written to files, and the questions about them.

    Hours and place told together with the day go to their own fields; hours and the number are
    put the one way we write them. Each finding names its answer in `place.field` ("rule", "hours",
    "place", "whatsapp"); those of level info need no answer. What is still empty is not complained of.
    """
    zone = Zone.__members__.get(new.zone.upper())
    sentence = told(new.rule, zone) if new.rule else Told("", None)
    hours, asked = _hours(new.hours, sentence, zone)
    place, elsewhere = _place(new.place, sentence)
    phone, number = _number(new.whatsapp)
    days = [each for each in sentence.findings if not each.code.startswith("jam-")]
    findings = (
        *(_at("rule", each) for each in days),
        *(_at("hours", each) for each in asked),
        *(_at("place", each) for each in elsewhere),
        *(_at("whatsapp", each) for each in number),
    )
    rule = sentence.day if sentence.several and sentence.rule else new.rule
    return replace(new, rule=rule, hours=hours, place=place, whatsapp=phone), findings


def question(findings: tuple[Finding, ...], answer: str) -> str:
    """What has to be asked about one answer, as a sentence; "" when it is clear."""
    wrong = [each for each in findings if each.place.field == answer and needs_answer(each)]
    return f"{wrong[0].message} {wrong[0].hint}".strip() if wrong else ""


def needs_answer(finding: Finding) -> bool:
    """Whether a finding is a question; notes are only to be known."""
    return finding.level is not Level.INFO


def _hours(typed: str, sentence: Told, zone: Zone | None) -> tuple[str, list[Finding]]:
    own = hours_in(typed, zone) if typed else None
    if isinstance(own, Finding):
        return typed, [own]
    if own is None:
        unclear = [each for each in sentence.findings if each.code.startswith("jam-")]
        return written(sentence.hours) if sentence.hours else "", unclear
    return written(own), list(_two_hours(own, sentence))


def _two_hours(own: Hours, sentence: Told) -> Iterator[Finding]:
    if sentence.hours not in (None, own):
        assert sentence.hours is not None
        yield Finding(
            "jam-salah",
            f"di hari buka tertulis {written(sentence.hours)}, di sini {written(own)}.",
            hint="Mana yang benar? Hapus yang lain.",
        )


def _place(typed: str, sentence: Told) -> tuple[str, list[Finding]]:
    if not typed:
        return sentence.place, []
    if not sentence.place or sentence.place.casefold() == typed.casefold():
        return typed, []
    said = f'di hari buka tertulis "{clipped(sentence.place)}", di sini "{clipped(typed)}".'
    return typed, [Finding("nilai-salah", said, hint="Mana yang benar? Hapus yang lain.")]


def _number(typed: str) -> tuple[str, list[Finding]]:
    found = phone_in(typed) if typed else None
    if isinstance(found, Finding):
        return typed, [found]
    if not isinstance(found, Phone):
        return "", []
    notes = [Finding("nomor-diluruskan", note) for note in found.notes]
    return found.printed, notes


def _at(answer: str, finding: Finding) -> Finding:
    return replace(finding, place=Place(field=answer))
