"""The announcement of a changed service day reduced to its facts, so that nothing else delays it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from content_kit.model import Contact, Occurrence, Post, Posyandu, ServiceDay
from content_kit.render import Press, Proof
from content_kit.review.lane import MOTTO, REASON, Doubt
from content_kit.schedule.announcement import words
from content_kit.schedule.difference import differences
from content_kit.schedule.occurrences import told_before, usual

_PLAIN_NAME: Final = "Hari buka"


def bare(press: Press, proof: Proof, doubts: Iterable[Doubt]) -> tuple[Proof, tuple[str, ...]]:
    """An announcement without what is in doubt, and what was left out of it, in words.

    Whatever is left in doubt afterwards still keeps it back.
    """
    day = proof.occurrence
    assert day is not None, "only the announcement of a service day can be reduced to its facts"
    why = {doubt.path: doubt.why for doubt in doubts}
    posyandu = _posyandu(proof.posyandu, day, why)
    post = _post(proof.post, day, posyandu, why)
    loaded = press.loaded
    alone = replace(
        loaded,
        posyandu={post.unit: posyandu},
        calendars=tuple(each for each in loaded.calendars if each.unit == post.unit),
        office=replace(loaded.office, slogans=loaded.office.slogans and MOTTO not in why),
    )
    return press.reading(alone).proof(post), tuple(dict.fromkeys(why.values()))


def _posyandu(posyandu: Posyandu, day: Occurrence, why: Iterable[str]) -> Posyandu:
    paths = tuple(why)
    contact = posyandu.contact
    if any(path.startswith("posyandu.kontak.") for path in paths):
        contact = Contact()
    days = tuple(
        _service_day(each, day, paths) if each.id == day.service_day else each
        for each in posyandu.service_days
    )
    logos = () if any(path.startswith("berkas.logo:") for path in paths) else posyandu.logos
    return replace(posyandu, contact=contact, service_days=days, logos=logos)


def _service_day(rule: ServiceDay, day: Occurrence, paths: tuple[str, ...]) -> ServiceDay:
    def doubted(start: str) -> bool:
        return any(path.startswith(start) for path in paths)

    change = day.change
    if change is not None and REASON in paths:
        change = replace(change, reason="")
    if change is not None and doubted("acara.kabar_lama"):
        change = replace(change, told=None)
    kept = tuple(each for each in rule.changes if each.date != day.original)
    return replace(
        rule,
        name=_PLAIN_NAME if doubted("acara.nama") else rule.name,
        services=() if doubted("acara.layanan.") else rule.services,
        bring=() if doubted("acara.bawa.") else rule.bring,
        changes=(*kept, *([change] if change is not None else [])),
    )


def _post(post: Post, day: Occurrence, posyandu: Posyandu, why: Iterable[str]) -> Post:
    paths = tuple(why)
    if any(path.startswith("isi.") for path in paths):
        rule = posyandu.service_day(day.service_day)
        told = replace(day, bring=rule.bring, name=rule.name) if rule is not None else day
        known = told_before(posyandu, day) or usual(posyandu, day)
        found = differences(known, day)
        title, message = words(told, found, several=len(posyandu.service_days) > 1)
        post = replace(post, fields={"judul": title, **({"pesan": message} if message else {})})
    if any(path.startswith("tagar.") for path in paths):
        post = replace(post, hashtags=())
    if "teks_alt" in paths:
        post = replace(post, alt_text="")
    if any(path.startswith("sumber.") for path in paths):
        post = replace(post, sources=())
    return post
