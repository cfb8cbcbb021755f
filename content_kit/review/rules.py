"""Reads `assets/tinjauan.yaml`: the approvals of each level, the signs of risk, roles, the checklist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Final

from content_kit.files import bundled
from content_kit.files.assets import read_asset
from content_kit.files.overlay import present
from content_kit.files.paths import is_inside
from content_kit.files.reader import Reader
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import Bidang, PeopleInPhoto, Pillar
from content_kit.review.policy import ANYBODY, OFFICE, Item, Risk, Role, Rules, Sign

FILE: Final = "tinjauan.yaml"
_UNREAD: Final = Sign("aturan-rusak", Risk.HIGH, "aturan tinjauan di sini tidak terbaca")


def load_rules(workspace: Workspace, *, own: bool = True) -> tuple[Rules, list[Finding]]:
    """The rules of a workspace: its own file when it can be read whole, else the bundled one.

    Where its own file cannot be read whole, nobody knows what the office finds risky: every post
    counts as risky until it is mended. Where it lists no usual reasons, the bundled ones hold.
    """
    base = Workspace(bundled.root())
    findings: list[Finding] = []
    own_rules: Rules | None = None
    if own and own_digest(workspace):
        top, problems = read_asset(workspace, FILE)
        own_rules = _rules(top, own_digest(workspace)) if top else Rules()
        findings += problems
        if not findings and own_rules.reasons:
            return own_rules, []
    top, problems = read_asset(base, FILE)
    bundled_rules = _rules(top, "") if top else Rules()
    if own_rules is None:
        return bundled_rules, problems
    if findings:
        return replace(bundled_rules, signs=(*bundled_rules.signs, _UNREAD)), findings
    return replace(own_rules, reasons=bundled_rules.reasons), problems


def own_digest(workspace: Workspace) -> str:
    """Which `tinjauan.yaml` a workspace has of its own; "" for none, "?" for one that cannot be read."""
    path = workspace.root / "assets" / FILE
    if not present(path) or workspace.root == bundled.root():
        return ""
    if not is_inside(path, workspace.root):
        return "?"
    try:
        return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return "?"


def _rules(top: Reader, digest: str) -> Rules:
    levels: dict[Risk, tuple[str, ...]] = {}
    for item in top.children("risiko", name="tingkat", required=True):
        risk = item.choice("tingkat", Risk, required=True)
        words = tuple(_step_words(item))
        item.finish()
        if risk is not None:
            levels[risk] = words
    rules = Rules(
        steps=levels,
        signs=tuple(_signs(top)),
        titles={},
        items=tuple(_items(top)),
        reasons=top.texts("alasan"),
        digest=digest,
    )
    titles: dict[Role, str] = {}
    meanings: dict[str, Role] = {role.value: role for role in Role}
    for item in top.children("peran", name="peran"):
        role = item.choice("peran", Role, required=True)
        name = item.text("nama", required=True)
        also = item.texts("juga")
        item.finish()
        if role is not None:
            titles[role] = name
            meanings |= {word.casefold(): role for word in also}
    top.finish()
    return replace(rules, titles=titles, meanings=meanings)


def _step_words(item: Reader) -> Iterator[str]:
    known = {ANYBODY, OFFICE, *(role.value for role in Role)}
    for word in item.scalars("setuju", required=True):
        if word.text.strip() in known:
            yield word.text.strip()
        else:
            hint = f"Pilih: {', '.join(sorted(known))}."
            item.findings.at("nilai-salah", "peran ini tidak dikenal.", word.place, hint)


def _signs(top: Reader) -> Iterator[Sign]:
    for item in top.children("tanda"):
        words = item.texts("kata")
        sign = Sign(
            id=item.text("id", required=True),
            risk=item.choice("tingkat", Risk, required=True) or Risk.HIGH,
            reason=item.text("karena", required=True),
            office=item.choice("kantor", Role) or Role.DINAS,
            pillars=item.choices("jenis", Pillar),
            bidang=item.choices("bidang", Bidang),
            people=item.choices("foto", PeopleInPhoto),
            words=_words(words) if words else None,
            outside_library=item.flag("luar_pustaka"),
        )
        if not (sign.pillars or sign.bidang or sign.people or sign.words or sign.outside_library):
            said = "tanda ini berlaku untuk semua postingan."
            hint = "Isi jenis, bidang, foto, kata, atau luar_pustaka."
            item.findings.at("nilai-salah", said, item.at("id"), hint)
        item.finish()
        yield sign


def _words(words: Iterable[str]) -> re.Pattern[str]:
    choices = sorted((re.escape(word) for word in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)", re.IGNORECASE)


def _items(top: Reader) -> Iterator[Item]:
    for item in top.children("periksa"):
        found = Item(
            id=item.text("id", required=True),
            question=item.text("tanya", required=True),
            codes=item.texts("kode"),
        )
        item.finish()
        if found.id and found.question:
            yield found
