"""`content-kit done`: write down that a post went out, and where."""

from __future__ import annotations

import click

from content_kit.cli.opening import now, open_press
from content_kit.cli.review import by_option, report
from content_kit.cli.talk import say
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, unit_option, workspace_option
from content_kit.errors import UsageError
from content_kit.findings import clipped
from content_kit.render import Selection
from content_kit.review.events import Kind
from content_kit.review.reviews import Reviews, posted


@indonesian("done")
@click.argument("post", metavar="ID")
@by_option
@click.option(
    "--channel", "channels", multiple=True, metavar="KANAL",
    help="Hanya di tempat posting ini; boleh beberapa kali. Bila tidak disebut: semuanya.",
)  # fmt: skip
@unit_option
@workspace_option
@json_option
def command(
    post: str,
    by: str,
    channels: tuple[str, ...],
    unit: str | None,
    workspace: str,
    as_json: bool,
) -> int:
    """Catat bahwa sebuah postingan sudah diposting."""
    press = open_press(workspace)
    found = press.select(Selection(post=post, unit=unit))
    if len(found) != 1:
        units = ", ".join(one.unit for one in found) or "tidak ada"
        raise UsageError(f'Postingan "{clipped(post)}" ada di: {units}. Sebut --unit.')
    for name in channels:
        if name not in found[0].channels:
            there = ", ".join(found[0].channels)
            raise UsageError(f'Postingan ini tidak untuk "{clipped(name)}". Yang ada: {there}.')
    reviews = Reviews(press, now())
    who = reviews.person(by)
    one = reviews.state(press.proof(found[0]))
    decision = posted(one, channels)
    reviews.record(Kind.POSTED, who, decision.carried)
    report(decision, reviews, "diposting", who, as_json=as_json)
    if decision.carried and not one.passes and not as_json:
        say(f"Perlu dilihat: saat dicatat, postingan ini {one.status.value}, belum disetujui.")
    return 0
