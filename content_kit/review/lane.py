"""The fast lane: which posts go out unread, because they carry facts and sentences that somebody read before.

What may stand in such a post is an allow-list over the inputs of its seal, so whatever a post is
made from is judged, and what this page does not know closes the lane. Sentences are those of the
bundled files, never what a post or a shared folder says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.checks.facts import doubt
from content_kit.context import hashtag
from content_kit.files import bundled
from content_kit.files.address import USUAL, Address
from content_kit.files.assets import load_observances
from content_kit.files.reader import plain
from content_kit.files.templates import Template
from content_kit.files.texts import ReadyText, load_texts
from content_kit.files.workspace import Workspace
from content_kit.findings import clipped
from content_kit.model import Person, Pillar, Posyandu
from content_kit.render import Proof
from content_kit.review.events import same
from content_kit.review.policy import Rules
from content_kit.schedule.announcement import possible

REASON: Final = "acara.alasan"
MOTTO: Final = "semboyan"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What closes the lane: the input that is neither a fact nor a known sentence, and why.

    `file` is the digest of a picture that an approval would make known in its unit.
    """

    path: str
    why: str
    file: str = ""


class Lane:
    """What the bundled files hold, each read when it is first asked for.

    `address` is how the office speaks to people: the library's texts have its words in place.
    """

    def __init__(self, address: Address = USUAL) -> None:
        self._base = Workspace(bundled.root())
        self._address = address
        self._drawings: dict[str, str] = {}
        self._told: dict[str, frozenset[str]] = {}

    def doubts(
        self,
        proof: Proof,
        inputs: Mapping[str, str],
        *,
        template: Template | None,
        rules: Rules,
        people: Mapping[str, Person],
    ) -> tuple[Doubt, ...]:
        """Why a post waits for an approval; nothing for one that goes out by the fast lane.

        `inputs` are those of its seal, `template` is the bundled one when the post uses just that.
        A logo is a picture, and nobody can read it but people: its doubt names the file, for
        whoever knows what was approved in this unit before.
        """
        post = proof.post
        if post.pillar is not Pillar.JADWAL or proof.occurrence is None:
            return (Doubt("jenis", "bukan pengumuman hari buka"),)
        if template is None:
            return (Doubt("model", "modelnya bukan model bawaan"),)
        found = [
            Doubt(path, why, words if path.startswith("berkas.logo:") else "")
            for path, words in inputs.items()
            if (why := self._doubt(path, words, proof, template))
        ]
        if post.alt_text:
            found.append(Doubt("teks_alt", "teks untuk tunanetra ditulis sendiri"))
        if proof.motto and not set(proof.motto.split(MOTTO_LINK)) <= self._mottos:
            found.append(Doubt(MOTTO, "semboyannya bukan semboyan bawaan"))
        if why := _reason_doubt(proof, rules, people):
            found.append(Doubt(REASON, why))
        return tuple(found)

    def _doubt(
        self,
        path: str,
        words: str,
        proof: Proof,
        template: Template,
    ) -> str:
        """Why one input is neither a fact nor known, or ""."""
        top, _, rest = path.partition(".")
        if not words or path == REASON or _is_typed(path):
            return ""
        if top == "isi":
            said = words.strip()
            known = (_examples(template, rest), _planned(proof, rest))
            if any(said in texts for texts in known) or said in self._texts(template.name, rest):
                return ""
            return f'kalimat di "{rest}" ditulis sendiri'
        if top == "tagar":
            fine = words in self._tags or words in _own_tags(proof.posyandu)
            return "" if fine else f"tagar {clipped(words, 30)} ditulis sendiri"
        if top == "berkas":
            kind, _, name = rest.partition(":")
            fine = kind == "art" and self._art(name) == words
            return "" if fine else f"gambar {clipped(name, 30)} belum dilihat siapa pun"
        if _FACTS.fullmatch(path):
            why = doubt(_address(path, words), longest=_LONGEST.get(path, 120))
            return f"{_spoken(path)} {why}" if why else ""
        return f"{_spoken(path)} belum dilihat siapa pun"

    @cached_property
    def _library(self) -> tuple[ReadyText, ...]:
        return tuple(load_texts(self._base, self._address).known.values())

    def _texts(self, template: str, name: str) -> frozenset[str]:
        """What the library's announcements say in a field of a template."""
        if template == ANNOUNCEMENT:
            return frozenset()
        if name not in self._told:
            values = (t.fields.get(name, "") for t in self._library if t.pillar is Pillar.JADWAL)
            told = (value.strip() for value in values if isinstance(value, str))
            self._told[name] = frozenset(told)
        return self._told[name]

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset(hashtag(tag) for text in self._library for tag in text.hashtags)

    @cached_property
    def _mottos(self) -> frozenset[str]:
        _, mottos, _ = load_observances(self._base)
        return frozenset(motto.text for motto in mottos)

    def _art(self, name: str) -> str:
        """The digest of a bundled drawing, line ends apart; "" when there is none."""
        if name not in self._drawings:
            path = self._base.asset(f"art/{name}.svg")
            data = path.read_bytes().replace(b"\r\n", b"\n") if path else b""
            self._drawings[name] = sha256(data).hexdigest() if path else ""
        return self._drawings[name]


