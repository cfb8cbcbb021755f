"""Many posts of ready texts whose sources no health worker has read, as one thing to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from content_kit.files.texts import Texts
from content_kit.findings import Finding
from content_kit.model import Post

CODE: Final = "sumber-belum-ditelaah"
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Unread:
    """The texts of the library that wait for a reader: id, title and number of posts of each."""

    texts: tuple[tuple[str, str, int], ...]
    posts: int

    def sentence(self) -> str:
        """How many posts, and which texts."""
        names = [
            f'"{title}"' + (f" ({count})" if count > 1 else "")
            for _, title, count in self.texts[:_NAMED]
        ]
        left = len(self.texts) - _NAMED
        more = f", dan {left} lagi" if left > 0 else ""
        return (
            f"{self.posts} postingan memakai {len(self.texts)} tulisan pustaka yang sumbernya "
            f"belum dibaca petugas kesehatan: {', '.join(names)}{more}."
        )

    def hint(self) -> str:
        """What to do about it, as a command."""
        return (
            "Minta puskesmas membacanya, lalu catat: content-kit library read ID --by NAMA "
            "--role PERAN. Untuk dibaca sekali duduk: content-kit library --paper atau --sheet BERKAS."
        )


def apart(
    findings: Iterable[Finding], post_of: Callable[[Finding], Post | None], library: Texts
) -> tuple[list[Finding], Unread | None]:
    """The findings that each stand for themselves, and the texts that wait for a reader.

    A post with words of its own stands for itself: no reading of the library's text helps it.
    """
    rest: list[Finding] = []
    count: Counter[str] = Counter()
    titles: dict[str, str] = {}
    posts: set[tuple[str, str]] = set()
    for finding in findings:
        post = post_of(finding) if finding.code == CODE else None
        if post is None or not library.waits(post):
            rest.append(finding)
        elif (post.unit, post.id) not in posts:
            posts.add((post.unit, post.id))
            count[post.entry] += 1
            title = post.fields.get("judul")
            titles.setdefault(post.entry, title if isinstance(title, str) else post.entry)
    if not posts:
        return rest, None
    return rest, Unread(tuple((id, titles[id], n) for id, n in count.most_common()), len(posts))
