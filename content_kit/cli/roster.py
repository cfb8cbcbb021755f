"""`content-kit roster`: every post of many posyandu, who sent nothing yet, and approving what is clean."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import click

from content_kit.cli.deciding import report
from content_kit.cli.keys import passphrase_option, signer_for
from content_kit.cli.opening import outputs
from content_kit.cli.roster_texts import decide, texts_
from content_kit.cli.sight import Asked, Sight, checked_sight, look, place_options
from content_kit.cli.talk import NO_POSTS, Progress, exit_code, result, result_json, say, tell
from content_kit.cli.words import (
    F,
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    no_plans,
    replace_option,
    workspace_argument,
)
from content_kit.errors import UsageError
from content_kit.files.unit_list import list_path, read_sheet, write_unit_list
from content_kit.files.user_folders import cache_folder, lots_file, memory_file
from content_kit.files.workspace import Workspace
from content_kit.findings import has_errors
from content_kit.planning.strategy import load_strategy
from content_kit.review.events import Kind, person
from content_kit.review.memory import Memory
from content_kit.review.status import State
from content_kit.roster import calendar, lots, table, terminal, words
from content_kit.roster.approve import Batch, batch, decided, record
from content_kit.roster.fairness import Fairness, fairness
from content_kit.roster.gather import expectation
from content_kit.roster.page import write_html
from content_kit.roster.papers import heading
from content_kit.roster.pdf import write_pdf
from content_kit.roster.rows import Checker
from content_kit.roster.sheet import write_xlsx
from content_kit.roster.thumbnails import Thumbnails
from content_kit.roster.view import Pile, Roster, Row, row_json
from content_kit.roster.view import as_json as json_of
from content_kit.schedule.dates import clock, short_date

_SHOW: Final = "show"
_FEW: Final = 20


class _Roster(IndonesianGroup):
    """A group that shows the roster when its first word is none of its commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if known else [_SHOW, *args])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[PILIHAN]", "[FOLDER]"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        show = self.commands[_SHOW]
        options = (one for one in show.get_params(ctx) if isinstance(one, click.Option))
        rows = [option.get_help_record(ctx) for option in options]
        with formatter.section("Pilihan"):
            formatter.write_dl([row for row in rows if row])
        named = [(name, one) for name, one in self.commands.items() if name != _SHOW]
        with formatter.section("Perintah"):
            formatter.write_dl([(name, one.get_short_help_str(80)) for name, one in named])


@click.group("roster", cls=_Roster)
def command() -> None:
    """Daftar posting semua posyandu: sampai di mana, dan siapa yang belum mengirim."""


_by_option = click.option(
    "--by",
    required=True,
    metavar="NAMA",
    help="Siapa yang menyetujui: id di orang.yaml, atau nama.",
)

command.add_command(texts_)
command.add_command(decide)

# Each kind of file with what writes it, in the order of the help page.
_FILES: Final[dict[str, tuple[str, Callable[[Sight], bytes]]]] = {}


def _file(kind: str, help: str) -> Callable[[Callable[[Sight], bytes]], None]:
    def add(write: Callable[[Sight], bytes]) -> None:
        _FILES[kind] = (help, write)

    return add


@_file("xlsx", "Simpan sebagai tabel untuk memutuskan; dibaca kembali oleh review import.")
def _xlsx(sight: Sight) -> bytes:
    return write_xlsx(sight.roster, words.scope(sight.roster), Thumbnails.of(cache_folder()).get)


@_file("pdf", "Simpan sebagai dokumen A4 untuk ditandatangani.")
def _pdf(sight: Sight) -> bytes:
    about = heading(sight.workspace, sight.roster, words.scope(sight.roster), sight.now)
    progress = Progress("Menggambar")
    data = write_pdf(sight.roster, about, Thumbnails.of(cache_folder()).get, progress.show)
    progress.clear()
    return data


@_file("html", "Simpan sebagai halaman untuk peramban, tanpa internet.")
def _html(sight: Sight) -> bytes:
    office, _ = sight.workspace.settings()
    pictures = Thumbnails.of(cache_folder()).get
    text = write_html(sight.roster, office.name, words.scope(sight.roster), pictures)
    return text.encode()


@_file("csv", "Simpan sebagai tabel CSV.")
def _csv(sight: Sight) -> bytes:
    return table.write_table(sight.roster)


@_file("ics", "Simpan sebagai kalender untuk ponsel.")
def _ics(sight: Sight) -> bytes:
    return calendar.write_ics(sight.roster, sight.workspace, sight.now)


def _file_options(function: F) -> F:
    for kind, (help, _) in reversed(_FILES.items()):
        function = click.option(f"--{kind}", metavar="BERKAS", callback=no_plans, help=help)(
            function
        )
    return function


