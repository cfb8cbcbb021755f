"""Whether a post says nothing but what a signed entry of the library says.

Signed means that a health worker has read every source (`ditelaah`). The planner's library has
more to say about entries; a review asks only this, and rooms beside each other know nothing of
each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from content_kit.files.assets import read_asset
from content_kit.files.reader import Reader, plain
from content_kit.files.readings import load_readings, sources_of
from content_kit.files.workspace import Workspace
from content_kit.model import FieldValue, Post, Source

FOLDER: Final = "library"


class SignedTexts:
    """The entries of a workspace's library that a health worker has read, by id."""

    def __init__(self, workspace: Workspace) -> None:
        self._texts: dict[str, tuple[object, tuple[Source, ...]]] = {}
        readings, _ = load_readings(workspace)
        for name in workspace.asset_names(FOLDER, ".yaml"):
            top, _ = read_asset(workspace, f"{FOLDER}/{name}.yaml")
            for item in top.children("pustaka") if top else ():
                sources = sources_of(item, readings)
                id = item.text("id")
                if id and sources and all(source.reviewed_by for source in sources):
                    self._texts.setdefault(id, (_words(_values(item)), sources))

    def has(self, post: Post) -> bool:
        """Whether a post is such an entry, word for word."""
        known = self._texts.get(post.entry)
        return known is not None and known == (_words(post.fields), post.sources)


def _values(item: Reader) -> dict[str, FieldValue]:
    """The fields of a post made from an entry."""
    found: dict[str, FieldValue] = {
        key: item.text(key) for key in ("label", "judul", "gambar", "penutup")
    }
    for key in ("isi", "langkah"):
        node = item.get(key)
        value = plain(node) if node is not None else ()
        if key == "isi" and isinstance(value, Mapping):
            found |= value
        elif value:
            found[key] = value
    return found


def _words(value: FieldValue) -> object:
    """A value without what is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _words(inner) for key, inner in value.items() if inner}
    return [_words(inner) for inner in value]
