"""`content-kit review key`, `role` and `trust`: keys of this machine, who may approve, what to believe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from content_kit.cli.opening import now, open_press
from content_kit.cli.talk import result, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    workspace_option,
)
from content_kit.errors import UsageError
from content_kit.files.user_folders import keys_folder
from content_kit.review import keys, office
from content_kit.review.events import Kind
from content_kit.review.keys import OwnKey, Signer
from content_kit.review.policy import Role
from content_kit.review.reviews import Reviews
from content_kit.review.roles import Holder, Roles
from content_kit.tasks.handing_in import units_in

F = TypeVar("F", bound=Callable[..., Any])

VARIABLE: Final = "CONTENT_KIT_PASSPHRASE"
"""The variable that scripts may give a passphrase in. Never an option: others see a command line."""

passphrase_option = click.option(
    "--passphrase-file",
    metavar="BERKAS",
    help="Berkas berisi kata sandi kunci, untuk skrip. Bila tidak disebut: ditanyakan.",
)


def signer_for(
    reviews: Reviews, kind: Kind, who: str, passphrase_file: str | None
) -> Signer | None:
    """The open key of whoever decides, where decisions are signed.

    An approval must have it; any other decision goes without when nobody can be asked.
    """
    roles = reviews.trust.roles
    holder = roles.current(who) if roles is not None else None
    if holder is None:
        return None
    own = next((key for key in keys.own_keys(keys_folder()) if key.public == holder.key), None)
    must = kind is Kind.APPROVE
    if own is None:
        if must:
            raise UsageError(f'Kunci "{holder.id}" tidak ada di komputer ini.')
        return None
    if not must and passphrase_file is None and VARIABLE not in os.environ and not _on_terminal():
        return None
    return replace(_opened(own, passphrase_file), id=holder.id)


@click.group("key", cls=IndonesianGroup)
def key_group() -> None:
    """Kunci untuk menandatangani, tersimpan di komputer ini."""


@key_group.command("new", cls=IndonesianCommand)
@click.argument("id", metavar="ID", required=False)
@click.option(
    "--office", "for_office", is_flag=True, help="Kunci kantor, untuk menandatangani daftar peran."
)
@passphrase_option
@json_option
def new(id: str | None, for_office: bool, passphrase_file: str | None, as_json: bool) -> int:
    """Buat kunci dengan kata sandi; bagian rahasianya tidak pernah ke folder bersama."""
    if for_office == (id is not None):
        raise UsageError("Sebut id orangnya, atau --office untuk kunci kantor.")
    if id is not None and id.casefold() == keys.OFFICE:
        raise UsageError(f'"{keys.OFFICE}" nama kunci kantor. Pakai --office, atau id lain.')
    name = id or keys.OFFICE
    keys.check_name(name)
    if keys.own_key(keys_folder(), name) is not None:
        raise UsageError(f'Kunci "{name}" sudah ada di komputer ini.')
    made = keys.make(keys_folder(), name, _passphrase(name, passphrase_file, twice=True))
    _show_key(made, as_json=as_json)
    if not as_json:
        say(f"Bagian rahasianya ada di {made.path}. Simpan salinannya di tempat aman.")
        if not for_office:
            say("Kirim baris di atas kepada kantor, dan bacakan kata-katanya lewat telepon.")
    return 0


@key_group.command("show", cls=IndonesianCommand)
@json_option
def show(as_json: bool) -> int:
    """Tunjukkan bagian umum kunci di komputer ini, dan kata-kata untuk mencocokkannya."""
    found = keys.own_keys(keys_folder())
    for key in found:
        _show_key(key, as_json=as_json)
    if not found and not as_json:
        say("Belum ada kunci di komputer ini. Buat dengan content-kit review key new ID.")
    return 0


@click.group("role", cls=IndonesianGroup)
def role_group() -> None:
    """Siapa yang boleh menyetujui, ditandatangani kantor."""


@role_group.command("add", cls=IndonesianCommand)
@click.argument("id", metavar="ID")
@click.option(
    "--key", "public", required=True, metavar="KUNCI", help="Bagian umum kuncinya, dari key show."
)
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    metavar="PERAN",
    help="kader, kim, diskominfo, nakes, atau dinas.",
)
@click.option("--name", default="", metavar="NAMA", help="Namanya, untuk dibaca orang.")
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT",
    help="Hanya untuk posyandu ini; boleh beberapa kali. Bila tidak disebut: semuanya.",
)
@click.option(
    "--kabupaten",
    "regencies",
    multiple=True,
    metavar="NAMA",
    help="Semua posyandu di kabupaten atau kota ini; boleh beberapa kali.",
)
@workspace_option
@passphrase_option
@json_option
def add(
    id: str,
    public: str,
    role: str,
    name: str,
    units: tuple[str, ...],
    regencies: tuple[str, ...],
    workspace: str,
    passphrase_file: str | None,
    as_json: bool,
) -> int:
    """Daftarkan kunci seseorang dengan perannya."""
    reviews = Reviews(open_press(workspace), now())
    loaded = reviews.press.loaded
    there = (unit for name in regencies for unit in sorted(units_in(loaded, kabupaten=name)))
    units = tuple(dict.fromkeys((*units, *there)))
    signer = _office(reviews, passphrase_file)
    first = not reviews.signed
    roles = office.add(
        reviews, signer, id, public.strip(), Role(role), units=units, name=name.strip()
    )
    code = _issued(roles, as_json=as_json)
    if first and not as_json:
        say(
            "Mulai sekarang hanya persetujuan bertanda tangan yang berlaku; yang lama disetujui lagi."
        )
    return code


@role_group.command("revoke", cls=IndonesianCommand)
@click.argument("id", metavar="ID")
@workspace_option
@passphrase_option
@json_option
def revoke(id: str, workspace: str, passphrase_file: str | None, as_json: bool) -> int:
    """Cabut kunci seseorang: yang sudah tercatat tetap berlaku, sesudah ini tidak lagi."""
    reviews = Reviews(open_press(workspace), now())
    return _issued(office.revoke(reviews, _office(reviews, passphrase_file), id), as_json=as_json)


@role_group.command("sign", cls=IndonesianCommand)
@workspace_option
@passphrase_option
@json_option
def sign(workspace: str, passphrase_file: str | None, as_json: bool) -> int:
    """Tandatangani lagi, bersama pengaturan persetujuan yang sekarang di kantor.yaml."""
    reviews = Reviews(open_press(workspace), now())
    return _issued(office.sign(reviews, _office(reviews, passphrase_file)), as_json=as_json)


@role_group.command("list", cls=IndonesianCommand)
@workspace_option
@json_option
def list_(workspace: str, as_json: bool) -> int:
    """Lihat siapa yang terdaftar."""
    reviews = Reviews(open_press(workspace), now())
    roles = reviews.trust.roles
    if as_json:
        found = [finding.as_json() for finding in reviews.findings()]
        result_json({**_roles_json(roles), "findings": found})
    elif roles is not None:
        _show_roles(roles)
    if not as_json:
        tell(reviews.findings())
        say(reviews.first_sight() or reviews.sentence())
    reviews.remember()
    return 0


@click.command("trust", cls=IndonesianCommand)
@click.option("--yes", is_flag=True, help="Terima yang ada sekarang sebagai yang benar.")
@workspace_option
@json_option
def trust(yes: bool, workspace: str, as_json: bool) -> int:
    """Lihat apa yang berbeda dari ingatan komputer ini, dan terima bila kantor membenarkannya."""
    reviews = Reviews(open_press(workspace), now())
    for unit in reviews.press.loaded.posyandu:
        reviews.log(unit)
    before = reviews.findings()
    if yes:
        reviews = office.accept(reviews)
    roles = reviews.trust.roles
    if as_json:
        found = [finding.as_json() for finding in before]
        result_json({**_roles_json(roles), "accepted": yes, "findings": found})
        return 0
    tell(before)
    if roles is not None:
        say(f"Kata-kata kunci kantor: {keys.spoken(roles.root)}.")
    say(reviews.sentence())
    if yes:
        say("Yang ada sekarang diterima dan diingat di komputer ini.")
    elif before:
        say("Tanyakan dulu kepada kantor. Bila benar: content-kit review trust --yes.")
    return 0


def _office(reviews: Reviews, passphrase_file: str | None) -> Signer:
    """The office's key, open."""
    office.holders(reviews)  # before anybody is asked for a passphrase
    own = keys.own_key(keys_folder(), keys.OFFICE)
    if own is None:
        raise UsageError(
            "Kunci kantor tidak ada di komputer ini. Buat sekali saja: content-kit review key new --office."
        )
    return _opened(own, passphrase_file)


