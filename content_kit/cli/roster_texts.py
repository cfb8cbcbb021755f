"""`content-kit roster texts` and `decide`: the same text of many posyandu as one thing to decide."""

from __future__ import annotations

from collections.abc import Sequence

import click

from content_kit.cli.deciding import by_option, checked_option, confirmed, report
from content_kit.cli.keys import passphrase_option, signer_for
from content_kit.cli.sight import Asked, Sight, checked_sight, look, place_options
from content_kit.cli.talk import Progress, result, result_json, say
from content_kit.cli.words import IndonesianCommand, json_option
from content_kit.errors import UsageError
from content_kit.files.user_folders import memory_file
from content_kit.review.events import Kind, person
from content_kit.review.memory import Memory
from content_kit.review.rules import load_rules
from content_kit.roster import words
from content_kit.roster.rows import Checker
from content_kit.roster.texts import GIVEN_BACK, Text, piles, reviewer, texts
from content_kit.roster.view import Reviewer, Row, Work
from content_kit.tasks.deciding_together import decide_together


@click.command("texts", cls=IndonesianCommand)
@place_options
@click.option("--by", required=True, metavar="NAMA", help="Siapa yang meninjau.")
@click.option(
    "--pile",
    default=Work.MINE.value,
    type=click.Choice([*(pile.value for pile in Work), "semua"]),
    metavar="TUMPUKAN",
    help="Tumpukan yang mana; bila tidak disebut: menunggu saya.",
)
@json_option
def texts_(asked: Asked, by: str, pile: str, as_json: bool) -> int:
    """Tulisan yang sama dari banyak posyandu sebagai satu baris, menurut yang menunggu Anda.

    Yang punya temuan atau foto disebut di bawahnya: itu dilihat satu per satu.
    """
    sight = look(asked)
    if sight.stale:
        sight = checked_sight(sight, asked, quiet=as_json)
    me = _reviewer(sight, by)
    found = [one for one in texts(sight.roster.rows, me) if pile in ("semua", one.pile.value)]
    if as_json:
        result_json(
            {
                "piles": {str(name): count for name, count in piles(sight.roster.rows, me).items()},
                "texts": [_text_json(one) for one in found],
            }
        )
        return 0
    counts = [(name, count) for name, count in piles(sight.roster.rows, me).items() if count]
    missing = sight.roster.totals.missing
    told = [f"{name.value} {count}" for name, count in counts]
    say(" · ".join([*told, *([f"{words.MISSING} {missing} posyandu"] if missing else [])]))
    for one in found:
        result(f"{one.id:<18}{one.title or '(tanpa judul)'} · {_of_units(one.every)}")
        for row in one.exceptions:
            result(f"    {row.post}  {words.whose(row)}: {words.found(row)}")
    if not found:
        say(f"Tidak ada yang {pile}.")
    return 0


@click.command("decide", cls=IndonesianCommand)
@click.argument("text", metavar="TULISAN")
@place_options
@by_option
@click.option("--return", "back", is_flag=True, help="Kembalikan; perlu --note.")
@click.option("--note", default="", metavar="CATATAN", help="Catatan; wajib bila dikembalikan.")
@click.option("--with-exceptions", is_flag=True, help="Juga yang punya temuan atau foto.")
@checked_option
@passphrase_option
@json_option
def decide(
    text: str,
    asked: Asked,
    by: str,
    back: bool,
    note: str,
    with_exceptions: bool,
    checked: tuple[str, ...],
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Setujui atau kembalikan satu tulisan dari banyak posyandu sekaligus.

    TULISAN adalah tandanya di content-kit roster texts. Semuanya diperiksa sekali lagi; yang
    berubah sejak itu tidak ikut.
    """
    sight = look(asked)
    every = texts(sight.roster.rows, _reviewer(sight, by))
    piles_meant = GIVEN_BACK if back else (Work.MINE, Work.OTHERS)
    mine = [one for one in every if one.id == text and one.pile in piles_meant]
    rows = [row for one in mine for row in (one.every if with_exceptions else one.rows)]
    if not rows:
        raise UsageError(f'Tulisan "{text}" tidak ada yang menunggu di sini.')
    checker = Checker(
        sight.workspace.root, sight.first, sight.last, sight.now, Memory.open(memory_file())
    )
    kind = Kind.RETURN if back else Kind.APPROVE
    progress = Progress("Memeriksa", quiet=as_json)
    done = decide_together(
        checker,
        rows,
        kind,
        by,
        note,
        checked=confirmed(checker.reviews(()), checked),
        signer=lambda reviews, who: signer_for(reviews, kind, who, passphrase_file),
        step=progress.show,
    )
    progress.clear()
    return report(
        [(kind, done.decision)], done.reviews, done.by, events=done.events, as_json=as_json
    )


def _of_units(rows: Sequence[Row]) -> str:
    """Whose posts they are: the one posyandu, or how many."""
    units = {row.unit for row in rows}
    return words.whose(rows[0]) if len(units) == 1 else f"{len(units)} posyandu"


def _reviewer(sight: Sight, by: str) -> Reviewer:
    base = sight.workspace.load((), units=())
    rules, _ = load_rules(sight.workspace)
    return reviewer(person(by, base.people), base.people, rules)


def _text_json(one: Text) -> dict[str, object]:
    return {
        "text": one.id,
        "title": one.title,
        "pile": one.pile.value,
        "posyandu": one.posyandu,
        "posts": [{"unit": row.unit, "post": row.post} for row in one.rows],
        "exceptions": [
            {"unit": row.unit, "post": row.post, "found": list(row.found)} for row in one.exceptions
        ],
    }
