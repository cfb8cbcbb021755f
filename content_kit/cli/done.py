"""`content-kit done`: write down that a post went out, and where."""

from __future__ import annotations

import click

from content_kit.cli.deciding import by_option, report
from content_kit.cli.keys import passphrase_option, signer_for
from content_kit.cli.opening import now, one_post, open_press
from content_kit.cli.talk import say
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, unit_option, workspace_option
from content_kit.errors import UsageError
from content_kit.findings import clipped
from content_kit.review.decide import posted
from content_kit.review.events import Kind
from content_kit.review.gate import refusal
from content_kit.review.reviews import Reviews


@indonesian("done")
@click.argument("post", metavar="ID")
@by_option
@click.option(
    "--channel", "channels", multiple=True, metavar="KANAL",
    help="Hanya di tempat posting ini; boleh beberapa kali. Bila tidak disebut: semuanya.",
)  # fmt: skip
@unit_option
@workspace_option
@passphrase_option
@json_option
def command(
    post: str,
    by: str,
    channels: tuple[str, ...],
    unit: str | None,
    workspace: str,
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Catat bahwa sebuah postingan sudah diposting."""
    press = open_press(workspace)
    found = one_post(press.loaded, post, unit)
    for name in channels:
        if name not in found.channels:
            there = ", ".join(found.channels)
            raise UsageError(f'Postingan ini tidak untuk "{clipped(name)}". Yang ada: {there}.')
    reviews = Reviews(press, now())
    who = reviews.person(by)
    one = reviews.state(press.proof(found))
    decision = posted(one, channels)
    signer = signer_for(reviews, Kind.POSTED, who, passphrase_file) if decision.carried else None
    events = reviews.record(Kind.POSTED, who, decision.carried, signer=signer)
    # It is out: that is written down whatever it was, and told when it was not what was approved.
    amiss = (
        [refusal(one, press.loaded.people)] if events and (one.changed or not one.passes) else []
    )
    report([(Kind.POSTED, decision)], reviews, who, events=events, as_json=as_json, more=amiss)
    if amiss and not as_json:
        say("Sudah dicatat. Perlu dilihat: yang keluar bukan yang disetujui.")
    return 0
