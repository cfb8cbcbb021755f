"""`content-kit review import`: the decisions in a roster's workbook that came back."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from content_kit.cli.deciding import by_option, checked_option, confirmed, decide_on, report
from content_kit.cli.keys import passphrase_option, signer_for
from content_kit.cli.opening import now, open_press
from content_kit.cli.talk import exit_code, say
from content_kit.cli.words import IndonesianCommand, json_option, workspace_argument
from content_kit.errors import ConflictError, SystemFailure, UsageError
from content_kit.review.decide import Decision
from content_kit.review.events import Event, Kind
from content_kit.review.reviews import Reviews
from content_kit.roster.returned import matched
from content_kit.roster.sheet import read_decisions


@click.command("import", cls=IndonesianCommand)
@click.argument("file", metavar="BERKAS")
@workspace_argument
@by_option
@click.option("--dry-run", is_flag=True, help="Tunjukkan saja, jangan catat apa-apa.")
@checked_option
@passphrase_option
@json_option
def command(
    file: str,
    workspace: str,
    by: str,
    dry_run: bool,
    checked: tuple[str, ...],
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Catat keputusan dari tabel `roster --xlsx` yang sudah diisi.

    Setiap postingan diperiksa sekali lagi; yang berubah sejak tabelnya dibuat tidak ikut.
    """
    if not Path(file).is_file():
        raise UsageError(f'Berkas "{file}" tidak ada.')
    decisions, findings = read_decisions(Path(file))
    press = open_press(workspace)
    reviews = Reviews(press, now())
    who = reviews.person(by)
    ticked = confirmed(reviews, checked)
    found = matched(reviews, decisions)
    findings += found.findings
    parts: list[tuple[Kind, str, Decision]] = []
    for kind, note, states in found.parts:
        decision = decide_on(
            kind, states, who, press, checked=ticked, pictures=not dry_run, quiet=as_json
        )
        parts.append((kind, note, decision))
    events: list[Event] = []
    if not dry_run:
        # Once for all rows: nobody types a passphrase for every note.
        kinds = {kind for kind, _, decision in parts if decision.carried}
        first = Kind.APPROVE if Kind.APPROVE in kinds else next(iter(kinds), None)
        signer = signer_for(reviews, first, who, passphrase_file) if first else None
        for number, (kind, note, decision) in enumerate(parts):
            new: list[Event] = []
            with contextlib.suppress(SystemFailure, ConflictError):  # `settled` says why
                new = reviews.record(kind, who, decision.carried, note, signer=signer)
            parts[number] = kind, note, reviews.settled(decision, new)
            events += new
    told = [(kind, decision) for kind, _, decision in parts]
    code = report(
        told, reviews, who, events=events, more=findings, dry_run=dry_run, as_json=as_json
    )
    if not parts and not as_json:
        say("Tidak ada keputusan yang dapat dicatat di tabel ini.")
    return exit_code(findings) or code
