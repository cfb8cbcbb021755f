"""All that is wrong in a workspace and in no single post: what `check` and Perbaikan list.

Also what no post uses today: a broken palette or template of one's own is told while there is
time, not on the evening when somebody chooses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.assets import load_observances, load_palette
from content_kit.files.drafts import Drafts
from content_kit.files.facts import load_facts
from content_kit.files.overlay import is_folder, listing, present, read_bytes
from content_kit.files.photos import glance
from content_kit.files.records import emptied, read_node
from content_kit.files.templates import load_template
from content_kit.files.user_folders import homely, keys_folder
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place, nearest
from content_kit.picture import art
from content_kit.planning.library import own_problems
from content_kit.planning.search import load_everyday
from content_kit.planning.strategy import load_strategy
from content_kit.render import Press
from content_kit.review.keys import broken_keys
from content_kit.review.reviews import Reviews
from content_kit.tasks import unsaved
from content_kit.tasks.unsaved import BROKEN

_KEPT: Final = "berkas sendiri"
_DATA: Final = frozenset(
    ("channels", "facts", "layanan", "observances", "padanan", "sources", "tinjauan")
)
"""The data files of `assets/`, which a workspace may have of its own."""


def checkup(
    press: Press, reviews: Reviews, units: Iterable[str] = (), *, drafts: Drafts | None = None
) -> list[Finding]:
    """What is wrong in the files of a workspace, in what only these units have, and on this machine.

    The files that all units share are read once for a press and its further readings.
    """
    if _KEPT not in press.kept:
        press.kept[_KEPT] = own_files(press.workspace)
    every = (found for unit in units for found in of_unit(reviews, unit))
    told = [*press.general_findings(), *press.kept[_KEPT], *every]
    told += [*reviews.findings(), *_own(reviews)]
    if drafts is not None:
        told += unsaved.findings(drafts, press.loaded)
    return list(dict.fromkeys(told))


def of_unit(reviews: Reviews, unit: str) -> tuple[Finding, ...]:
    """What is wrong in the log of a unit, and in photos of which it keeps a record, used or not.

    Of a photo only the head is read. A record may outlive its photo: a consent is a document.
    """
    found = list(reviews.log(unit).findings)
    for name, photo in reviews.press.loaded.photos.get(unit, {}).items():
        try:
            path = reviews.press.workspace.photo_path(unit, name)
        except UsageError:
            continue  # the reader of foto.yaml says why
        wrong = glance(path)[1] if present(path) else None
        if wrong is not None:
            said = f'foto "{name}": {wrong.message}'
            found.append(replace(wrong, message=said, place=photo.at))
    return tuple(found)


def _own(reviews: Reviews) -> Iterator[Finding]:
    """What is broken of the files that only this machine has."""
    memory = reviews.memory
    if memory.broken and memory.path is not None:
        said = "ingatan komputer ini rusak, jadi catatan tinjauan tidak dapat dibandingkan."
        hint = "Cocokkan dengan kantor, lalu jalankan content-kit review trust --yes."
        yield Finding(BROKEN, said, Place(homely(memory.path), 1, 1), hint=hint)
    for path in broken_keys(keys_folder()):
        said = "kunci ini rusak, jadi tidak dapat dipakai menandatangani."
        hint = "Ambil dari cadangan, atau buat kunci baru."
        yield Finding(BROKEN, said, Place(homely(path), 1, 1), hint=hint)


def own_files(workspace: Workspace) -> list[Finding]:
    """What is wrong in a workspace's own `assets/` and `templates/`; the bundled ones are tested."""
    root = workspace.root
    if root == bundled.root() or not (present(root / "assets") or present(root / "templates")):
        return []
    found = [
        *load_observances(workspace)[2],
        *load_everyday(workspace)[1],
        *load_facts(workspace)[1],
        *own_problems(workspace),
    ]
    found += _strangers(workspace)
    for folder, suffix, look in (
        ("assets/palettes", ".yaml", _palette),
        ("assets/strategies", ".yaml", _strategy),
        ("assets/art", ".svg", _art),
        ("templates", "", _template),
        ("templates/_parts", ".yaml", _part),
    ):
        for path in listing(root / folder, found if present(root / folder) else None, folder):
            if path.suffix == suffix and path.name[0] not in "._":
                found += _placed(look(workspace, path), Place(workspace.relative(path), 1, 1))
    return [one for one in found if present(root / one.place.file)]


def _palette(workspace: Workspace, path: Path) -> list[Finding]:
    return load_palette(workspace, path.stem)[1]


def _strategy(workspace: Workspace, path: Path) -> list[Finding]:
    return load_strategy(workspace, path.stem)[1]


def _art(workspace: Workspace, path: Path) -> list[Finding]:
    data, problems = read_bytes(path, workspace.root, workspace.relative(path))
    return problems if data is None else art.read(data, workspace.relative(path))[1]


def _template(workspace: Workspace, path: Path) -> list[Finding]:
    if workspace.template_folder(path.name) != path:
        return []  # `_strangers` says why it is not used
    return load_template(workspace, path.name)[1]


def _part(workspace: Workspace, path: Path) -> list[Finding]:
    file = workspace.relative(path)
    node, problems = read_node(path, workspace.root, file)
    return problems if problems or node else [emptied(file)]


def _strangers(workspace: Workspace) -> Iterator[Finding]:
    """What nobody reads in `assets/` and `templates/`: a name with a slip, a folder that leads out."""
    root = workspace.root
    for path in listing(root / "assets"):
        if path.suffix in (".yaml", ".yml") and path.name.removesuffix(".yaml") not in _DATA:
            hint = nearest(path.name, [f"{word}.yaml" for word in sorted(_DATA)])
            yield _unread("nama berkas ini tidak dikenal", workspace.relative(path), hint)
    for path in listing(root / "templates"):
        if path.name[0] in "._" or not is_folder(path):
            continue
        if not present(path / "template.yaml"):
            hint = "Kembalikan template.yaml dari salinan, atau hapus foldernya."
            yield _unread("di folder ini tidak ada template.yaml", workspace.relative(path), hint)
        elif workspace.template_folder(path.name) != path:
            hint = "Salin isinya ke sini."
            yield _unread(
                "folder ini menunjuk ke luar folder kerja", workspace.relative(path), hint
            )


def _unread(why: str, file: str, hint: str) -> Finding:
    said = f"{why}, jadi isinya tidak dipakai."
    return Finding("berkas-tidak-terbaca", said, Place(file, 1, 1), hint=hint)


def _placed(findings: Iterable[Finding], at: Place) -> Iterator[Finding]:
    """Findings that know no place of their own, at the file that was read."""
    return (found if found.place.file else replace(found, place=at) for found in findings)
