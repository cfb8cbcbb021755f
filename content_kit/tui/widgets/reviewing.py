"""What a reviewer reads of a post beside its picture: where it stands, what was found, what is different."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from content_kit.files.safe_text import shown
from content_kit.findings import counted
from content_kit.model import Approval
from content_kit.review.status import State
from content_kit.schedule.dates import clock, long_date
from content_kit.tui.rostering import Opened, name_of
from content_kit.tui.widgets.lines import STATES, finding_lines, plain


def heading(state: State) -> Content:
    """Whose post it is and when it goes out."""
    post, posyandu = state.proof.post, state.proof.posyandu
    when = f"{long_date(post.date)} pukul {clock(post.time)} {posyandu.zone.name}"
    return plain(posyandu.name, "bold $primary") + plain(f"  {when}")


def about(opened: Opened, note: str = "") -> Content:
    """Where it stands, whom it waits for, who did what, and how grave a mistake would be.

    `note` is what the reviewer wrote and did not send.
    """
    lines = list(_about(opened))
    if note:
        lines.append(plain(f"Catatan Anda yang belum terkirim: {note}", "$warning"))
    return Content("\n").join(lines)


def _about(opened: Opened) -> Iterator[Content]:
    state = opened.state

    def names(ids: tuple[str, ...]) -> str:
        return ", ".join(name_of(id, opened.people) for id in ids)

    line = plain(f"{state.status.mark} {state.status.word}", STATES[state.status])
    if waits := state.waiting_for(lambda who: name_of(who, opened.people)):
        line += plain(f"  {waits}", "$warning")
    yield line
    if state.fast and state.needed:
        yield plain(
            "Jalur cepat: keluar tanpa menunggu, dicatat, ditinjau sesudahnya.", "$secondary"
        )
    if state.submitters:
        yield plain(f"Diajukan {names(state.submitters)}")
    if state.approvers:
        signed = "" if state.signed else " (belum bertanda tangan)"
        yield plain(f"Disetujui {names(state.approvers)}{signed}")
    if state.note:
        yield plain(f"Catatan {names((state.noted_by,))}: {state.note}", "$warning")
    if state.desk.approval is Approval.RISK:
        because = f": {', '.join(state.danger.reasons)}" if state.danger.reasons else ""
        yield plain(f"Risiko {state.risk.value}{because}", "$foreground-muted")
    if state.posted:
        yield plain(f"Sudah diposting di {', '.join(state.posted)}", "$foreground-muted")


def found(opened: Opened) -> Content:
    """Every finding with its next step, and what is wrong with the log."""
    findings = dict.fromkeys((*opened.state.proof.findings, *opened.state.blockers))
    lines = [line for one in findings for line in finding_lines(one) if line.plain.strip()]
    lines += [plain(f"! {words}", "$error") for words in opened.findings]
    return Content("\n").join(lines) if lines else plain("✓ Tidak ada temuan.", "$success")


def changes(state: State) -> Content:
    """What differs from the version that was approved, or handed in, last: before and after."""
    if not state.changes:
        return Content("")
    blocks = [plain("Yang berubah", "bold $primary")]
    for one in state.changes:
        before, after = _parted(one.before, one.after)
        blocks.append(
            Content.assemble(
                (shown(counted(one.field)), "bold"),
                "\n  − ",
                (shown(before) or "(kosong)", "$error"),
                "\n  + ",
                (shown(after) or "(kosong)", "$success"),
            )
        )
    return Content("\n").join(blocks)


def _parted(before: str, after: str, most: int = 160) -> tuple[str, str]:
    """Two texts from shortly before where they part."""
    pairs = enumerate(zip(before, after, strict=False))
    parting = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, parting - 24)
    mark = "…" if start else ""
    first, second = (" ".join(text[start:].split()) for text in (before, after))
    cut = (text if len(text) <= most else text[: most - 1] + "…" for text in (first, second))
    one, other = (mark + text if text else "" for text in cut)
    return one, other