@command.command(_SHOW, cls=IndonesianCommand, hidden=True)
@place_options
@click.option("--check", "check_first", is_flag=True, help="Periksa dulu yang belum diperiksa.")
@_file_options
@replace_option
@json_option
def show(
    asked: Asked,
    check_first: bool,
    replace: bool,
    as_json: bool,
    **files: str | None,
) -> int:
    """Daftar posting semua posyandu: sampai di mana, dan siapa yang belum mengirim.

    Tanpa --month: bulan ini. Hasil pemeriksaan diingat, jadi berikutnya cepat.
    """
    sight = look(asked)
    door, name = outputs(replace=replace), f"daftar-{sight.roster.period.replace('/', '_')}"
    wanted = {
        kind: door.file(out, Path(), f"{name}.{kind}")
        for kind, out in files.items()
        if out is not None
    }
    if check_first and sight.stale:
        sight = checked_sight(sight, asked, quiet=as_json)
    roster = sight.roster
    written = [door.write(path, _FILES[kind][1](sight)) for kind, path in wanted.items()]
    errors = sight.errors
    if as_json:
        result_json(json_of(roster))
    elif wanted:
        for path in written:
            result(str(path))
    else:
        _tables(roster, asked)
    if not as_json:
        tell(errors[:_FEW])
        if len(errors) > _FEW:
            say(f"… dan {len(errors) - _FEW} lagi; lihat content-kit check.")
        left = words.unchecked_sentence(roster)
        if left:
            say(left)
    return exit_code(errors)


@command.command("expect", cls=IndonesianCommand)
@click.argument("file", metavar="BERKAS")
@workspace_argument
@click.option("--replace", is_flag=True, help="Ganti juga daftar yang ditulis dengan tangan.")
@json_option
def expect(file: str, workspace: str, replace: bool, as_json: bool) -> int:
    """Masukkan daftar posyandu yang diharapkan mengirim, dari XLSX atau CSV.

    Kolom: unit, nama, desa, kecamatan, kabupaten, kode_wilayah. Hanya nama yang wajib.
    """
    place = Workspace.open(Path(workspace))
    if not Path(file).is_file():
        raise UsageError(f'Berkas "{file}" tidak ada.')
    units, findings = read_sheet(Path(file))
    wrong = has_errors(findings) or not units
    if not wrong:
        write_unit_list(place, units, replace_own=replace)
    fits = expectation(place, units)
    if as_json:
        found = [finding.as_json() for finding in findings]
        result_json(
            {
                "units": len(units),
                "written": not wrong,
                "matched": fits.matched,
                "without_folder": [words.unit_name(unit) for unit in fits.without_folder],
                "not_listed": [unit.slug for unit in fits.not_listed],
                "findings": found,
            }
        )
    else:
        tell(findings)
        if wrong:
            say("Belum ada yang ditulis. Perbaiki tabelnya dulu.")
        else:
            result(str(list_path(place)))
            say(
                f"{len(units)} posyandu diharapkan mengirim; {fits.matched} cocok dengan folder di sini."
            )
            _some("Belum ada foldernya", [words.unit_name(unit) for unit in fits.without_folder])
            _some(
                "Ada foldernya, tetapi tidak di daftar",
                [f"{words.unit_name(unit)} ({unit.slug})" for unit in fits.not_listed],
            )
    return 1 if wrong else 0


@command.command("clean", cls=IndonesianCommand)
@place_options
@_by_option
@json_option
def clean(
    asked: Asked,
    by: str,
    as_json: bool,
) -> int:
    """Lihat yang bersih dan menunggu, dengan sampel acak yang harus dibuka.

    Bersih: tulisan pustaka yang tidak diubah, tanpa foto, tanpa temuan.
    """
    sight = look(asked)
    ready = _batch(sight, by, quiet=as_json)
    opened = {row.key for row in ready.sample}
    if as_json:
        rows = [{**row_json(row), "sample": row.key in opened} for row, _ in ready.posts]
        result_json({"seed": ready.seed, "rows": rows})
        return 0
    for row in ready.sample:
        _open(row, ready.state_of(row))
    say(f"{len(ready.posts)} postingan bersih menunggu persetujuan.")
    if ready.sample:
        ids = ",".join(row.post for row in ready.sample)
        say(f"Sampel acak di atas ({len(ready.sample)}) harus dibuka. Bila semuanya baik:")
        say(f'    content-kit roster approve --by "{by}" --opened {ids}')
    return 0


