"""Saya siapa? Whoever sits here sees their own posyandu first; one key changes it."""

from __future__ import annotations

from content_kit.tui.board import Board
from content_kit.tui.screens.choose import ChoosePanel


class WhoPanel(ChoosePanel):
    """The people of the workspace; the answer is an id, "" for nobody in particular."""

    def __init__(self, board: Board) -> None:
        known = board.loaded.posyandu
        rows = []
        for id, person in board.loaded.people.items():
            names = ", ".join(known[unit].name for unit in person.units if unit in known)
            rows.append((id, f"{person.name}  {person.role}  {names}".rstrip()))
        rows.append(("", "Lihat semua posyandu"))
        note = "Pilihan ini hanya disimpan di komputer ini."
        super().__init__("Saya siapa?", rows, None, note=note)

    def on_mount(self) -> None:
        """Whoever sits here is chosen; where nobody does, the first person waits for Enter."""
        self._chosen = self.kit.me or None
