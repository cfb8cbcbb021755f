"""What a post's events come to, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from content_kit.review.events import Entry, Event, Kind, same


class Story:
    """Who submitted and approved which version, and what came last.

    `returned` is the return that nobody answered with a new version yet; `sent_back` holds until
    somebody approves: what was given back once is looked at before it goes out.
    """

    def __init__(self) -> None:
        self.submitted: Entry | None = None
        self.latest = ""
        self.submitters: dict[str, list[str]] = {}
        self.handed_in: dict[str, list[Event]] = {}
        self.approvals: dict[str, list[tuple[Event, Entry]]] = {}
        self.snapshots: dict[str, Mapping[str, str]] = {}
        self.returned: Event | None = None
        self.sent_back = False
        self.last: Event | None = None
        self.posted: set[str] = set()
        self.reviewed_after: bool | None = None
        self.open: set[str] = set()

    def take(self, event: Event, entry: Entry) -> None:
        """Go on by one event."""
        if event.kind is Kind.SUBMIT:
            self.submitted, self.latest = entry, entry.seal
            self.open.add(entry.seal)
            _add(self.submitters, entry.seal, event.by)
            self.handed_in.setdefault(entry.seal, []).append(event)
            self.snapshots[entry.seal] = entry.inputs
            self.returned, self.last = None, event
        elif event.kind is Kind.APPROVE:
            # An approval of what nobody submitted, of what was taken back meanwhile, or of one's
            # own is no approval.
            if entry.seal in self.open and not self._own(entry.seal, event.by):
                given = self.approvals.pop(entry.seal, [])
                self.approvals[entry.seal] = [*given, (event, entry)]  # the latest is the last
                self.last, self.sent_back = event, False
                if self.reviewed_after is not None:
                    self.reviewed_after = True
        elif event.kind is Kind.RETURN:
            self.returned, self.submitted, self.sent_back = event, None, True
            self._take_back()
            if self.reviewed_after is not None:
                self.reviewed_after = True
        elif event.kind is Kind.WITHDRAW:
            # Whoever takes back what they handed in does not take back what was said of it.
            self.submitted, self.last = None, event
            self._take_back()
        elif event.kind is Kind.FAST:
            # It is out already: whoever stood for it is not the one who looks at it afterwards.
            self.open.add(entry.seal)
            _add(self.submitters, entry.seal, event.by)
            if entry.inputs:
                self.snapshots.setdefault(entry.seal, entry.inputs)
            self.reviewed_after = False
        elif event.kind is Kind.POSTED:
            self.posted.update(entry.channels)
        elif event.kind is Kind.NOT_POSTED:
            self.posted.difference_update(entry.channels)

    def given(self, seal: str) -> list[tuple[Event, Entry]]:
        """The approvals of a version by those who did not submit it."""
        found = self.approvals.get(seal, ())
        return [(event, entry) for event, entry in found if not self._own(seal, event.by)]

    def _own(self, seal: str, by: str) -> bool:
        return any(same(by, submitter) for submitter in self.submitters.get(seal, ()))

    def _take_back(self) -> None:
        self.approvals.clear()
        self.open.clear()


def follow(told: Iterable[tuple[Event, Entry]]) -> Story:
    """The story of a post from its events in their order."""
    story = Story()
    for event, entry in told:
        story.take(event, entry)
    return story


def _add(names: dict[str, list[str]], seal: str, by: str) -> None:
    there = names.setdefault(seal, [])
    if not any(same(by, name) for name in there):
        there.append(by)
