"""`content-kit init`: a workspace for one posyandu, asked in plain words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from content_kit.cli.opening import today
from content_kit.cli.talk import result, say
from content_kit.cli.words import command as indonesian
from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.assets import load_channels
from content_kit.files.regions import Regions
from content_kit.files.workspace import Workspace
from content_kit.findings import nearest
from content_kit.model import Zone
from content_kit.schedule.dates import long_date
from content_kit.schedule.words import understand
from content_kit.start import (
    ROLES,
    NewPerson,
    NewPosyandu,
    create,
    create_office,
    invitation_day,
    next_service_day,
)
from content_kit.tasks.names import located, proposals, spelled
from content_kit.tasks.new_posyandu import needs_answer, settled

_USUAL_ZONE: Final = "WITA"
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
@click.option(
    "--office", "--kantor", "office", metavar="NAMA",
    help="Folder kerja sebuah kantor: tanpa posyandu, mulai dari daftar (import).",
)  # fmt: skip
@click.option("--name", metavar="NAMA", help="Nama posyandu.")
@click.option("--village", metavar="DESA", help="Desa atau kelurahan.")
@click.option("--district", metavar="KECAMATAN", help="Kecamatan.")
@click.option("--regency", metavar="KABUPATEN", help="Kabupaten atau kota.")
@click.option(
    "--zone", default="", metavar="ZONA",
    help="WIB, WITA, atau WIT; bila tidak disebut: zona desanya, atau WITA.",
)  # fmt: skip
@click.option("--rule", metavar="HARI", help='Hari buka, misalnya "selasa ke-2".')
@click.option("--hours", metavar="JAM", help="Jam buka, misalnya 08.00-11.00.")
@click.option("--place", metavar="TEMPAT", help="Tempat buka.")
@click.option("--whatsapp", default="", metavar="NOMOR", help="Nomor WhatsApp posyandu.")
@click.option(
    "--channel",
    "channels",
    multiple=True,
    metavar="KANAL",
    help="Tempat posting, misalnya wa-grup; boleh beberapa kali.",
)
@click.option(
    "--person", "people", multiple=True, metavar="NAMA",
    help='Orang yang membantu; boleh beberapa kali. Anggota KIM: "Hendra:kim".',
)  # fmt: skip
def command(
    folder: str,
    office: str | None,
    name: str | None,
    village: str | None,
    district: str | None,
    regency: str | None,
    zone: str,
    rule: str | None,
    hours: str | None,
    place: str | None,
    whatsapp: str,
    channels: tuple[str, ...],
    people: tuple[str, ...],
) -> int:
    """Buat folder kerja baru untuk posyandu Anda.

    Yang belum disebut akan ditanyakan.
    """
    if office is not None:
        if not office.strip():
            raise UsageError('--office belum berisi nama. Tulis misalnya "Diskominfo Contoh".')
        root = create_office(Path(folder), office)
        say(f'Masukkan daftar posyandunya: content-kit import DAFTAR.xlsx --workspace "{folder}"')
        result(str(root))
        return 0
    given = {
        "name": name,
        "village": village,
        "district": district,
        "regency": regency,
        "rule": rule,
        "hours": hours,
        "place": place,
    }
    zone = zone.strip().upper()
    if zone and zone not in Zone.__members__:
        raise UsageError(f'Zona "{zone}" tidak dikenal. Pilih WIB, WITA, atau WIT.')
    told, _ = settled(_new(given, zone or _USUAL_ZONE, whatsapp, channels, people))
    # Who told hours and place together with the day is not asked for them again.
    given |= {key: given[key] or getattr(told, key) or None for key in ("hours", "place")}
    answers = {key: (value or "").strip() or _ask(key) for key, value in given.items()}
    new = _new(answers, zone or _USUAL_ZONE, whatsapp, channels, people)
    new = _understood(_named(new, keep_zone=bool(zone)))
    now = today(Zone[new.zone])
    root = create(Path(folder), new, now)
    say(f"Hari buka: {_sentence(new.rule)}.")
    day = next_service_day(new.rule, now)
    if day is not None:
        month = f"{invitation_day(day):%Y-%m}"
        say(f"Hari buka berikutnya {long_date(day)}; ajakannya sudah disiapkan.")
        say(f'Buat gambarnya: content-kit pack "{folder}" --month {month}')
    result(str(root))
    return 0


def _channels(wanted: tuple[str, ...]) -> tuple[str, ...]:
    known, _, _ = load_channels(Workspace(bundled.root()))
    for id in wanted:
        if id not in known:
            hint = nearest(id, known, f"Yang ada: {', '.join(known)}.")
            raise UsageError(f'Tempat posting "{id}" tidak ada. {hint}')
    return tuple(dict.fromkeys(wanted))


def _person(words: str) -> NewPerson:
    name, _, role = words.partition(":")
    role = role.strip().lower() or ROLES[0]
    if not name.strip() or role not in ROLES:
        raise UsageError(f'--person "{words}" tidak terbaca. Tulis namanya, atau "Hendra:kim".')
    return NewPerson(name.strip(), role)


def _ask(key: str) -> str:
    question, example = _QUESTIONS[key]
    if not sys.stdin.isatty():
        raise UsageError(f'{question} belum disebut. Tambahkan --{key} "{example}".')
    return str(click.prompt(f"{question} (misalnya {example})", err=True))


def _new(
    answers: Mapping[str, str | None],
    zone: str,
    whatsapp: str,
    channels: tuple[str, ...],
    people: tuple[str, ...],
) -> NewPosyandu:
    return NewPosyandu(
        **{key: (value or "").strip() for key, value in answers.items()},
        zone=zone,
        whatsapp=whatsapp.strip(),
        channels=_channels(channels),
        people=tuple(_person(words) for words in people),
    )


def _named(new: NewPosyandu, *, keep_zone: bool) -> NewPosyandu:
    """The answers with the code and zone of their desa, and names as their proper spelling has them.

    Whoever sits at the terminal is asked; in a script the spelling is only said.
    """
    regions = Regions.load()
    region = located(new, regions)
    if region is not None:
        zone = new.zone if keep_zone else region.zone.name
        new = replace(new, region_code=region.code, zone=zone)
    better = ", ".join(f'"{proper}"' for proper in proposals(new, regions).values())
    if better and sys.stdin.isatty():
        return (
            spelled(new, regions)
            if click.confirm(f"Tulis {better}?", default=True, err=True)
            else new
        )
    if better:
        say(f"Ejaan yang disarankan: {better}. Yang tercetak tetap seperti yang Anda tulis.")
    return new


def _understood(new: NewPosyandu) -> NewPosyandu:
    """The answers as they are written; refuses what nobody could announce. Notes are said."""
    new, findings = settled(new)
    asked = [each for each in findings if needs_answer(each)]
    if asked:
        raise UsageError(" ".join(f"{each.message} {each.hint}".strip() for each in asked))
    for note in findings:
        say(f"{note.message} {note.hint}".strip())
    return new


def _sentence(rule: str) -> str:
    understood, _ = understand(rule)
    return understood.sentence() if understood else rule
