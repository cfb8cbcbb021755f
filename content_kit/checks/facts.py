"""Whether a short free text is only a fact: no politics, money, links, numbers to call, or health claims.

A place, a name or a reason stands on a picture that may go out unread. Words that carry such a
fact are plain; what is not plain is told in a few words, and waits for somebody to read it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from content_kit.checks import neutrality
from content_kit.checks.content import claim_in
from content_kit.checks.privacy import find_nik

LONGEST: Final = 120
"""Characters: the longest places and names of real posyandu stay well below."""


def doubt(words: str, *, longest: int = LONGEST) -> str:
    """What keeps a text from being a mere fact, in a few words; "" when nothing does."""
    plain = _plain(words)
    if len(plain) > longest:
        return "terlalu panjang"
    if not _LETTERS.fullmatch(plain):
        return "memuat tanda atau huruf yang tidak biasa"
    if _LINK.search(plain):
        return "memuat tautan"
    spoken = _SPELT.sub(lambda run: re.sub(r"[\W_]", "", run[0]), plain)
    if _MONEY.search(spoken):
        return "menyebut uang"
    if find_nik(plain) or _DIGITS.search(re.sub(r"(?<=\d)[ .\-/](?=\d)", "", plain)):
        return "memuat nomor panjang"
    if neutrality.partial(spoken) or _POLITICS.search(spoken):
        return "berbau politik"
    if claim_in(spoken) or _HEALTH.search(spoken):
        return "memuat pernyataan kesehatan"
    return ""


def _plain(words: str) -> str:
    """Compatibility letters as plain ones, on one line."""
    return " ".join(unicodedata.normalize("NFKC", words).split(" "))


_LETTERS: Final = re.compile("[A-Za-zÀ-ɏ0-9 .,()/'\u2019\u2018\"“”&:+°\u2013-]*")
"""Latin letters, digits and what stands in addresses and hours; a call ends with a sign of its own."""
_SPELT: Final = re.compile(r"\b\w(?:[ .\-_]\w){3,}\b")
"""Letters set apart: "c o b l o s"."""
_LINK: Final = re.compile(
    r"https?:|www\.|://|[a-z0-9-]{2,}\.(?:com|id|net|org|co|me|io|link|xyz|site|info|biz|ly|gl|gg|app"
    r"|shop|online|store|top|click|page|web|tv|to)\b",
    re.IGNORECASE,
)
_MONEY: Final = re.compile(
    r"\brp\.? ?\d|\brupiah|\b\d+ ?(?:rb|ribu|jt|juta|miliar|k)\b|\btransfer|\brekening|\bno\.? ?rek"
    r"|\bbayar|\bmembayar|\bberbayar|\bpembayaran|\biuran|\bsumbangan\b|\bmenyumbang|\bdonasi|\bharga(?:nya)?\b|\bbiaya|\bdiskon"
    r"|\bpromo|\bgratis\b|\bcicil|\bpinjam|\bhadiah|\bundian|\bqris\b|\bgopay\b|\bovo\b|\bshopeepay\b"
    r"|\buang\b|\bduit\b|\bpulsa\b|\bsaldo\b|\bjual\b|\bdijual\b|\bbeli\b|\bsponsor",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d{7,}")
_POLITICS: Final = re.compile(
    r"\b(?:men|ny|ter|di)?coblos|\bpilih(?:lah|an)?\b|\bmemilih\b|\bpemilihan\b|\bdukung|\bmendukung"
    r"|\bmenangkan\b|\bpaslon\b|\bcalon (?!pengantin|ibu|jemaah|jamaah)|\bcaleg\b|\bcalonkan\b"
    r"|\bpartai\b|\bparpol\b|\bkampanye\b|\bpilkada\b|\bpilpres\b|\bpileg\b|\bpilkades\b|\bpilwali\b"
    r"|\bpemilu\b|\bnomor urut\b|\bhebat\b|\bdua periode\b|\blanjutkan\b|\b20\d\d (?:jaya|menang)",
    re.IGNORECASE,
)
_HEALTH: Final = re.compile(
    r"\bharam\b|\bhalal\b|\bsembuh|\bmenyembuh|\bpenyembuh|\bkhasiat|\bberkhasiat|\bampuh\b|\bmanjur\b"
    r"|\bmujarab\b|\bdijamin\b|\bmandul\b|\bkemandulan|\bautis|\bracun|\bberacun|\bbahaya|\bberbahaya|\bkebal\b"
    r"|\befek samping|\bhoaks\b|\bhoax\b|\bkonspirasi|\bmengobati|\bjamu\b|\bherbal\b|\bsusu formula"
    r"|\bsufor\b|\bkanker\b|\bpenyakit\b|\bmencegah\b|\bmenular|\bwabah\b|\btidak perlu\b|\bjangan\b"
    r"|\btolak\b",
    re.IGNORECASE,
)
