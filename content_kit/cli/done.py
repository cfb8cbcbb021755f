"""`content-kit done`: write down that a post went out, and where; or that it did not."""

from __future__ import annotations

from pathlib import Path

import click

from content_kit.cli.deciding import by_option, report
from content_kit.cli.keys import passphrase_option, signer_for
from content_kit.cli.opening import now, one_post
from content_kit.cli.talk import say
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, unit_option, workspace_option
from content_kit.files.workspace import Workspace
from content_kit.review.events import Kind
from content_kit.review.gate import refusal
from content_kit.tasks import posting


@indonesian("done")
@click.argument("post", metavar="ID")
@by_option
@click.option(
    "--channel", "channels", multiple=True, metavar="KANAL",
    help="Hanya di tempat posting ini; boleh beberapa kali. Bila tidak disebut: semuanya.",
)  # fmt: skip
@click.option("--undo", is_flag=True, help="Ternyata belum diposting: catatannya dibatalkan.")
@unit_option
@workspace_option
@passphrase_option
@json_option
def command(
    post: str,
    by: str,
    channels: tuple[str, ...],
    undo: bool,
    unit: str | None,
    workspace: str,
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Catat bahwa sebuah postingan sudah diposting, atau ternyata belum."""
    place = Workspace.open(Path(workspace))
    found = one_post(place.load(), post, unit)
    made = posting.record(
        place, found, channels, by, now(), out=not undo,
        signing=lambda reviews, kind, who: signer_for(reviews, kind, who, passphrase_file),
    )  # fmt: skip
    one, reviews = made.state, made.reviews
    # It is out: that is written down whatever it was, and told when it was not what was approved.
    wrong = made.events and not undo and (one.changed or not one.passes)
    amiss = [refusal(one, reviews.press.loaded.people)] if wrong else []
    kind = Kind.NOT_POSTED if undo else Kind.POSTED
    report(
        [(kind, made.decision)], reviews, reviews.person(by), events=made.events,
        as_json=as_json, more=amiss,
    )  # fmt: skip
    if not as_json:
        if made.events:
            say(made.sentence)
        if amiss:
            say("Sudah dicatat. Perlu dilihat: yang keluar bukan yang disetujui.")
    return 0
