"""Ids of posts: made from what a post says, or by chance, and one for each post of a unit."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256
from typing import Final

from content_kit.files import splice
from content_kit.files.yaml import Map, Node, Scalar, Seq, parse
from content_kit.findings import Finding
from content_kit.model import Calendar, Post

_FIRST: Final = "abcdefghjkmnpqrstuvwxyz"
_LETTERS: Final = "23456789" + _FIRST
"""Letters of a made id: without 0 and o, 1, l and i, which people mix up when they read aloud.

The first is never a digit: a spreadsheet turns 3e4567 into a number.
"""
_LENGTH: Final = 6


def made_id(key: str) -> str:
    """An id that depends on `key` alone: the same key gives the same id on every computer."""
    number = int.from_bytes(sha256(key.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    id = ""
    for _ in range(_LENGTH):
        letters = _LETTERS if id else _FIRST
        number, index = divmod(number, len(letters))
        id += letters[index]
    return id


def random_id(chance: random.Random, taken: Collection[str]) -> str:
    """An id for a post that nobody has described yet, none of those that are taken."""
    while True:
        id = chance.choice(_FIRST) + "".join(chance.choices(_LETTERS, k=_LENGTH - 1))
        if id not in taken:
            return id


def ids_of(calendar: Node | None) -> list[str | None]:
    """The id of each post of a month's file: "" when it waits for one, None when it cannot get one."""
    return [_id_of(post) for post in _posts_of(calendar)]


def with_ids(text: str, taken: set[str], chance: random.Random) -> str:
    """The text with an id in each post that has none; `taken` grows by the new ones."""
    node, _ = parse(text, "")
    edits: list[tuple[splice.Path, str]] = []
    for number, post in enumerate(_posts_of(node)):
        if _id_of(post) == "":
            id = random_id(chance, taken)
            taken.add(id)
            edits.append((("postingan", number, "id"), id))
    return splice.set_values(text, edits, first=True)


def unique(calendars: list[Calendar], findings: list[Finding]) -> list[Calendar]:
    """The same calendars, every post with an id of its own.

    Copying a post and forgetting its id is the slip people make most, so the copy is kept: it
    gets a made id beside the finding.
    """
    first: dict[str, Post] = {}
    kept: list[Calendar] = []
    for calendar in calendars:
        posts: list[Post] = []
        for post in calendar.posts:
            there = first.get(post.id)
            if there is not None:
                written = "id" in post.places
                if written:
                    findings.append(
                        Finding(
                            "id-ganda",
                            f'id "{post.id}" sudah dipakai di {there.at.file} '
                            f"baris {there.at.line}.",
                            post.place("id"),
                            post.id,
                            "Hapus id ini; yang baru akan dibuat sendiri.",
                        )
                    )
                count = 2
                while (made := made_id(f"{post.id} {post.date} {post.time} {count}")) in first:
                    count += 1
                post = replace(post, id=made)
            first[post.id] = post
            posts.append(post)
        kept.append(replace(calendar, posts=tuple(posts)))
    return kept


def _posts_of(node: Node | None) -> tuple[Node, ...]:
    posts = node.get("postingan") if isinstance(node, Map) else None
    return posts.items if isinstance(posts, Seq) else ()


def _id_of(post: Node) -> str | None:
    if not isinstance(post, Map):
        return None
    id = post.get("id")
    if id is None:
        return ""
    if not isinstance(id, Scalar):
        return None
    return "" if id.is_null else id.text.strip()
