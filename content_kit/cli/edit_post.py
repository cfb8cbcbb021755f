"""`content-kit edit set` and `edit new`: write fields of a post, or a whole new one, as the form does."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from content_kit.cli.opening import one_post, today
from content_kit.cli.talk import exit_code, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    dry_run_option,
    json_option,
    unit_option,
    workspace_option,
)
from content_kit.errors import UsageError
from content_kit.files.templates import load_template
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Level, nearest
from content_kit.model import Zone
from content_kit.planning import draft_text
from content_kit.planning.assignment import assigned
from content_kit.planning.draft import (
    Draft,
    blank,
    of_entry,
    of_post,
    tidy,
    with_template,
)
from content_kit.planning.library import load_library
from content_kit.planning.pages import Pages
from content_kit.render import Press
from content_kit.schedule.one_day import one_day


@click.command("set", cls=IndonesianCommand)
@click.argument("post", metavar="ID")
@click.argument("fields", nargs=-1, required=True, metavar="ISIAN=NILAI…")
@unit_option
@workspace_option
@dry_run_option
@json_option
def set_fields(
    post: str, fields: tuple[str, ...], unit: str | None, workspace: str, dry_run: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Isi atau ubah isian satu postingan; yang lain tetap huruf demi huruf."""
    place = Workspace.open(Path(workspace))
    if not dry_run:
        place.fill_ids(None, random.SystemRandom())
    loaded = place.load()
    meant = one_post(loaded, post, unit)
    base = of_post(meant)
    zone = loaded.posyandu[meant.unit].zone
    draft = tidy(_assigned(place, base, fields, zone))
    pages = Pages(place)
    draft_text.write(pages, meant, base, draft)
    return _carry_out(pages, loaded, draft, dry_run=dry_run, as_json=as_json)


@click.command("new", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.argument("day", metavar="TANGGAL")
@click.argument("fields", nargs=-1, metavar="[ISIAN=NILAI…]")
@click.option("--entry", default="", metavar="ID", help="Isi dengan tulisan pustaka ini.")
@workspace_option
@dry_run_option
@json_option
def new(
    unit: str, day: str, fields: tuple[str, ...], entry: str, workspace: str, dry_run: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Tambahkan satu postingan baru, kosong atau dari pustaka."""
    place = Workspace.open(Path(workspace))
    loaded = place.load()
    if unit not in loaded.posyandu:
        raise UsageError(f'Posyandu "{unit}" tidak ada. {nearest(unit, loaded.posyandu)}'.strip())
    zone = loaded.posyandu[unit].zone
    found, asked = one_day(day, today(zone))
    if found is None:
        raise UsageError(f"TANGGAL: {asked}")
    taken = {post.id for post in loaded.posts()}
    draft = blank(unit, found, taken, random.SystemRandom())
    if entry:
        library = {each.id: each for each in load_library(place)[0]}
        if entry not in library:
            raise UsageError(f'"{entry}" tidak ada di pustaka. {nearest(entry, library)}'.strip())
        draft = of_entry(draft, library[entry])
    draft = tidy(_assigned(place, draft, fields, zone))
    pages = Pages(place)
    draft_text.add(pages, draft)
    return _carry_out(pages, loaded, draft, dry_run=dry_run, as_json=as_json)


def _assigned(place: Workspace, draft: Draft, fields: Sequence[str], zone: Zone) -> Draft:
    """The draft after all assignments; the template first, because it says which fields there are."""
    template, _ = load_template(place, draft.text("model"))
    for words in sorted(fields, key=lambda words: not words.startswith("model=")):
        specs = template.fields if template else ()
        before, draft = draft, assigned(draft, words, specs)
        if words.startswith("tanggal="):
            day, asked = one_day(draft.text("tanggal"), today(zone))
            if day is None:
                raise UsageError(f"tanggal: {asked}")
            draft = draft.put("tanggal", day.isoformat())
        if words.startswith("model="):
            other, problems = load_template(place, draft.text("model"))
            if other is None:
                raise UsageError(" ".join(f"{f.message} {f.hint}".strip() for f in problems))
            draft, aside = with_template(before, other, template)
            template = other
            if aside:
                say(f"Tidak ada tempatnya di model ini, jadi dihapus: {', '.join(aside)}.")
    # What had no place in the template is told above and not kept: no form waits for it here.
    return replace(draft, spare={})


def _carry_out(pages: Pages, loaded: Loaded, draft: Draft, *, dry_run: bool, as_json: bool) -> int:
    # What would come of it is read before anything is written: an edit must not lose a post.
    after = pages.loaded(loaded)
    there = [post for post in after.posts(draft.unit) if post.id == draft.id]
    if not there:
        _, problems = draft_text.read(draft, loaded.office)
        raise UsageError(" ".join(f"{f.message} {f.hint}".strip() for f in problems))
    if not dry_run:
        pages.save()
    findings: list[Finding] = list(Press(pages.workspace, after).proof(there[0]).findings)
    if as_json:
        result_json(
            {
                "dry_run": dry_run,
                "post": draft.id,
                "changed": [{"file": done.file, "what": done.what} for done in pages.done],
                "findings": [found.as_json() for found in findings],
            }
        )
    else:
        for done in pages.done:
            say(f"- {done.file}: {done.what}")
        tell(found for found in findings if found.level is not Level.INFO)
        if not pages.done:
            say("Tidak ada yang berubah.")
        if dry_run:
            say("Ini baru percobaan; tidak ada berkas yang diubah.")
    return exit_code(findings)
