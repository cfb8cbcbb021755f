"""Whether a post says nothing but what a signed entry of the library says.

Signed means that a health worker has read every source (`ditelaah`) for just these words.
"""

from __future__ import annotations

from content_kit.files.texts import load_texts
from content_kit.files.workspace import Workspace
from content_kit.model import Post


class SignedTexts:
    """The entries of a workspace's library that a health worker has read, by id."""

    def __init__(self, workspace: Workspace) -> None:
        self._texts = load_texts(workspace)

    def has(self, post: Post) -> bool:
        """Whether a post is such an entry, word for word.

        What a person fills in was read by nobody, so a text that waits for it is none of these.
        """
        text = self._texts.known.get(post.entry)
        return (
            text is not None
            and bool(text.sources)
            and not text.waiting
            and all(source.reviewed_by for source in text.sources)
            and text.said_by(post)
            and not self._texts.unread(post)
        )
