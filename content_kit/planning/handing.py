"""Who is on duty, changed by hand: a post given to somebody else, or two posts swapped."""

from __future__ import annotations

from pathlib import Path

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.records import Decision, require
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import clipped, nearest
from content_kit.model import Post
from content_kit.planning.editing import Edited
from content_kit.planning.pages import Done, Pages, find
from content_kit.schedule.dates import short_date


def give(workspace: Workspace, loaded: Loaded, post: Post, person: str) -> Edited:
    """Give a post to somebody, named by id or name; "" takes the duty away."""
    given = [(post, _who(loaded, person) if person else "")]
    return _edited(Pages(workspace), loaded, given)


def swap(workspace: Workspace, loaded: Loaded, one: Post, other: Post) -> Edited:
    """Let two posts exchange who is on duty."""
    if one.duty == other.duty:
        raise UsageError(
            "Petugas kedua postingan itu sama, jadi tidak ada yang ditukar."
            if one.duty
            else "Kedua postingan itu belum punya petugas. Pakai content-kit edit duty."
        )
    return _edited(Pages(workspace), loaded, [(one, other.duty), (other, one.duty)])


def put_duty(pages: Pages, post: Post, person: str) -> Path:
    """Write who is on duty for a post, by id; "" for nobody. The file of its month."""
    path = pages.month(post.unit, post.date)
    text = pages.text(path)
    at = ("postingan", find(text, post), "petugas")
    pages.put(path, splice.set_value(text, at, person) if person else _without(text, at))
    return path


def _edited(pages: Pages, loaded: Loaded, given: list[tuple[Post, str]]) -> Edited:
    notes = []
    for post, person in given:
        if post.duty == person:
            continue
        path = put_duty(pages, post, person)
        said = f"petugas {post.id} ({short_date(post.date)}): {_name(loaded, post.duty)} → {_name(loaded, person)}."
        pages.done.append(Done(pages.workspace.relative(path), said))
        there = loaded.people.get(person)
        if there is not None and post.unit not in there.units:
            notes.append(f"{there.name} tidak tercatat melayani {post.unit} di orang.yaml.")
    posts = tuple(post.id for post, _ in given)
    return Edited(pages, pages.loaded(loaded), posts, tuple(notes))


def _without(text: str, at: splice.Path) -> str:
    return splice.remove_item(text, at) if splice.has(text, at) else text


def _who(loaded: Loaded, person: str) -> str:
    wanted = " ".join(person.split()).casefold()
    people = loaded.people.values()
    found = [one.id for one in people if wanted in (one.id.casefold(), one.name.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"Ada beberapa orang bernama itu. Sebut idnya: {', '.join(found)}.")
    require([f for f in loaded.findings if f.place.file == "calendars/orang.yaml"], Decision.PLAN)
    raise UsageError(
        f'"{clipped(person)}" tidak ada di orang.yaml. {nearest(person, loaded.people)}'.strip()
    )


def _name(loaded: Loaded, id: str) -> str:
    person = loaded.people.get(id)
    return person.name if person else id or "belum ada"
