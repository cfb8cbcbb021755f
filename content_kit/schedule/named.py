"""A post as people know it, for sentences about it: its day and its title, never its id."""

from __future__ import annotations

from typing import Final

from content_kit.findings import clipped
from content_kit.model import Post, Posyandu
from content_kit.schedule.dates import short_date

_LONGEST: Final = 40


def title_of(post: Post) -> str:
    """Its title, else the first words it has, else its kind."""
    texts = (post.fields.get("judul"), *post.fields.values())
    found = next((t for t in texts if isinstance(t, str) and t.strip()), post.pillar.label)
    return clipped(" ".join(found.split()), _LONGEST)


def called(post: Post, posyandu: Posyandu | None = None) -> str:
    """`Melati · Sen, 7 Des · Besok kita buka`; the posyandu only where there are several."""
    unit = [posyandu.name.removeprefix("Posyandu ")] if posyandu else []
    return " · ".join([*unit, short_date(post.date), title_of(post)])