MOTTO_LINK: Final = " · "
_TYPED: Final = frozenset(
    {
        *("unit", "waktu", "kanal", "model", "huruf", "palet", "teks_alt"),
        *(
            "posyandu.zona",
            "posyandu.motif",
            "posyandu.rekaan",
            "posyandu.kontak.tautan",
            "posyandu.kontak.sebutan",
        ),
        *(
            f"acara.{name}"
            for name in (
                *("ada", "hari", "tanggal", "angka", "bulan", "tahun", "lengkap", "pendek", "jam"),
                *(
                    "pukul",
                    "mulai",
                    "relatif",
                    "sisa_hari",
                    "batal",
                    "kunjungan_rumah",
                    "berubah",
                    "ganti",
                    "kabar",
                ),
                *("kembali", "berikutnya", "hari_buka", "semula_tanggal", "berlaku_tanggal"),
                # Composed of the place, the hours and the day, each of which is judged by itself.
                *("baris", "tempat_lengkap"),
            )
        ),
        *(
            f"acara.semula.{name}"
            for name in (
                *("hari", "tanggal", "angka", "bulan", "tahun", "lengkap", "pendek", "jam"),
                *("beda", "kalimat"),  # composed of the day, the hours and `semula.tempat`
            )
        ),
    }
)
"""The inputs that the program words itself from a date, an hour or a choice."""
_TYPED_BELOW: Final = ("postingan.", "bentuk.", "keterangan.", "acara.sasaran.", "posyandu.logo.")
"""Inputs of which the same holds; a logo is judged by its file."""
_OF_MONTH: Final = re.compile(
    r"bulan\.(?:nama|tahun|minggu\..+|acara\.\d+\.(?:nomor|hari|singkat|jam|batal|semula))"
)
"""What a picture of the month says of its service days that comes from a date or an hour."""
_FACTS: Final = re.compile(
    r"posyandu\.(?:nama|desa|kecamatan|kabupaten|kontak\.(?:whatsapp|facebook|instagram))"
    r"|sapaan\.(?:ibu|ayah|anak|salam)"
    r"|acara\.(?:nama|tempat|semula\.tempat|kabar_lama|bawa\.\d+|layanan\.\d+\.(?:nama|gambar))"
    r"|bulan\.acara\.\d+\.(?:nama|tempat)"
)
"""The inputs that people write in posyandu.yaml and kantor.yaml, and that may say a fact and nothing else."""
_LONGEST: Final = {"acara.kabar_lama": 240}
_SPOKEN: Final = {
    "posyandu.kontak": "kontaknya",
    "sapaan": "sapaannya",
    "posyandu": "nama posyandu atau tempatnya",
    "acara.tempat": "tempatnya",
    "acara.semula": "tempat semula",
    "acara.kabar_lama": "kabar sebelumnya",
    "acara.bawa": "yang perlu dibawa",
    "acara.layanan": "layanannya",
    "acara.nama": "nama hari bukanya",
    "bulan.acara": "nama atau tempat sebuah hari buka bulan itu",
}
_PAGE: Final = re.compile(
    r"@|(?:https?://)?(?:[a-z]{1,3}\.)?(?:facebook|fb|instagram)\.com/", re.IGNORECASE
)


def _examples(template: Template, name: str) -> Iterator[str]:
    """What a bundled template's examples say in a field."""
    for example in template.examples.values():
        fields = example.get("isi")
        value = plain(fields) if fields is not None else {}
        text = value.get(name, "") if isinstance(value, Mapping) else ""
        if isinstance(text, str) and text:
            yield text.strip()


def _planned(proof: Proof, name: str) -> Iterator[str]:
    """What the program itself writes into a field of this service day's announcement."""
    if proof.occurrence is not None and proof.post.template == ANNOUNCEMENT:
        place = {"judul": 0, "pesan": 1}.get(name)
        if place is not None:
            yield from (pair[place] for pair in possible(proof.occurrence))


def _own_tags(posyandu: Posyandu) -> Iterator[str]:
    names = (posyandu.name, posyandu.village, posyandu.district, posyandu.regency)
    yield from map(hashtag, (*names, f"{posyandu.name} {posyandu.village}"))


def _reason_doubt(proof: Proof, rules: Rules, people: Mapping[str, Person]) -> str:
    """Why a reason may not be read by all unread: it must be a usual one, or vouched for here."""
    change = proof.occurrence.change if proof.occurrence else None
    reason = " ".join(change.reason.split()).rstrip(".") if change else ""
    if change is None or not reason:
        return ""
    if why := doubt(reason):
        return f"alasannya {why}"
    if any(same(reason, usual) for usual in rules.reasons):
        return ""
    by = people.get(change.confirmed_by)
    if by is not None and (not by.units or proof.posyandu.slug in by.units):
        return ""
    return "alasannya belum dipastikan orang setempat"


def _address(path: str, words: str) -> str:
    """A contact as words: "facebook.com/posyandu.melati" is a name like another; a greeting may call."""
    if path == "sapaan.salam":
        return words.rstrip("!")
    if not path.startswith("posyandu.kontak."):
        return words
    if path.endswith("whatsapp"):
        return "" if re.fullmatch(r"[0-9 +()\-]{0,20}", words) else words
    return re.sub(r"[._/\-]+", " ", _PAGE.sub("", words, count=1))


def _is_typed(path: str) -> bool:
    """Whether the program itself words this input."""
    return path in _TYPED or path.startswith(_TYPED_BELOW) or _OF_MONTH.fullmatch(path) is not None


def _spoken(path: str) -> str:
    parts = path.split(".")
    names = (".".join(parts[:length]) for length in (2, 1))
    return next((_SPOKEN[name] for name in names if name in _SPOKEN), f'"{path}"')
