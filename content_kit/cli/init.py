"""`content-kit init`: a workspace for one posyandu, asked in plain words."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from content_kit.cli.opening import today
from content_kit.cli.talk import result, say
from content_kit.cli.words import command as indonesian
from content_kit.errors import UsageError
from content_kit.files.reader import Findings, read_hours
from content_kit.findings import Place
from content_kit.model import Zone
from content_kit.schedule.dates import long_date
from content_kit.schedule.words import understand
from content_kit.start import NewPosyandu, create

_QUESTIONS = {
    "name": ("Nama posyandu", "Posyandu Melati"),
    "village": ("Desa atau kelurahan", "Desa Contoh"),
    "district": ("Kecamatan", "Kecamatan Contoh"),
    "regency": ("Kabupaten atau kota", "Kabupaten Contoh"),
    "rule": ("Hari buka", "selasa ke-2"),
    "hours": ("Jam buka", "08.00-11.00"),
    "place": ("Tempat", "Balai desa"),
}


@indonesian("init")
@click.argument("folder", metavar="FOLDER")
@click.option("--name", metavar="NAMA", help="Nama posyandu.")
@click.option("--village", metavar="DESA", help="Desa atau kelurahan.")
@click.option("--district", metavar="KECAMATAN", help="Kecamatan.")
@click.option("--regency", metavar="KABUPATEN", help="Kabupaten atau kota.")
@click.option("--zone", default="WITA", metavar="ZONA", help="WIB, WITA, atau WIT (WITA).")
@click.option("--rule", metavar="HARI", help='Hari buka, misalnya "selasa ke-2".')
@click.option("--hours", metavar="JAM", help="Jam buka, misalnya 08.00-11.00.")
@click.option("--place", metavar="TEMPAT", help="Tempat buka.")
@click.option("--whatsapp", default="", metavar="NOMOR", help="Nomor WhatsApp posyandu.")
def command(
    folder: str,
    name: str | None,
    village: str | None,
    district: str | None,
    regency: str | None,
    zone: str,
    rule: str | None,
    hours: str | None,
    place: str | None,
    whatsapp: str,
) -> int:
    """Buat folder kerja baru untuk posyandu Anda.

    Yang belum disebut akan ditanyakan.
    """
    given = {
        "name": name,
        "village": village,
        "district": district,
        "regency": regency,
        "rule": rule,
        "hours": hours,
        "place": place,
    }
    zone = zone.upper()
    if zone not in Zone.__members__:
        raise UsageError(f'Zona "{zone}" tidak dikenal. Pilih WIB, WITA, atau WIT.')
    answers = {key: (value or _ask(key)).strip() for key, value in given.items()}
    new = NewPosyandu(zone=zone, whatsapp=whatsapp.strip(), **answers)
    _understood(new)
    root = create(Path(folder), new, today(Zone[zone]))
    understood, _ = understand(new.rule)
    assert understood is not None
    say(f"Hari buka: {understood.sentence()}.")
    upcoming = understood.dates(today(Zone[zone]), today(Zone[zone]).replace(year=today().year + 1))
    if upcoming:
        say(f"Hari buka berikutnya {long_date(upcoming[0])}; ajakannya sudah disiapkan.")
        say(f"Buat gambarnya: content-kit pack {folder} --month {upcoming[0]:%Y-%m}")
    result(str(root))
    return 0


def _ask(key: str) -> str:
    question, example = _QUESTIONS[key]
    if not sys.stdin.isatty():
        raise UsageError(f'{question} belum disebut. Tambahkan --{key} "{example}".')
    return str(click.prompt(f"{question} (misalnya {example})", err=True))


def _understood(new: NewPosyandu) -> None:
    """Refuse what nobody could announce: an unclear rule or impossible hours."""
    findings = Findings()
    read_hours(new.hours, Place(), findings)
    rule, asked = understand(new.rule)
    findings += asked
    if findings:
        raise UsageError(" ".join(f"{f.message} {f.hint}".strip() for f in findings))
    if rule is None:
        raise UsageError(f'Hari buka "{new.rule}" belum jelas. Tulis misalnya "selasa ke-2".')
