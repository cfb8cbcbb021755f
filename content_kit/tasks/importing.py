"""Take a table in: looked at first, with what was understood of it, then written by the caller.

One look for the command and the application: the whole table, and what would go in without its wrong
rows. A folder that has no posyandu yet is a fine place to start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content_kit.files.assets import load_services
from content_kit.files.tables import read_table
from content_kit.files.workbook import write_workbook
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level
from content_kit.planning.intake import Intake, intake
from content_kit.planning.intake_complete import Answers
from content_kit.planning.intake_seen import Understood, seen_book, understood
from content_kit.planning.intake_ways import COMMAND, Ways
from content_kit.planning.sheets import headers_of


@dataclass(frozen=True)
class Trial:
    """What taking a table would do: all of it, and without the rows that are wrong."""

    name: str
    whole: Intake
    good: Intake
    understood: tuple[Understood, ...] = ()

    @property
    def chosen(self) -> Intake:
        """What would be written if somebody says yes: all of it, else the good rows."""
        return self.whole if self.whole.edits else self.good

    def minded(self) -> Iterator[Finding]:
        """What is wrong in the table, then what should be looked at, then what was passed over."""
        for level in (Level.ERROR, Level.WARNING, Level.INFO):
            yield from (found for found in self.whole.findings if found.level is level)

    def workbook(self) -> bytes:
        """ "Begini yang terbaca": everything that was understood, to check at leisure."""
        return write_workbook(seen_book(self.understood, self.whole))


def try_table(
    workspace: Workspace,
    path: Path,
    today: date,
    *,
    answers: Answers | None = None,
    ways: Ways = COMMAND,
    unit: str = "",
    all_rows: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Trial:
    """Look at a table without writing anything; what it asks for is told in `ways`.

    With `unit` only the rows of that posyandu.
    """
    headers = headers_of(workspace)
    sheets, refused = read_table(path, headers.count)
    if refused:
        nothing = Intake(findings=tuple(refused))
        return Trial(path.name, nothing, nothing)

    def look(*, good_rows: bool) -> Intake:
        return intake(
            workspace,
            sheets,
            path.name,
            headers=headers,
            answers=answers,
            ways=ways,
            unit=unit,
            good_rows=good_rows,
            all_rows=all_rows,
            today=today,
            progress=progress,
        )

    whole = look(good_rows=False)
    good = whole if whole.edits or not whole.blocked else look(good_rows=True)
    services, _ = load_services(workspace)
    return Trial(path.name, whole, good, understood(whole, services, today))
