"""`content-kit merge`: two versions of a file as one, and the merge driver that git calls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from content_kit.cli.merge_folders import merge_folders
from content_kit.cli.talk import result, result_json, say, tell
from content_kit.cli.words import command as command_
from content_kit.cli.words import dry_run_option, json_option
from content_kit.errors import ConflictError, UsageError
from content_kit.files import save
from content_kit.files.merge import Conflict, Merged, Side, merge, with_markers
from content_kit.files.safe_text import shown
from content_kit.files.workspace import Workspace
from content_kit.findings import clipped, nearest
from content_kit.planning.clash import (
    Clash,
    Clashes,
    choices_of,
    clash,
    put_copies_away,
    settled,
    unmerged_files,
)
from content_kit.planning.together import JOINED

_SIDES = click.Choice([Side.MINE.value, Side.THEIRS.value])


@command_("merge")
@click.argument(
    "paths", nargs=-1, metavar="[FOLDER [FOLDER-LAIN] | BERKAS [SALINAN]]", type=click.Path()
)
@click.option("--take", type=_SIDES, help="Untuk semua yang berbeda: mine (BERKAS) atau theirs.")
@click.option(
    "--choose", "chosen", multiple=True, metavar="ISIAN=PILIHAN",
    help="Satu isian: m4x7q2.isi.judul=mine, =theirs, atau =both. Boleh berulang.",
)  # fmt: skip
@click.option("--base", metavar="BERKAS", help="Versi sebelum keduanya diubah, bila ada.")
@click.option(
    "--driver", nargs=3, metavar="AWAL KITA MEREKA",
    help="Dipanggil oleh git: hasilnya ditulis ke KITA; 1 bila masih ada yang dipilih.",
)  # fmt: skip
@dry_run_option
@json_option
def command(
    paths: tuple[str, ...], take: str | None, chosen: tuple[str, ...], base: str | None,
    driver: tuple[str, str, str] | None, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Gabungkan dua versi berkas yang diubah bersamaan, per postingan dan per isian.

    Tanpa BERKAS: sebut semua salinan yang belum digabungkan. Yang diubah satu orang diambil; yang
    diubah dua orang dengan cara berbeda ditanyakan.

    Dua folder: posyandu di FOLDER-LAIN dimasukkan menurut id-nya, berkas demi berkas. FOLDER boleh
    calendars atau satu posyandu.
    """
    if driver is not None:
        return _drive(*map(Path, driver))
    if len(paths) > 2:
        raise UsageError(
            "Sebut paling banyak dua: BERKAS lalu SALINAN, atau FOLDER lalu FOLDER-LAIN."
        )
    if not paths or (len(paths) == 1 and Path(paths[0]).is_dir()):
        return _list(Path(*paths), as_json=as_json)
    file, *rest = map(Path, paths)
    if rest and any(path.is_dir() for path in (file, *rest)):
        if base is not None:
            raise UsageError("--base hanya untuk dua berkas, bukan dua folder.")
        return merge_folders(file, rest[0], take, chosen, dry_run=dry_run, as_json=as_json)
    if not file.is_file() and not rest:
        raise UsageError(f'"{file}" tidak ada.')
    before = save.read(_there(Path(base))).text if base is not None else None
    one = clash(file, rest[0] if rest else None, before)
    return _merge(one, _choices(one.merged, take, chosen), dry_run=dry_run, as_json=as_json)


def _list(folder: Path, *, as_json: bool) -> int:
    found = unmerged_files(Workspace.open(folder))
    if as_json:
        result_json({"findings": [each.as_json() for each in found]})
    else:
        tell(found, on_stdout=True)
        if not found:
            say("Tidak ada salinan yang perlu digabungkan.")
    return 1 if found else 0


