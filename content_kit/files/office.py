"""What an office wants of its units: the settings in `kantor.yaml`, all of which may be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from content_kit.files.address import USUAL, Address, read_address
from content_kit.files.letterhead import NO_LETTERHEAD, Letterhead, read_letterhead
from content_kit.files.reader import Findings, Reader, tell_cuts, top_of
from content_kit.files.yaml import Node, Scalar
from content_kit.findings import Finding, Place, clipped
from content_kit.model import Approval

DEFAULT_CHANNELS: Final = ("wa-grup", "wa-status", "fb")
APPROVAL_DAYS: Final = 60
"""How long an approval holds unless the office says otherwise: facts age, people leave."""
_OWN: Final = re.compile(
    r"(?:Puskesmas|Pustu|Polindes|Poskesdes|Dinkes|Dinas|RSUD|Rumah Sakit|Ahli gizi|BPBD|Disdik) ?",
    re.IGNORECASE,
)
_WEB: Final = re.compile(r"\w\.[a-z]{2,}|/", re.IGNORECASE)
DEADLINE_DAY: Final = 25
"""The last day of the month before for handing in a month, unless the office says otherwise."""


@dataclass(frozen=True, slots=True)
class Office:
    """The settings of a workspace (`kantor.yaml`).

    `byte_budget` is the most a picture may weigh, in bytes; None leaves it to the channel.
    `approval_clear` is false when nobody can say what the office wants: nothing may then pass as
    if it wanted no approval.
    """

    name: str = ""
    default_channels: tuple[str, ...] = DEFAULT_CHANNELS
    byte_budget: int | None = None
    strategy: str = "jemput-bola-digital"
    slogans: bool = False
    election_mode: bool = False
    approval: Approval = Approval.NONE
    approval_days: int = APPROVAL_DAYS
    approval_clear: bool = True
    approval_said: bool = field(default=False, compare=False)
    """Whether a policy is written down at all, be it that none is wanted."""
    deadline_day: int = DEADLINE_DAY
    address: Address = USUAL
    letterhead: Letterhead = NO_LETTERHEAD
    own_sources: tuple[str, ...] = ()
    """The office's own Dinkes and puskesmas: no list that comes with the program can know them."""
    at: Place = field(default=Place(), compare=False)

    @property
    def asks(self) -> bool:
        """Whether an approval is asked for, as far as this file can say."""
        return self.approval is not Approval.NONE or not self.approval_clear


def read_office(node: Node | None, findings: Findings) -> Office:
    """`kantor.yaml`: every setting may be left out.

    nama, kanal, gambar_kb, strategi, semboyan, masa_pemilu, persetujuan, batas_kirim, sapaan,
    sumber_sendiri, kop.
    """
    top = top_of(node, findings)
    if top is None:
        return Office(approval_clear=node is None)
    tell_cuts(top.node, "", findings)
    kilobytes = top.number("gambar_kb")
    if kilobytes and not 20 <= kilobytes <= 20_000:
        findings.at(
            "nilai-salah",
            "ukuran gambar harus 20 sampai 20000 KB.",
            top.at("gambar_kb"),
            "Misalnya 300 untuk sinyal lemah.",
        )
        kilobytes = 0
    days = top.number("persetujuan_berlaku_hari", default=APPROVAL_DAYS)
    if not (1 <= days <= 3650 and days == int(days)):
        findings.at(
            "nilai-salah",
            "lama berlakunya persetujuan harus 1 sampai 3650 hari.",
            top.at("persetujuan_berlaku_hari"),
            f"Misalnya {APPROVAL_DAYS}.",
        )
        days = APPROVAL_DAYS
    approval = top.choice("persetujuan", Approval)
    day = top.number("batas_kirim", default=DEADLINE_DAY)
    if day not in range(1, 32):
        findings.at(
            "nilai-salah",
            "batas_kirim harus tanggal 1 sampai 31.",
            top.at("batas_kirim"),
            "Tanggal terakhir mengirim rencana, di bulan sebelumnya.",
        )
        day = DEADLINE_DAY
    office = Office(
        name=top.name("nama"),
        default_channels=top.texts("kanal") or DEFAULT_CHANNELS,
        byte_budget=int(kilobytes * 1000) or None,
        strategy=top.text("strategi", default="jemput-bola-digital"),
        slogans=top.flag("semboyan"),
        election_mode=top.flag("masa_pemilu"),
        approval=approval or Approval.NONE,
        approval_days=int(days),
        approval_clear=approval is not None or not _means_approval(top),
        approval_said=approval is not None,
        deadline_day=int(day),
        address=read_address(top.child("sapaan")),
        letterhead=read_letterhead(top.child("kop")),
        own_sources=_own_sources(top),
        at=top.node.place,
    )
    top.finish()
    return office


def no_policy(why: str) -> Finding:
    """The finding for a policy that once held and is not written any more; `why` it is known."""
    return Finding(
        "wajib-diisi",
        f"{why}, tetapi kantor.yaml tidak lagi menyebutnya; "
        "sementara ini semua tetap menunggu persetujuan.",
        Place("calendars/kantor.yaml", 1, 1, "persetujuan"),
        hint=f"Tulis persetujuan: satu, atau {Approval.NONE} bila tidak diperlukan lagi.",
    )


def _own_sources(top: Reader) -> tuple[str, ...]:
    """Names of institutions; an address in the web is none, whoever writes it."""
    found: list[str] = []
    for word in top.scalars("sumber_sendiri"):
        name = " ".join(word.text.split())
        if _OWN.match(name) and len(name) <= 80 and not _WEB.search(name):
            found.append(name)
        else:
            top.findings.at(
                "nilai-salah",
                f'"{clipped(name)}" tidak dapat menjadi sumber sendiri.',
                word.place,
                'Tulis nama lembaga kesehatan di wilayah Anda, misalnya "Puskesmas Contoh".',
            )
    return tuple(dict.fromkeys(found))


def _means_approval(top: Reader) -> bool:
    """Whether somebody wrote a policy, be it with a slip in its name: that must not turn it off."""
    return any(
        get_close_matches(key.text, ["persetujuan"])
        for key, value in top.node.entries
        if key.text != "persetujuan_berlaku_hari"
        and not (isinstance(value, Scalar) and value.is_null)
    )
