"""The roster as a calendar file: its posts and the service days of their units."""

from __future__ import annotations

from datetime import datetime

from content_kit.files.assets import load_channels
from content_kit.files.workspace import Workspace
from content_kit.planning.feed import feed
from content_kit.roster.gather import months_of
from content_kit.roster.view import Roster


def write_ics(roster: Roster, workspace: Workspace, now: datetime) -> bytes:
    """The roster as ICS. Every event keeps its UID, so taking it in again changes and doubles nothing.

    UsageError without the extra `office`.
    """
    slugs = {unit.slug for unit in roster.units} - {""}
    loaded = workspace.load(months_of(roster.first, roster.last), units=slugs)
    shown = {row.key for row in roster.rows}
    names = {channel.id: channel.name for channel in load_channels(workspace)[0].values()}
    return feed(
        [post for post in loaded.posts() if (post.unit, post.id) in shown],
        loaded.posyandu,
        roster.first,
        roster.last,
        now=now,
        people=loaded.people,
        names=names,
        sure={row.key for row in roster.rows if row.settled},
    )
