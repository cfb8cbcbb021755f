"""Election time: no officials, candidates, parties, ballot numbers or hand signs in a post.

Looked at only while the office says `masa_pemilu: ya`. A finding stops a pack, so words that
posyandu use every day (nomor antrean, kampanye cuci tangan, Kantor Bupati) stay free, and what
no list of words can know, who is in a photo, is asked of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from content_kit.checks.case import Case
from content_kit.checks.photos import used_photos
from content_kit.findings import Finding, clipped


def words(case: Case) -> Iterator[Finding]:
    """Nothing that stands for or against anybody who can be voted for."""
    for text in case.texts if case.election else ():
        for found, hint in _partial(text.words):
            yield case.on(
                text,
                "tidak-netral",
                f'"{clipped(found)}" tidak netral pada masa pemilu.',
                hint,
            )


def photos(case: Case) -> Iterator[Finding]:
    """A gentle question at the first photo of a post."""
    for path, _ in used_photos(case) if case.election else ():
        yield case.at(
            "periksa-foto-pemilu",
            "foto ini tayang pada masa pemilu.",
            path,
            "Pastikan tidak ada calon atau lambang partai di foto.",
        )
        break


def partial(text: str) -> str:
    """The first words of a text that stand for or against somebody who can be voted for, or ""."""
    return next((found for found, _ in _partial(text)), "")


def _partial(text: str) -> Iterator[tuple[str, str]]:
    plain = text.translate(_NO_MARKUP)
    for rule in _RULES:
        if found := rule.first(plain):
            yield found, rule.hint


_NO_MARKUP: Final = {ord(sign): None for sign in "*_~`"}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern with what to do about it; a match with the group `free` is an ordinary phrase."""

    pattern: re.Pattern[str]
    hint: str

    def first(self, text: str) -> str:
        """The first words that are not neutral, or ""."""
        matches = self.pattern.finditer(text)
        return next((match[0].strip() for match in matches if not match["free"]), "")


def _rule(hint: str, *patterns: str, unless: str = r"(?!)") -> _Rule:
    """Spaces in a pattern may be hyphens or be missing, as in "wali kota" and in hashtags."""
    source = rf"(?:(?P<free>{unless}) )?\b(?:{'|'.join(patterns)})"
    return _Rule(re.compile(source.replace(" ", r"[ \-]*"), re.IGNORECASE), hint)


_TITLE: Final = (
    r"(?:(?:wakil )?(?:presiden|gubernur|bupati|wali kota)"
    r"|anggota (?:dewan(?! (?:guru|juri|masjid|pembina|pengawas))|dprd?|dpd)"
    r"|(?:wakil )?ketua (?:dprd?|fraksi))"
)
_NAME: Final = r"(?-i:(?:,?\x20?(?!Cup\b)[A-Z][\w.'’\-]*){1,3})"
_NUMBER: Final = (
    r"(?:\d{1,2}(?![\d.:]*\d)|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh)"
)
# "Jangan lupa partai …" and "jangan pilih caleg …" take sides, "tanpa atribut partai" does not.
_DENIED: Final = (
    r"\b(?:tidak|tak|bukan|tanpa|jangan|dilarang|bebas)\x20"
    r"(?!(?:lupa|hanya|cuma|sekadar|ragu|salah|sampai|golput|dukung|pilih|coblos)\b)"
    r"(?:\w++\x20){0,2}"
)
_NOBODY: Final = "Hapus. Posyandu melayani semua warga, apa pun pilihannya."

_RULES: Final = (
    _rule(
        "Hapus nama dan jabatan itu; sebut posyandu, puskesmas, atau dinasnya.",
        rf"{_TITLE}{_NAME}",
        rf"{_TITLE} (?:kita|tercinta)\b",
        rf"(?:pak|bapak|bu|ibu|yth\.?|oleh|bersama|dihadiri|sambutan|pesan|ajakan) {_TITLE}\b{_NAME}?",
        unless=r"\b(?:kantor|rumah dinas|rumah jabatan|pendopo|istana|gedung|aula|halaman|lapangan"
        r"|alun-alun|taman|jembatan|jalan|jln?\.?|peraturan|keputusan|instruksi|edaran|sk|surat"
        r"|staf|piala|pemilihan)",
    ),
    _rule(
        _NOBODY,
        rf"(?:bakal )?calon (?:{_TITLE}|kepala (?:daerah|desa)|pambakal|(?:anggota )?legislatif)",
        r"(?:cap|cawap)res|ca(?:wa)?(?:gub|bup|wali|walkot)\b|(?:ba)?caleg\b|calkades\b|cakada\b",
        r"(?:ba)?paslon|petahana\b|timses\b|tim (?:sukses|pemenangan)\b",
        r"pasangan calon\b(?! (?:ayah|ibu|istri|orang|pengantin|suami))",
        r"partai\b(?! (?:besar|kecil|final|ganda|puncak|semifinal|tambahan|tunggal))|parpol\b",
        r"golkar\b|gerindra\b|nasdem\b|pdip\b|pdi p(?:erjuangan)?\b|perindo\b|hanura\b|demokrat\b",
        r"kampanye (?:akbar|hitam|pemilu|pileg|pilkada|pilpres|politik)\b|juru kampanye|jurkam\b",
        r"visi (?:dan |& )?misi\b(?! (?:desa|dinas|kader|kami|kelurahan|kim|kita|pkk|posyandu"
        r"|program|puskesmas|rumah sakit|sekolah|tp))",
        unless=_DENIED,
    ),
    _rule(
        _NOBODY,
        rf"(?:dukung|menangkan|pilih|coblos)"
        rf" (?:(?:bapak|pak|ibu|bu|kembali|penuh|program|terus) ){{0,2}}(?:{_TITLE}|kotak kosong)",
        r"ganti (?:presiden|gubernur|bupati|wali kota)",
        r"(?:cukup|lanjut(?:kan)?|menang) (?:satu|dua|1|2) (?:periode|putaran)\b",
        r"(?:merah|kuning|hijau|biru|putih|jingga)kan (?:tps|suara|pemilu|pilkada)\b",
        r"(?:merah|kuning|biru)kan (?:banua|kabupaten|kalsel|provinsi)\b",
    ),
    _rule(
        'Hapus. Untuk antrean tulis "nomor antrean"; untuk kuis pakai huruf A, B, C.',
        rf"nomor urut {_NUMBER}(?! (?:sampai|hingga|s\.?d|[–-]|dan seterusnya|di(?:panggil|layani)))",
        rf"pilih (?:nomor|no\.?|angka) {_NUMBER}",
        r"(?:pilih|dukung|menangkan) 0[1-9]\b(?![.:/]\d| [a-z])|0[1-9] (?:menang|jaya)\b",
        r"(?:men|ny|ter)?coblos",
        unless=r"\b(?:ambil|antre|antrean|antrian|daftar|pendaftaran|panggil|panggilan|meja|kursi)",
    ),
    _rule(
        "Hapus; ajak berfoto tanpa isyarat jari.",
        rf"(?:salam|pose|gaya|simbol|acung(?:kan)?) {_NUMBER} jari\b",
    ),
)
