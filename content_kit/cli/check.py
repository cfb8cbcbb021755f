"""`content-kit check`: every finding of a workspace, without painting a pixel."""

from __future__ import annotations

from content_kit.cli.opening import open_press, selections
from content_kit.cli.talk import Progress, result_json, say, tell
from content_kit.cli.words import choice_options, json_option, workspace_argument
from content_kit.cli.words import command as indonesian
from content_kit.findings import Level, by_place, has_errors


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
    findings = list(press.general_findings())
    progress = Progress("Memeriksa", quiet=as_json)
    for number, one in enumerate(posts, 1):
        findings += press.proof(one, channel).findings
        progress.show(number, len(posts))
    progress.clear()
    findings = by_place(findings)
    if as_json:
        result_json({"findings": [finding.as_json() for finding in findings]})
    else:
        tell(findings, on_stdout=True)
        errors = sum(finding.level is Level.ERROR for finding in findings)
        warnings = sum(finding.level is Level.WARNING for finding in findings)
        say(
            f"{len(posts)} postingan diperiksa: {errors} perlu diperbaiki, {warnings} perlu dilihat."
        )
    return 1 if has_errors(findings) else 0