@command.command("approve", cls=IndonesianCommand)
@place_options
@_by_option
@click.option(
    "--opened", default="", metavar="ID,ID", help="Sampel yang sudah dibuka, dipisah koma."
)
@passphrase_option
@json_option
def approve(
    asked: Asked,
    by: str,
    opened: str,
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Setujui semua yang bersih sekaligus, sesudah sampelnya dibuka.

    Semuanya diperiksa sekali lagi dulu.
    """
    sight = look(asked)
    ready = _batch(sight, by, quiet=as_json)
    names = {name.strip() for name in opened.split(",") if name.strip()}
    decision = decided(ready, by, names)
    who = ready.reviews.person(by)
    events = []
    if decision.carried:
        signer = signer_for(ready.reviews, Kind.APPROVE, who, passphrase_file)
        events = record(ready, decision, who, signer)
        decision = ready.reviews.settled(decision, events)
        lots.used(lots_file(), sight.workspace.root, sight.roster.period, who)
    parts = [(Kind.APPROVE, decision)]
    code = report(parts, ready.reviews, who, events=events, as_json=as_json)
    if not ready.posts and not as_json:
        say("Tidak ada postingan bersih yang menunggu persetujuan.")
    return code


@command.command("duty", cls=IndonesianCommand)
@place_options
@json_option
def duty(
    asked: Asked,
    as_json: bool,
) -> int:
    """Siapa bertugas berapa kali, siapa terlalu banyak, dan hari apa yang masih sepi."""
    sight = look(asked)
    loaded = sight.workspace.load([sight.first], units=set(sight.units))
    strategy, wrong = load_strategy(sight.workspace, loaded.office.strategy, loaded.office.at)
    if strategy is None:
        raise UsageError(" ".join(found.sentence() for found in wrong))
    posts = [post for post in loaded.posts() if sight.first <= post.date <= sight.last]
    found = fairness(posts, loaded.posyandu, loaded.people, sight.first, strategy)
    if as_json:
        result_json(_duty_json(found))
    else:
        for line in terminal.duty_table(found, loaded.people):
            result(line)
        if not posts:
            say(NO_POSTS)
    return 0


def _some(what: str, names: Sequence[str]) -> None:
    """Say which they are, each on its line."""
    if names:
        say(f"{what} ({len(names)}):")
    for name in names:
        say(f"    {name}")


def _tables(roster: Roster, asked: Asked) -> None:
    say(terminal.heading(roster))
    if asked.unit:
        for line in terminal.row_table(roster.rows):
            result(line)
        if not roster.rows:
            result(words.MISSING)
        return
    depth, groups = terminal.level(roster, kabupaten=asked.kabupaten, kecamatan=asked.kecamatan)
    wide = shutil.get_terminal_size().columns
    for line in terminal.group_table(roster, depth, groups, wide):
        result(line)
    say(terminal.LEGEND)


def _batch(sight: Sight, by: str, *, quiet: bool) -> Batch:
    """The clean posts of the units where there may be some, checked afresh."""
    worth = {row.unit for row in sight.roster.rows if row.pile in (Pile.CLEAN, Pile.UNCHECKED)}
    checker = Checker(
        sight.workspace.root, sight.first, sight.last, sight.now, Memory.open(memory_file())
    )
    who = person(by, checker.base.people)
    seed = lots.seed_for(
        lots_file(), sight.workspace.root, sight.roster.period, who, random.SystemRandom()
    )
    progress = Progress("Memeriksa", quiet=quiet)
    ready = batch(checker, sorted(worth), seed, progress.show)
    progress.clear()
    return ready


def _open(row: Row, state: State) -> None:
    """A post of the sample as people will read it."""
    when = f"{short_date(row.date)} {clock(row.time)} {row.zone}"
    result(f"{row.post}  {words.whose(row)}, {row.kecamatan}, {row.kabupaten}  {when}")
    seen: set[str] = set()
    for text in state.proof.texts:
        if text.words not in seen:
            seen.add(text.words)
            for line in text.words.strip().splitlines():
                result(f"    {line}".rstrip())
            result("")
    result(f"    Gambarnya: content-kit render --post {row.post}")


def _duty_json(found: Fairness) -> dict[str, object]:
    return {
        "people": [
            {"id": one.person, "name": one.name, "posts": one.posts, "units": one.units}
            for one in found.loads
        ],
        "nobody": [{"unit": post.unit, "post": post.id} for post in found.nobody],
        "handovers": [
            {"unit": one.post.unit, "post": one.post.id, "from": one.giver, "to": one.taker}
            for one in found.handovers
        ],
        "gaps": [
            {
                "unit": one.unit,
                "silences": [[first.isoformat(), last.isoformat()] for first, last in one.silences],
                "pillars": [pillar.value for pillar in one.pillars],
            }
            for one in found.holes
        ],
    }
