"""What opens when a field of a post is to be chosen, and what the answer does to the draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from content_kit.files.safe_text import shown
from content_kit.planning.draft import Draft, with_template
from content_kit.tui.screens.choose import ChoosePanel, DayPanel, ManyPanel
from content_kit.tui.screens.photos import PhotosPanel
from content_kit.tui.screens.post_draft import DraftScreen
from content_kit.tui.slots import Kind, Slot

_REACH = timedelta(days=400)


def choose(screen: DraftScreen, slot: Slot, draft: Draft) -> None:
    """Open the panel of a field; its answer is set in the screen's draft."""
    put = partial(screen.put, slot.path)
    match slot.kind:
        case Kind.DATE:
            choose_day(screen, draft, put)
        case Kind.MANY:
            usual = f"Bila tidak ada yang ditandai: {slot.empty}." if slot.empty else ""
            screen.app.push_screen(
                ManyPanel(slot.label, slot.choices, _words(draft, slot.path), usual), put
            )
        case Kind.PHOTO:
            panel = PhotosPanel(screen.unit, draft.day(), _words(draft, "kanal"))
            screen.app.push_screen(panel, partial(_photo, screen, slot.path))
        case Kind.EVENT:
            key = f"{draft.text('acara.hari_buka')} {draft.text('acara.tanggal')}".strip()
            rows = ChoosePanel(slot.label, slot.choices, key, empty=slot.empty)
            screen.app.push_screen(rows, partial(_event, screen))
        case _:
            rows = ChoosePanel(slot.label, slot.choices, draft.text(slot.path), empty=slot.empty)
            answer = partial(_template, screen) if slot.path == "model" else put
            screen.app.push_screen(rows, answer)


def choose_day(screen: DraftScreen, draft: Draft, then: Callable[[str | None], None]) -> None:
    """A month to choose a day from, its service days marked; the answer is written 2026-12-08."""
    board = screen.board
    if board is None:
        return
    me = screen.kit.me
    today = board.today(me)
    day = draft.day() or today
    marked = {
        each.day.date: each.day.name
        for each in board.days(me, day - _REACH, day + _REACH)
        if each.posyandu.slug == screen.unit
    }

    def picked(found: date | None) -> None:
        then(found.isoformat() if found else None)
        if found:  # on to the next field, as after a day that was typed
            screen.call_after_refresh(screen.focus_next)

    screen.app.push_screen(DayPanel(day, today, lambda each: marked.get(each, "")), picked)


def _words(draft: Draft, path: str) -> tuple[str, ...]:
    return tuple(each for each in draft.items(path) if isinstance(each, str))


def _photo(screen: DraftScreen, path: str, file: str | None) -> None:
    screen.put(path, file)
    screen.look_again()  # its consent may be another now, though its name is the same


def _event(screen: DraftScreen, key: str | None) -> None:
    if key is not None:
        service, _, day = key.partition(" ")
        screen.put("acara", {"hari_buka": service, "tanggal": day} if key else {})


def _template(screen: DraftScreen, name: str | None) -> None:
    form, facts = screen.form, screen.facts
    if not name or form is None or facts is None or name == form.draft.text("model"):
        return
    draft, aside = with_template(form.draft, facts.templates[name], facts.template(form.draft))
    screen.set(draft)
    if aside:
        told = (
            f"Tidak ada tempatnya di model ini, jadi disimpan dulu: {', '.join(aside)}. "
            "Kembali ke model tadi, dan tulisannya ada lagi."
        )
        screen.notify(shown(told), markup=False, timeout=8)
