"""What is ticked and what is chosen, told by its mark: not by a shade, which not everybody sees."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox, RadioButton


class Tick(Checkbox):
    """A question with yes or no."""

    @property
    def _button(self) -> Content:
        return Content("[✓]" if self.value else "[ ]")


class Choice(RadioButton):
    """One of some answers."""

    @property
    def _button(self) -> Content:
        return Content("(●)" if self.value else "( )")