def _merge(one: Clash, choices: dict[str, Side], *, dry_run: bool, as_json: bool) -> int:
    merged, clashes = one.merged, Clashes((one,))
    left = [conflict for conflict in merged.conflicts if conflict.name not in choices]
    data: dict[str, object] = {
        "file": str(one.path),
        "copy": str(one.copy) if one.copy else "",
        "saved": not left and not dry_run,
        "dry_run": dry_run,
        "kept": list(merged.kept),
        "conflicts": [_as_json(conflict, choices) for conflict in merged.conflicts],
        "put_away": [],
    }
    if left:
        if as_json:
            result_json(data)
        else:
            for conflict in left:
                result(_told(conflict, one))
        raise ConflictError(
            f"{len(left)} isian diubah di kedua versi, jadi belum digabung. "
            "Pilih semuanya dengan --take mine atau --take theirs, satu-satu dengan "
            f"--choose {shown(left[0].name)}=mine, atau di layar Perbaikan aplikasi."
        )
    if not dry_run:
        pages = settled(Workspace(one.path.parent), clashes, {one.path: choices})
        pages.save()
        data["put_away"] = [str(path) for path in put_copies_away(clashes)]
        if any(done.what == JOINED for done in pages.done):
            say(JOINED)
    if as_json:
        result_json(data)
        return 0
    for name in merged.kept:
        say(f"{name}: dihapus di satu versi dan diubah di yang lain, jadi tetap ada.")
    say(
        "Ini baru percobaan; tidak ada berkas yang diubah." if dry_run else f"{one.path}: digabung."
    )
    for path in data["put_away"] if isinstance(data["put_away"], list) else []:
        say(f"Salinannya disimpan di {path}")
    return 0


def _choices(merged: Merged, take: str | None, chosen: Sequence[str]) -> dict[str, Side]:
    found = choices_of(merged.conflicts, Side(take)) if take else {}
    known = {conflict.name: conflict for conflict in merged.conflicts}
    for words in chosen:
        name, _, side = words.rpartition("=")
        conflict = known.get(name)
        if conflict is None:
            hint = nearest(name, known, "Tidak ada yang perlu dipilih." if not known else None)
            raise UsageError(f'--choose: tidak ada pilihan "{clipped(name or words)}". {hint}')
        if side not in list(Side) or (side == Side.BOTH and not conflict.both):
            sides = "mine, theirs, atau both" if conflict.both else "mine atau theirs"
            raise UsageError(f'--choose: "{clipped(side)}" bukan pilihan. Tulis {sides}.')
        found[name] = Side(side)
    return found


def _told(conflict: Conflict, one: Clash) -> str:
    said = [
        f'{label} "{clipped(words, 60)}"' if words is not None else f"{label} tidak ada"
        for label, words in (("mine", conflict.mine), ("theirs", conflict.theirs))
    ]
    about = f" ({conflict.about})" if conflict.about else ""
    return f"{one.path}: {conflict.name}{about}: {', '.join(said)}"


def _as_json(conflict: Conflict, choices: dict[str, Side]) -> dict[str, object]:
    return {
        "name": conflict.name,
        "post": conflict.post,
        "field": conflict.field,
        "base": conflict.base,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "line": conflict.place.line,
        "chosen": choices.get(conflict.name, ""),
    }


def _there(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f'"{path}" tidak ada.')
    return path


# For git


def _drive(base: Path, ours: Path, theirs: Path) -> int:
    """Write the merge to `ours`; with places to decide, their marks, so that git stops there."""
    old, own, other = (save.read(_there(path)).text for path in (base, ours, theirs))
    try:
        merged = merge(old, own, other)
        text, left = with_markers(merged), len(merged.conflicts)
    except UsageError as error:
        say(str(error))
        text, left = _whole(own, other), 1
    data = ours.read_bytes()
    bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    save.atomic_write(ours, bom + text.encode("utf-8"))
    if left:
        say(f"{left} isian diubah di kedua cabang. Selesaikan dengan content-kit merge BERKAS.")
    return 1 if left else 0


def _whole(own: str, other: str) -> str:
    """Both texts one after the other, for a file that cannot be read as ours."""
    ends = [text if text.endswith("\n") or not text else text + "\n" for text in (own, other)]
    return f"<<<<<<< OURS\n{ends[0]}=======\n{ends[1]}>>>>>>> THEIRS\n"
