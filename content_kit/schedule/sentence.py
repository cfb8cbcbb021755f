"""A sentence about a service day read as a whole: when it happens, from when to when, and where."""

from __future__ import annotations

from dataclasses import dataclass

from content_kit.files.hours import hours_in
from content_kit.files.plain import tidy
from content_kit.findings import Finding, Level
from content_kit.model import Hours, Zone
from content_kit.schedule.clauses import clauses
from content_kit.schedule.words import Rule, understand


@dataclass(frozen=True, slots=True)
class Told:
    """What was understood; `day` are the words that belong into `aturan`.

    The findings ask for what is not clear about the day or the hours, or are notes about the days.
    """

    day: str
    rule: Rule | None
    hours: Hours | None = None
    place: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def several(self) -> bool:
        """Whether it told more than the day."""
        return bool(self.hours or self.place)

    @property
    def asked(self) -> tuple[Finding, ...]:
        """The findings that have to be answered; notes need no answer."""
        return tuple(each for each in self.findings if each.level is not Level.INFO)


def told(text: str, zone: Zone | None = None) -> Told:
    """A rule in words, alone or with hours and place: "Rabu minggu ke-2, 09.00-12.00 di Balai Desa"."""
    whole, findings = understand(text)
    if whole is not None:
        return Told(tidy(text), whole, findings=tuple(findings))
    words = clauses(text)
    if not words.several:
        return Told(words.day, None, findings=tuple(findings))
    if words.twice:
        return Told(words.day, None, findings=tuple(findings))
    rule, unclear = understand(words.day)
    if not words.day:
        unclear = findings
    span = hours_in(words.hours, zone) if words.hours else None
    if isinstance(span, Finding):
        return Told(words.day, rule, None, words.place, (*unclear, span))
    return Told(words.day, rule, span, words.place, tuple(unclear))
