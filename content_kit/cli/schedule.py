"""`content-kit schedule`: what a rule in words means, and what changes on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from content_kit.cli.opening import read_day, read_new_day, read_span, today
from content_kit.cli.talk import result, result_json, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    dry_run_option,
    json_option,
    out_option,
    workspace_option,
)
from content_kit.errors import UsageError
from content_kit.files.hours import written
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, has_errors
from content_kit.model import HolidayRow
from content_kit.schedule.dates import long_date
from content_kit.schedule.holidays import Holidays


@click.group("schedule", cls=IndonesianGroup)
def command() -> None:
    """Baca aturan hari buka, dan ubah jadwal satu hari."""


@command.command("explain", cls=IndonesianCommand)
@click.argument("rule", metavar="ATURAN")
@click.option(
    "--from", "start", metavar="BULAN", help="Mulai bulan ini, misalnya 2026-12. Bawaan: hari ini."
)
@click.option(
    "--months",
    type=click.IntRange(1, 60),
    default=3,
    metavar="JUMLAH",
    help="Berapa bulan ditunjukkan (3).",
)
@click.option("--workspace", metavar="FOLDER", help="Folder kerja yang libur.yaml-nya dipakai.")
@json_option
def explain(rule: str, start: str | None, months: int, workspace: str | None, as_json: bool) -> int:
    """Katakan apa yang dimengerti dari sebuah aturan, dan tanggal-tanggalnya."""
    from content_kit.schedule.explain import explain as explained

    rows, problems = _own_holidays(workspace)
    told = explained(rule, _first_day(start), months, Holidays(rows))
    if as_json:
        result_json(told.as_json())
        tell(problems)
    else:
        if told.rule is not None:
            result(told.sentence)
            if told.hours is not None:
                result(f"  jam {written(told.hours)}")
            if told.place:
                result(f"  tempat {told.place}")
        for each in told.dates:
            result(f"  {long_date(each.day)}" + (f" ({each.clash})" if each.clash else ""))
        tell([*problems, *told.findings])
    return 0 if told.rule is not None and not has_errors(told.findings) else 1


@command.command("change", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.argument("day", metavar="TANGGAL")
@click.option(
    "--day", "service_day", default="", metavar="ID", help="Hari buka yang mana, bila ada beberapa."
)
@click.option(
    "--to",
    "moved_to",
    metavar="TANGGAL",
    help='Pindah ke hari ini: 2026-12-09, "rabu", "minggu depan".',
)
@click.option("--place", default="", metavar="TEMPAT", help="Pindah ke tempat ini.")
@click.option("--time", "hours", metavar="JAM", help="Ganti jam, misalnya 08.00-11.00.")
@click.option("--home-visit", is_flag=True, help="Kader yang datang ke rumah.")
@click.option("--cancel", "cancelled", is_flag=True, help="Tidak jadi buka.")
@click.option(
    "--because", "reason", required=True, metavar="ALASAN", help="Alasan yang boleh dibaca warga."
)
@click.option(
    "--by",
    default="",
    metavar="NAMA",
    help="Siapa Anda: Anda yang memastikan alasannya, dan dengan --sent Anda yang mengirim.",
)
@click.option(
    "--sent/--not-sent",
    "sent",
    default=None,
    help="Kabar terakhir tentang hari itu sudah atau belum dikirim ke grup. Bila tidak disebut: ditanya.",
)
@workspace_option
@out_option
@dry_run_option
@json_option
def change(
    unit: str,
    day: str,
    service_day: str,
    moved_to: str | None,
    place: str,
    hours: str | None,
    home_visit: bool,
    cancelled: bool,
    reason: str,
    sent: bool | None,
    by: str,
    workspace: str,
    out: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Ubah satu hari buka: semua postingannya ikut, pengumumannya langsung jadi.

    Contoh: content-kit schedule change melati 2026-12-08 --to 2026-12-09 --because "Balai dipakai rapat"
    """
    from content_kit.cli.changing import carry_out
    from content_kit.planning.change_order import Order

    order = Order(
        unit=unit,
        day=(when := read_day(day, "TANGGAL")),
        reason=reason,
        service_day=service_day,
        moved_to=read_new_day(moved_to, "--to", when) if moved_to else None,
        place=place,
        hours=read_span(hours, "--time", workspace, unit) if hours else None,
        home_visit=home_visit,
        cancelled=cancelled,
        by=by,
        sent=sent,
    )
    return carry_out(workspace, order, out=out, dry_run=dry_run, as_json=as_json)


def _first_day(text: str | None) -> date:
    """`2026-12`, `2026-12-07`, or today."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        raise UsageError(f'"{text}" tidak terbaca. Tulis bulan, misalnya 2026-12.') from None


def _own_holidays(folder: str | None) -> tuple[tuple[HolidayRow, ...], list[Finding]]:
    """The office's own holidays; without a workspace here, none."""
    try:
        return Workspace.open(Path(folder or ".")).holidays()
    except UsageError:
        if folder is not None:
            raise
        return (), []