def _opened(key: OwnKey, passphrase_file: str | None) -> Signer:
    return keys.unlock(key, _passphrase(key.id, passphrase_file))


def _passphrase(name: str, file: str | None, *, twice: bool = False) -> str:
    """From a file, from the environment, or asked for without showing it."""
    if file is not None:
        try:
            text = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise UsageError(f'--passphrase-file: "{file}" tidak dapat dibaca.') from None
        return text.splitlines()[0] if text else ""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    if not _on_terminal():
        raise UsageError(
            f"Kata sandi tidak dapat ditanyakan di sini. Pakai --passphrase-file, atau {VARIABLE}."
        )
    asked = f'Kata sandi kunci "{name}"'
    said = str(click.prompt(asked, hide_input=True, err=True))
    if twice:
        keys.check_passphrase(said)
        if click.prompt("Sekali lagi", hide_input=True, err=True) != said:
            raise UsageError("Keduanya tidak sama. Ulangi.")
    return said


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _show_key(key: OwnKey, *, as_json: bool) -> None:
    if as_json:
        result_json({"id": key.id, "key": key.public, "words": keys.spoken(key.public)})
    else:
        result(f"{key.id} {key.public}")
        result(f"    {keys.spoken(key.public)}")


def _issued(roles: Roles, *, as_json: bool) -> int:
    if as_json:
        result_json(_roles_json(roles))
    else:
        _show_roles(roles)
        say("Daftar peran ditandatangani: calendars/peran.yaml.")
    return 0


def _show_roles(roles: Roles) -> None:
    result(f"Persetujuan: {roles.approval}, berlaku {roles.days} hari.")
    result(f"Kunci kantor: {keys.spoken(roles.root)}")
    for one in roles.holders:
        name = f" ({one.name})" if one.name else ""
        where = ", ".join(one.units) or "semua posyandu"
        gone = f", dicabut {one.revoked:%Y-%m-%d}" if one.revoked else ""
        result(f"{one.id}{name}: {one.role}, {where}{gone}")
        result(f"    {keys.spoken(one.key)}")


def _roles_json(roles: Roles | None) -> dict[str, object]:
    if roles is None:
        return {"signed": False, "roles": []}
    return {
        "signed": True,
        "office": {"key": roles.root, "words": keys.spoken(roles.root)},
        "approval": roles.approval.value,
        "days": roles.days,
        "roles": [_holder_json(one) for one in roles.holders],
    }


def _holder_json(one: Holder) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "role": one.role.value,
        "key": one.key,
        "words": keys.spoken(one.key),
        "units": list(one.units),
        "since": one.since.isoformat(),
        "revoked": one.revoked.isoformat() if one.revoked else "",
    }
