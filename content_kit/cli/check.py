"""`content-kit check`: every finding of a workspace, without painting a pixel."""

from __future__ import annotations

from content_kit.checks.unread import apart
from content_kit.cli.opening import now, of_unit, open_press, selections
from content_kit.cli.talk import Progress, exit_code, result, result_json, say, tell
from content_kit.cli.words import choice_options, json_option, workspace_argument
from content_kit.cli.words import command as indonesian
from content_kit.files.drafts import Drafts
from content_kit.files.user_folders import drafts_folder
from content_kit.findings import Finding, Level, by_place
from content_kit.model import Post
from content_kit.review.reviews import Reviews
from content_kit.tasks.checkup import checkup


@indonesian("check")
@workspace_argument
@choice_options
@json_option
def command(
    workspace: str,
    week: str | None,
    month: str | None,
    post: str | None,
    unit: str | None,
    channel: str | None,
    as_json: bool,
) -> int:
    """Periksa rencana: tunjukkan apa yang perlu diperbaiki.

    Tanpa pilihan, semua postingan diperiksa.
    """
    press = open_press(workspace)
    chosen = selections(press, week=week, month=month, post=post, unit=unit, channel=channel)
    posts = [post for selection in chosen for post in press.select(selection)]
    units = [slug for slug in press.loaded.posyandu if unit in (None, slug)]
    drafts = Drafts(drafts_folder(), press.workspace.root)
    findings = of_unit(checkup(press, Reviews(press, now()), units, drafts=drafts), unit)
    progress = Progress("Memeriksa", quiet=as_json)
    for number, one in enumerate(posts, 1):
        findings += press.proof_anyway(one, channel).findings
        progress.show(number, len(posts))
    progress.clear()
    findings = by_place(findings)
    if as_json:
        result_json({"findings": [finding.as_json() for finding in findings]})
    else:
        there = {(one.unit, one.id): one for one in posts}

        def post_of(finding: Finding) -> Post | None:
            return there.get(("".join(finding.place.file.split("/")[1:2]), finding.post))

        rest, unread = apart(findings, post_of, press.library)
        errors = sum(finding.level is Level.ERROR for finding in rest)
        warnings = sum(finding.level is Level.WARNING for finding in rest)
        # What must be repaired first, and many posts with one thing to do last and as one.
        for level in Level:
            tell((finding for finding in rest if finding.level is level), on_stdout=True)
        if unread is not None:
            warnings += 1
            result(f"Perlu dilihat: {unread.sentence()} {unread.hint()}")
        say(
            f"{len(posts)} postingan diperiksa: {errors} perlu diperbaiki, {warnings} perlu dilihat."
        )
    return exit_code(findings)
