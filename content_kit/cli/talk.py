"""What commands say: findings on stderr, a bar with count and time left, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Final

import click

from content_kit.errors import LimitError
from content_kit.files.safe_text import shown
from content_kit.findings import OVER_LIMIT, Finding, Level, by_place

_MARKS = {
    Level.ERROR: "Perlu diperbaiki",
    Level.WARNING: "Perlu dilihat",
    Level.INFO: "Sekadar tahu",
}

ALIKE: Final = 50
"""Findings of one kind in one file that are told one by one: nobody reads more."""

NO_POSTS: Final = "Tidak ada postingan di waktu itu. Coba --week 2026-W50 atau --month 2026-12."


def say(sentence: str) -> None:
    """Conversation: a line on stderr, free of control characters."""
    click.echo(shown(sentence), err=True)


def result(line: str) -> None:
    """The product: a line on stdout, free of control characters."""
    click.echo(shown(line))


def result_json(data: Mapping[str, object]) -> None:
    """One JSON object on a line of stdout; JSON escapes what a terminal must not see."""
    click.echo(json.dumps(data, ensure_ascii=True))


def exit_code(findings: Iterable[Finding]) -> int:
    """What a shell sees of these: 0, 1 with errors, 6 when all of them are limits."""
    wrong = [finding for finding in findings if finding.level is Level.ERROR]
    if wrong and all(finding.code in OVER_LIMIT for finding in wrong):
        return LimitError.exit_code
    return 1 if wrong else 0


def tell(findings: Iterable[Finding], *, on_stdout: bool = False) -> None:
    """Findings in the order of the files, each as one sentence after the mark of its level.

    Of many alike in one file the first are told, and how many more there are.
    """
    write = result if on_stdout else say
    alike: Counter[tuple[str, str]] = Counter()
    for finding in by_place(findings):
        kind = (finding.place.file, finding.code)
        alike[kind] += 1
        if alike[kind] <= ALIKE:
            write(f"{_MARKS[finding.level]}: {finding.sentence()}")
    for (file, code), count in alike.items():
        if count > ALIKE:
            write(f"{file or 'Di sini'}: {count - ALIKE} lagi yang serupa ({code}).")


class Progress:
    """A bar with count and time left, on a terminal only: `Membuat gambar 3/12, sisa 4 detik`."""

    def __init__(self, label: str, *, quiet: bool = False) -> None:
        self.label = label
        self.start = monotonic()
        self.width = 0
        self.active = sys.stderr.isatty() and not quiet

    def show(self, done: int, total: int) -> None:
        """Say how far we are."""
        if not self.active:
            return
        left = (monotonic() - self.start) / done * (total - done) if done else 0.0
        bar = "█" * round(20 * done / total) if total else ""
        line = f"{self.label} {bar:░<20} {done}/{total}, sisa {_span(left)}"
        sys.stderr.write("\r" + line.ljust(self.width))
        sys.stderr.flush()
        self.width = len(line)

    def clear(self) -> None:
        """Take the bar off the terminal."""
        if self.active and self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
            self.width = 0


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} detik"
    return f"{seconds / 60:.0f} menit"
