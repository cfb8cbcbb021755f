"""Photos as lines of a list: their names are shown, never obeyed."""

from __future__ import annotations

from textual.content import Content

from content_kit.files.inbox import Incoming
from content_kit.model import Zone
from content_kit.planning.photos import Stored
from content_kit.schedule.dates import clock, short_date
from content_kit.tui.widgets.lines import plain


def incoming_lines(each: Incoming, zone: Zone) -> list[Content]:
    """A new photo: its name, then when it came and how large it is, or why it cannot be used."""
    if each.problem:
        return [plain(f"! {each.path.name}"), plain(f"  {each.problem}", "$warning")]
    at = each.time.astimezone(zone.tz)
    told = [f"{short_date(at.date())} {clock(at.time())}", weight(each.bytes)]
    told += [f"{each.size[0]} × {each.size[1]}"] if each.size else []
    return [
        plain(f"  {each.path.name}", "bold"),
        plain(f"  {' · '.join(told)}", "$foreground-muted"),
    ]


def stored_lines(each: Stored, used: int) -> list[Content]:
    """A photo of a posyandu: its name, then how its consent stands and how often it is used."""
    mark, style = ("!", "$warning") if each.problem else ("✓", "$success")
    times = f" · dipakai {used} postingan" if used else ""
    return [plain(f"{mark} {each.file}", "bold"), plain(f"  {each.standing}{times}", style)]


def weight(bytes: int) -> str:
    """A file's size: "40 KB", "2,1 MB"."""
    if bytes < 1_000_000:
        return f"{max(1, bytes // 1000)} KB"
    return f"{bytes / 1e6:.1f} MB".replace(".", ",")
