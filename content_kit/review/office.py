"""What only the office does: sign who may approve, take a key back, and accept what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from content_kit.errors import UsageError
from content_kit.findings import clipped
from content_kit.review import keys
from content_kit.review.keys import Signer
from content_kit.review.memory import Memory
from content_kit.review.policy import Role
from content_kit.review.reviews import NOBODY_COUNTS, Reviews
from content_kit.review.roles import Holder, Roles, read_trust, remember, write
from content_kit.review.rules import own_digest

MAX_HOLDERS: Final = 2_000


def add(
    reviews: Reviews,
    office: Signer,
    id: str,
    public: str,
    role: Role,
    *,
    units: Sequence[str] = (),
    name: str = "",
) -> Roles:
    """Let somebody approve; `units` are folders of posyandu, all when there are none."""
    who = reviews.person(id)
    if not keys.is_public(public):
        raise UsageError("Kunci itu tidak terbaca. Salin utuh dari content-kit review key show.")
    if public == office.public:
        raise UsageError("Kunci kantor hanya menandatangani daftar peran; buat kunci sendiri dulu.")
    there = holders(reviews)
    if len(there) >= MAX_HOLDERS:
        raise UsageError(f"Daftar peran paling banyak {MAX_HOLDERS} orang.")
    if any(one.id.casefold() == who.casefold() and one.revoked is None for one in there):
        raise UsageError(f'"{clipped(who)}" sudah terdaftar. Cabut dulu kuncinya yang lama.')
    if any(one.key == public for one in there):
        raise UsageError("Kunci itu sudah pernah terdaftar. Buat kunci baru.")
    new = Holder(who, public, role, reviews.now, name, tuple(_ids(reviews, units)))
    return _issue(reviews, office, (*there, new))


def revoke(reviews: Reviews, office: Signer, id: str) -> Roles:
    """Take somebody's key back: what is in the logs now still counts, and nothing after."""
    who = reviews.person(id)
    there = holders(reviews)
    current = next(
        (one for one in there if one.id.casefold() == who.casefold() and one.revoked is None), None
    )
    if current is None:
        raise UsageError(f'"{clipped(who)}" tidak terdaftar.')
    name = (current.id.casefold(), True)
    heads = {
        digest
        for unit in reviews.press.loaded.posyandu
        for digest in reviews.log(unit).heads.get(name, ())
    }
    gone = replace(current, revoked=reviews.now, seen=tuple(sorted(heads)))
    return _issue(reviews, office, [gone if one is current else one for one in there])


def sign(reviews: Reviews, office: Signer) -> Roles:
    """Sign the roles anew, with the settings that the office has now."""
    return _issue(reviews, office, holders(reviews))


def holders(reviews: Reviews) -> tuple[Holder, ...]:
    """Everybody who has or had a key. UsageError when nobody can say who."""
    if reviews.trust.required and reviews.trust.roles is None:
        raise UsageError(f"{NOBODY_COUNTS} Lihat content-kit review trust.")
    return reviews.trust.roles.holders if reviews.trust.roles is not None else ()


def accept(reviews: Reviews) -> Reviews:
    """Take the roles and logs as they are now for the right ones, and remember them from here on.

    UsageError for a roles file that nobody can read or verify: there is nothing to remember instead.
    """
    memory, press = reviews.memory, reviews.press
    trust = read_trust(press.workspace, press.loaded.posyandu, Memory())
    if trust.required and trust.roles is None:
        why = trust.findings[0]
        raise UsageError(f"Belum dapat diterima: {why.message} {why.hint}")
    memory.repair()
    memory.unpin(reviews.trust.names)
    ids = {posyandu.id for posyandu in press.loaded.posyandu.values()}
    for root, id in memory.known():
        if id in ids:
            memory.forget(f"{root} {id} ")
            memory.forget(f"{root} {id}@")
    memory.keep()  # what is seen from here on may be older than what was forgotten
    anew = Reviews(press, reviews.now, memory=memory)
    for unit in press.loaded.posyandu:
        anew.log(unit)
    anew.remember()
    return anew


def _issue(reviews: Reviews, office: Signer, holders: Sequence[Holder]) -> Roles:
    settings, old = reviews.press.loaded.office, reviews.trust.roles
    if not reviews.office_clear:
        raise UsageError("Pengaturan persetujuan di kantor.yaml belum terbaca; betulkan dulu.")
    if old is not None and old.root != office.public:
        raise UsageError("Daftar peran ini ditandatangani dengan kunci kantor yang lain.")
    # By the clock, so that numbers go on growing after a list was begun anew.
    number = max(int(reviews.now.timestamp()), old.number + 1 if old is not None else 1)
    roles = Roles(
        office.public,
        number,
        reviews.now,
        tuple(holders),
        settings.approval,
        settings.approval_days,
        own_digest(reviews.press.workspace),
    )
    written = write(reviews.press.workspace, roles, office)
    trust = read_trust(reviews.press.workspace, reviews.press.loaded.posyandu, reviews.memory)
    remember(reviews.memory, trust)
    reviews.remember()
    return written


def _ids(reviews: Reviews, units: Sequence[str]) -> list[str]:
    """The permanent ids of posyandu that are named by their folders."""
    return [reviews.press.loaded.unit(unit).id for unit in units]
