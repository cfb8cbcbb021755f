"""`content-kit merge FOLDER OTHER`: whole folders of posyandu brought together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from content_kit.cli.talk import result, result_json, say
from content_kit.errors import ConflictError, UsageError
from content_kit.files.merge import Conflict, Side
from content_kit.files.safe_text import shown
from content_kit.findings import clipped, nearest
from content_kit.tasks.merging_folders import Differing, FolderMerge, carry_out, look


def merge_folders(
    here: Path,
    other: Path,
    take: str | None,
    chosen: Sequence[str],
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Merge `other` into `here`; 3 while something is to be decided, 1 when a file stayed behind."""
    work = look(here, other)
    choices = _choices(work, take, chosen)
    left = {name: one for name, one in work.questions().items() if name not in choices}
    went = None if left or dry_run else carry_out(work, choices)
    if as_json:
        result_json(_as_json(work, choices, went, saved=not left and not dry_run, dry_run=dry_run))
    else:
        for name, one in left.items():
            result(_told(name, one))
    if left:
        raise ConflictError(
            f"{len(left)} isian berbeda di kedua folder, jadi belum digabung. Pilih semuanya dengan "
            "--take mine atau --take theirs, atau satu-satu dengan "
            f'--choose "{shown(next(iter(left)))}=mine".'
        )
    if not as_json:
        _tell(work, went, dry_run=dry_run)
    return 1 if work.refused else 0


def _choices(work: FolderMerge, take: str | None, chosen: Sequence[str]) -> dict[str, Side]:
    known = work.questions()
    found = {name: Side(take) for name in known} if take else {}
    for words in chosen:
        name, _, side = words.rpartition("=")
        one = known.get(name)
        if one is None:
            hint = nearest(name, known, "Tidak ada yang perlu dipilih." if not known else None)
            raise UsageError(f'--choose: tidak ada pilihan "{clipped(name or words, 80)}". {hint}')
        both = isinstance(one, Conflict) and one.both
        if side not in list(Side) or (side == Side.BOTH and not both):
            sides = "mine, theirs, atau both" if both else "mine atau theirs"
            raise UsageError(f'--choose: "{clipped(side)}" bukan pilihan. Tulis {sides}.')
        found[name] = Side(side)
    return found


def _told(name: str, one: Conflict | Differing) -> str:
    if isinstance(one, Differing):
        return f"{shown(name)}: isinya berbeda di kedua folder"
    said = [
        f'{label} "{clipped(words, 60)}"' if words is not None else f"{label} tidak ada"
        for label, words in (("mine", one.mine), ("theirs", one.theirs))
    ]
    about = f" ({one.about})" if one.about else ""
    return f"{shown(name)}{about}: {', '.join(said)}"


def _tell(work: FolderMerge, went: Path | None, *, dry_run: bool) -> None:
    for pair in work.pairs:
        said = "posyandu baru" if pair.new else "digabung"
        result(f"{shown(pair.other.name)} → calendars/{shown(pair.home.name)}: {said}")
    for path, why in work.refused:
        say(
            f"{shown(str(path))}: {why}, jadi tetap di sana. Periksa, lalu pindahkan sendiri bila perlu."
        )
    if work.beside:
        say(work.unused())
    say(work.summary())
    if dry_run:
        say("Ini baru percobaan; tidak ada berkas yang diubah.")
    elif went:
        say(f"Folder salinannya disimpan di {went}")


def _as_json(
    work: FolderMerge, choices: dict[str, Side], went: Path | None, *, saved: bool, dry_run: bool
) -> dict[str, object]:
    return {
        "saved": saved,
        "dry_run": dry_run,
        "units": [
            {"folder": pair.home.name, "from": str(pair.other), "new": pair.new}
            for pair in work.pairs
        ],
        "new_files": [work.workspace.relative(home) for _, home in work.copied],
        "merged": [name for name, _ in work.clashes],
        "same": work.same,
        "conflicts": [{"name": name, "chosen": choices.get(name, "")} for name in work.questions()],
        "refused": [{"file": str(path), "why": why} for path, why in work.refused],
        "unused": [str(path) for path in work.beside],
        "put_away": str(went) if went else "",
    }
