"""What a rule in words means, told with its dates and what they clash with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content_kit.files.hours import written
from content_kit.findings import Finding
from content_kit.model import HolidayKind, Hours
from content_kit.schedule.dates import day_name, long_date
from content_kit.schedule.holidays import Holidays, clash, clash_finding
from content_kit.schedule.sentence import told
from content_kit.schedule.words import Rule, explained, months_from


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a rule gives, and what it clashes with ("" when nothing)."""

    day: date
    clash: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule as it was typed and as it was understood; `rule` is None when it was not."""

    typed: str
    rule: Rule | None
    understood: str = ""
    sentence: str = ""
    dates: tuple[Dated, ...] = ()
    findings: tuple[Finding, ...] = ()
    hours: Hours | None = None
    place: str = ""
    """Hours and place, when the words tell them too."""

    def as_json(self) -> dict[str, object]:
        """The published shape of `schedule explain --json`; hours and place only where they are told."""
        also = {"hours": written(self.hours) if self.hours else "", "place": self.place}
        return {
            "rule": self.typed,
            "understood": self.understood,
            "dates": [
                {
                    "date": each.day.isoformat(),
                    "weekday": day_name(each.day),
                    "clash": each.clash,
                }
                for each in self.dates
            ],
            "findings": [finding.as_json() for finding in self.findings],
            **{name: said for name, said in also.items() if said},
        }


def explain(words: str, first: date, months: int, book: Holidays) -> Explanation:
    """A rule in words from a day on, to the end of the last of so many months."""
    meant = told(words)
    rule, findings = meant.rule, meant.findings
    if rule is None:
        return Explanation(words, None, findings=findings)
    days = rule.dates(first, months_from(first, months))
    dates = []
    for day in days:
        found = clash(day, book, chosen_weekday=rule.chooses_weekday(day))
        dates.append(Dated(day, found[0] if found else ""))
    return Explanation(
        words,
        rule,
        rule.sentence(),
        explained(rule, first, months),
        tuple(dates),
        (*findings, *_clashes(rule, days, book)),
        meant.hours,
        meant.place,
    )


def _clashes(rule: Rule, days: list[date], book: Holidays) -> Iterator[Finding]:
    """One finding for each closed day, and one for each Ramadan."""
    fasting: set[int] = set()
    for day in days:
        found = clash(day, book, chosen_weekday=rule.chooses_weekday(day))
        if found is not None and (found[1] is not HolidayKind.RAMADAN or day.year not in fasting):
            if found[1] is HolidayKind.RAMADAN:
                fasting.add(day.year)
            chosen_sunday = day.weekday() == 6 and rule.chooses_weekday(day)
            yield clash_finding(
                day, found, book, set(days), chosen_sunday=chosen_sunday, said=long_date(day)
            )
    for year in sorted({day.year for day in days}):
        problem = book.problem(year)
        if problem is not None:
            yield problem
