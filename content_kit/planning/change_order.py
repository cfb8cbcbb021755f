"""What somebody wants to be different on one service day: which day is meant, and whether it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.safe_text import normal
from content_kit.model import Change, Hours, Occurrence, OccurrenceRef, Posyandu
from content_kit.schedule.dates import long_date
from content_kit.schedule.occurrences import missing, occurrences, resolve, usual

REASON_MAX: Final = 90
"""Characters of a reason: so many that a picture still shows it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to be different on one day. `day` is the original date or the one that holds.

    `by` is whoever orders it, by their id in `orang.yaml`: they stand for the reason. `sent`
    answers whether the newest announcement of this day reached anybody; None when nobody was
    asked: then it counts as sent.
    """

    unit: str
    day: date
    reason: str
    service_day: str = ""
    moved_to: date | None = None
    place: str = ""
    hours: Hours | None = None
    home_visit: bool = False
    cancelled: bool = False
    by: str = ""
    sent: bool | None = None


def day_meant(posyandu: Posyandu, order: Order) -> Occurrence:
    """The service day an order speaks of, by its original date or by the one that holds."""
    known = [day.id for day in posyandu.service_days]
    if order.service_day and order.service_day not in known:
        raise UsageError(
            f'Hari buka "{order.service_day}" tidak ada. Yang ada: {", ".join(known) or "belum ada"}.'
        )
    ids = [order.service_day] if order.service_day else known
    refs = (OccurrenceRef(id, order.day) for id in ids)
    found = [occurrence for ref in refs if (occurrence := resolve(posyandu, ref))]
    if not found:
        coming, _ = occurrences(posyandu, order.day, order.day)
        found = [occurrence for occurrence in coming if occurrence.service_day in ids]
    if len(found) > 1:
        names = ", ".join(occurrence.service_day for occurrence in found)
        raise UsageError(
            f"Pada {long_date(order.day)} ada lebih dari satu hari buka. Sebut salah satu: --day ({names})."
        )
    if not found:
        for id in ids:
            reason = missing(posyandu, OccurrenceRef(id, order.day))
            if reason is not None:
                raise UsageError(f"{posyandu.name}: {reason.reason} {reason.hint}")
        raise UsageError(f"{posyandu.name} belum punya hari buka. Isi dulu di posyandu.yaml.")
    return found[0]


def checked(order: Order, before: Occurrence, local: datetime) -> Order:
    """The order with its words cleaned; UsageError when it cannot be."""
    reason = " ".join(normal(order.reason).split()).rstrip(".")
    place = " ".join(normal(order.place).split())
    wishes = (order.moved_to, place, order.hours, order.home_visit, order.cancelled)
    if not any(wishes):
        raise UsageError(
            "Apa yang berubah? Sebut --to, --place, --time, --home-visit, atau --cancel."
        )
    if order.cancelled and any(wishes[:4]):
        raise UsageError("Hari yang batal tidak dapat sekaligus pindah atau berubah.")
    if place and order.home_visit:
        raise UsageError("Pilih salah satu: --place atau --home-visit.")
    if not reason:
        raise UsageError('Sebut alasannya: --because "Balai dipakai rapat desa".')
    if len(reason) > REASON_MAX:
        raise UsageError(f"Alasannya {len(reason)} huruf, paling banyak {REASON_MAX}.")
    today = local.date()
    if before.date < today and not before.cancelled:
        raise UsageError(f"Hari buka {long_date(before.date)} sudah lewat, jadi tidak diubah.")
    if order.moved_to is not None and order.moved_to < today:
        raise UsageError(f"Tanggal baru {long_date(order.moved_to)} sudah lewat.")
    return replace(order, reason=reason, place=place)


def wanted(posyandu: Posyandu, before: Occurrence, order: Order) -> Change:
    """What is different after the order; what an earlier change said and the order does not, stays."""
    old = before.change or Change(before.original)
    if order.cancelled:
        return Change(before.original, order.reason, cancelled=True, confirmed_by=order.by)
    rule = usual(posyandu, before)
    place = order.place or (None if order.home_visit else old.place)
    moved, span = order.moved_to or old.moved_to, order.hours or old.hours
    return Change(
        before.original,
        order.reason,
        moved_to=moved if moved != before.original else None,
        place=place if place != rule.place else None,
        hours=span if span != rule.hours else None,
        home_visit=order.home_visit or (old.home_visit and not order.place),
        confirmed_by=order.by,
    )
