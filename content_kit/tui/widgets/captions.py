"""The words that will go with the picture: one block for each channel with its limit, then the alt text."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from content_kit.caption.compose import SHORT_MAX, length
from content_kit.files.safe_text import shown
from content_kit.model import Channel
from content_kit.render import Proof, Text
from content_kit.tui.widgets.fields import renew


class Captions(VerticalScroll):
    """Texts as they will be pasted; channels that share a text share a block."""

    DEFAULT_CSS = """
    Captions { height: auto; scrollbar-size-vertical: 1; }
    Captions > Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        """All in one."""
        yield Static("", id="words", markup=False)

    def show(self, proof: Proof | None) -> None:
        """Show the texts of a proof."""
        blocks = list(_blocks(proof)) if proof else []
        renew(self.query_one("#words", Static), Content("\n\n").join(blocks))


def limit_of(channel: Channel) -> int | None:
    """How many characters a text may have there."""
    found = channel.limits.get("teks")
    if channel.caption == "short":
        return SHORT_MAX
    return found.value if found else None


def _blocks(proof: Proof) -> Iterator[Content]:
    shared: dict[str, list[Text]] = {}
    for text in proof.texts:
        shared.setdefault(text.words, []).append(text)
    for words, texts in shared.items():
        names = ", ".join(text.channel.name for text in texts)
        counts = [(length(words, text.channel), limit_of(text.channel)) for text in texts]
        # Who shares a text may count it differently: the one with the least room left speaks.
        count, most = min(counts, key=lambda one: one[1] - one[0] if one[1] else float("inf"))
        over = most is not None and count > most
        told = f"{count}/{most}" if most else f"{count} huruf"
        yield Content.assemble(
            (shown(names), "bold $primary"),
            (f"  {told}", "bold $error" if over else "$foreground-muted"),
            "\n",
            shown(words, lines=True),
        )
    if proof.alt:
        yield Content.assemble(
            ("Teks untuk tunanetra", "bold $primary"),
            (f"  {length(proof.alt)} huruf", "$foreground-muted"),
            "\n",
            shown(proof.alt),
        )
