"""Days and hours: what a post says about them against the service day it announces.

People rely on these words to walk to the posyandu, and a moved day makes a right word wrong.
Sentences about other days are legitimate ("semula Senin", "paling lambat 31 Desember"), so
only words near an opening are held against the service day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.checks.case import Case, Text, leaves
from content_kit.findings import Finding
from content_kit.model import Channel, HolidayKind, Occurrence, Pillar, Post, Posyandu
from content_kit.schedule.dates import (
    DAYS,
    MONTHS,
    clock,
    day_name,
    distance,
    long_date,
    plain_date,
    relative,
    short_date,
)
from content_kit.schedule.holidays import Holidays, clash, clash_finding
from content_kit.schedule.named import title_of
from content_kit.schedule.occurrences import missing, occurrences
from content_kit.schedule.words import understand

CLASH: Final = timedelta(hours=1)
"""Posts of one unit in one channel closer than this push each other away."""

TWINS: Final = timedelta(days=75)
"""Within this time people remember having read the same words."""


def service_day(case: Case) -> Iterator[Finding]:
    """A post's `acara` exists, is certain, is not cancelled and not over."""
    post, occurrence = case.post, case.occurrence
    if post.occurrence is None:
        if post.pillar is Pillar.JADWAL:
            yield case.at(
                "wajib-diisi",
                "postingan jadwal ini belum menyebut hari bukanya.",
                "acara",
                'Isi "acara" dengan hari buka dan tanggal aslinya.',
            )
        return
    if occurrence is None:
        reason = missing(case.posyandu, post.occurrence)
        if reason is not None:
            code = "jadwal-belum-pasti" if reason.waiting else "acara-tidak-ada"
            yield case.at(code, reason.reason, "acara", reason.hint)
        return
    if occurrence.cancelled:
        if not _announces_cancelling(case):
            yield case.at(
                "acara-batal",
                f"hari buka {long_date(occurrence.date)} sudah dibatalkan.",
                "acara",
                'Belum dikirim? Hapus postingan ini, atau tulis di judul bahwa hari buka ini "batal". '
                "Sudah dikirim? Biarkan: kabar batalnya ada di pengumuman.",
            )
        return
    if occurrence.change is None and post.template == ANNOUNCEMENT and _announces_change(case):
        yield case.at(
            "pengumuman-salah",
            f"hari buka {long_date(occurrence.date)} seperti biasa, padahal judul ini bilang berubah.",
            "isi.judul",
            "Belum dikirim? Hapus postingan ini. Sudah dikirim? Biarkan, lalu kabarkan lewat j di "
            "Beranda, Jadwal berubah.",
        )
    if post.pillar is not Pillar.KEGIATAN and _over(post, case.posyandu, occurrence):
        yield case.at(
            "acara-lewat",
            f"postingan ini keluar {long_date(post.date)} jam {clock(post.time)}, "
            f"sesudah hari buka {long_date(occurrence.date)} selesai.",
            "tanggal",
            "Majukan tanggalnya, atau pakai jenis kegiatan untuk cerita sesudah hari buka.",
        )


def weekdays(case: Case) -> Iterator[Finding]:
    """A weekday beside a date is that date's, and one beside "buka" is the service day's."""
    for text in case.texts:
        if not _WEEKDAY.search(text.words):
            continue
        for sentence in text.sentences():
            dates = tuple(_dates(sentence, case.post.date))
            for written in dates:
                if written.weekday is not None and written.weekday != written.day.weekday():
                    yield case.on(
                        text,
                        "hari-salah",
                        f'tertulis "{written.words}", padahal {plain_date(written.day)} '
                        f"hari {day_name(written.day)}.",
                        f"Tulis {long_date(written.day)}.",
                    )
            if not dates:
                yield from _lone_weekday(case, text, sentence)


def dates(case: Case) -> Iterator[Finding]:
    """A date near "buka" is the date that holds, also after the service day moved."""
    occurrence = case.occurrence
    if occurrence is None or case.post.pillar is Pillar.KEGIATAN:
        return
    for text in case.texts:
        for sentence in text.sentences():
            if not _about_opening(case, text, sentence) or _SPEAKS_OF_CHANGE.search(sentence):
                continue
            found = [written for written in _dates(sentence, case.post.date) if not written.limit]
            if any(written.day == occurrence.date for written in found):
                continue
            for written in found:
                yield case.on(
                    text,
                    "tanggal-beda",
                    f'tertulis "{written.words}", padahal hari bukanya '
                    f"{long_date(occurrence.date)}.",
                    f"Tulis {long_date(occurrence.date)}.",
                )


def time_words(case: Case) -> Iterator[Finding]:
    """The words "hari ini", "besok" and "lusa" are true on the day the post goes out."""
    post, occurrence = case.post, case.occurrence
    if occurrence is None or post.pillar is Pillar.KEGIATAN or occurrence.date < post.date:
        return
    right = relative(occurrence.date, post.date)
    for text in case.texts:
        for sentence in text.sentences():
            if not _about_opening(case, text, sentence):
                continue
            said = [match[0].lower() for match in _TIME_WORD.finditer(sentence)]
            if right in said:
                continue
            for word in dict.fromkeys(said):
                yield case.on(
                    text,
                    "kata-waktu-salah",
                    f'tertulis "{word}", padahal hari bukanya '
                    f"{distance(occurrence.date, post.date)} ({long_date(occurrence.date)}).",
                    f'Ganti "{word}" menjadi "{right or long_date(occurrence.date)}".',
                )


def clashes(
    posts: Iterable[Post],
    units: Mapping[str, Posyandu],
    channels: Mapping[str, Channel] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Two posts of one unit in one channel within the same hour; `channels` have the names."""
    latest: dict[tuple[str, str], tuple[datetime, Post]] = {}
    for instant, post in _by_instant(posts, units):
        against: dict[str, list[str]] = {}
        others: dict[str, Post] = {}
        for channel in dict.fromkeys(post.channels):
            before = latest.get((post.unit, channel))
            again = before is not None and _tells_anew(post, before[1])
            if before is not None and instant - before[0] < CLASH and not again:
                against.setdefault(before[1].id, []).append(channel)
                others[before[1].id] = before[1]
            latest[post.unit, channel] = (instant, post)
        for id, found in against.items():
            names = (channels[each].name if each in channels else each for each in found)
            yield Finding(
                "jam-bentrok",
                f'keluar hampir bersamaan dengan "{title_of(others[id])}" '
                f"({short_date(others[id].date)}, jam {clock(others[id].time)}) "
                f"di {', '.join(names)}.",
                post.place("jam"),
                post.id,
                "Beri jarak paling sedikit satu jam.",
            )


def _tells_anew(post: Post, before: Post) -> bool:
    """Whether a post is the next announcement of the same day: that one must not wait."""
    same = post.occurrence == before.occurrence
    return same and post.template == before.template == ANNOUNCEMENT


def twins(posts: Iterable[Post], units: Mapping[str, Posyandu]) -> Iterator[Finding]:
    """Two posts of one unit with the same words within a few weeks.

    Each service day may have its own invitation and its own story.
    """
    latest: dict[tuple[object, ...], Post] = {}
    for _, post in _by_instant(posts, units):
        words = _words(post)
        if not words:
            continue
        own = post.pillar in (Pillar.JADWAL, Pillar.KEGIATAN)
        key = (post.unit, words, post.occurrence if own else None)
        before = latest.get(key)
        latest[key] = post
        if before is not None and post.date - before.date < TWINS:
            yield Finding(
                "teks-kembar",
                f'teksnya sama dengan "{title_of(before)}" ({plain_date(before.date)}).',
                post.place("isi"),
                post.id,
                "Ubah kata-katanya, supaya warga tidak melewatkannya.",
            )


def holidays(posyandu: Posyandu, months: Iterable[date], book: Holidays) -> Iterator[Finding]:
    """Service days of these months that are no ordinary days; a free day is only suggested.

    A holiday, joint leave, Ramadan with the usual hours, or a Sunday that only the number of a
    date brought about.
    """
    fasting: set[tuple[str, int]] = set()  # told once for each service day and Ramadan
    for month in sorted({day.replace(day=1) for day in months}):
        first, last = month, month.replace(day=monthrange(month.year, month.month)[1])
        found = [each for each in occurrences(posyandu, first, last)[0] if not each.cancelled]
        if not found:
            continue
        around = occurrences(posyandu, *_around(first, last))[0]
        taken = {each.date for each in around if not each.cancelled}
        for occurrence in found:
            yield from _holiday(posyandu, occurrence, taken, book, fasting)


def _around(first: date, last: date) -> tuple[date, date]:
    fortnight = timedelta(days=14)
    return (
        first - min(fortnight, first - date.min),
        last + min(fortnight, date.max - last),
    )


def _holiday(
    posyandu: Posyandu,
    occurrence: Occurrence,
    taken: set[date],
    book: Holidays,
    fasting: set[tuple[str, int]],
) -> Iterator[Finding]:
    day, change = occurrence.date, occurrence.change
    service = posyandu.service_day(occurrence.service_day)
    if service is None:
        return
    rule = understand(service.rule)[0]
    moved = day != occurrence.original
    chosen = moved or rule is None or rule.chooses_weekday(day)
    found = clash(day, book, chosen_weekday=chosen)
    if found is None:
        return
    if found[1] is HolidayKind.RAMADAN:
        asked = (service.id, day.year)
        if asked in fasting or (change is not None and change.hours is not None):
            return
        fasting.add(asked)
    told = clash_finding(
        day,
        found,
        book,
        taken,
        chosen_sunday=chosen and day.weekday() == 6,
        said=f'hari buka "{occurrence.name}" {long_date(day)}',
    )
    yield replace(told, place=change.at if moved and change else service.rule_at)


def _by_instant(
    posts: Iterable[Post], units: Mapping[str, Posyandu]
) -> list[tuple[datetime, Post]]:
    known = [(post.instant(units[post.unit].zone), post) for post in posts if post.unit in units]
    return sorted(known, key=lambda pair: (pair[0], pair[1].unit, pair[1].id))


def _words(post: Post) -> str:
    """The post's texts in the order of their fields, only letters and digits."""
    texts = sorted((path, text) for path, text, _ in leaves(post.fields, {}))
    return " ".join(re.findall(r"\w+", " ".join(text for _, text in texts).casefold()))


def _over(post: Post, posyandu: Posyandu, occurrence: Occurrence) -> bool:
    """Whether the service day has ended when the post goes out; an open end lasts all day."""
    if occurrence.hours.end is None:
        return post.date > occurrence.date
    ended = datetime.combine(occurrence.date, occurrence.hours.end, posyandu.zone.tz)
    return post.instant(posyandu.zone) >= ended


def _announces_cancelling(case: Case) -> bool:
    return any(_CANCELLING.search(text.words) for text in case.texts if _is_title(text))


def _announces_change(case: Case) -> bool:
    return any(_CHANGING.search(text.words) for text in case.texts if _is_title(text))


_CHANGING: Final = re.compile(r"\b(?:pindah\w*|berubah|diganti|batal\w*)\b", re.IGNORECASE)

_CANCELLING: Final = re.compile(
    r"\b(?:batal|dibatalkan|ditiadakan|tidak (?:jadi )?buka|libur|ditunda|tutup)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Written:
    """A date as it stands in a sentence; `limit` tells a deadline or one end of a range."""

    words: str
    day: date
    weekday: int | None
    limit: bool


_NAME: Final = "|".join([*DAYS, "Jum'at", "Ahad"])
_WEEKDAY: Final = re.compile(rf"\b(?:{_NAME})\b", re.IGNORECASE)
_MONTH: Final = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS)
_DATE: Final = re.compile(
    rf"(?:\b(?P<hari>{_NAME})\b[ ,]{{1,2}}(?:tanggal |tgl\.? )?)?"
    rf"(?<![\d/.\-])(?:(?P<d>\d{{1,2}}) (?P<m>{_MONTH})\b\.?(?: (?P<y>\d{{4}})\b)?"
    r"|(?P<d2>\d{1,2})(?P<s>[/\-])(?P<m2>\d{1,2})(?P=s)(?P<y2>\d{4})(?!\d)"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?!\d))",
    re.IGNORECASE,
)
_LIMIT_BEFORE: Final = re.compile(
    r"(?:\b(?:sampai|hingga|sebelum|sesudah|setelah|sejak|mulai|dari|lambat|akhir|batas|s\.?d\.?)"
    rf"(?: dengan)?(?: hari)?(?: tanggal| tgl\.?)?|\d\s*[-–]|\bdan|[-–])\s*(?:(?:{_NAME})[ ,]*)?$",
    re.IGNORECASE,
)
_LIMIT_AFTER: Final = re.compile(r"\s*(?:[-–]|sampai\b|hingga\b|s\.?d\b|dan \d)", re.IGNORECASE)
_OPENING: Final = re.compile(
    r"\b(?:buka|dibuka|hari buka|jadwal posyandu|jadwalnya|datang|hadir|ditunggu|kami tunggu"
    r"|(?:hari ini|besok|lusa),? (?:ada |hari )?posyandu|catat tanggal(?:nya)?)\b",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:puskesmas|pustu|rumah sakit|klinik|bidan praktik|pendaftaran)\b", re.IGNORECASE
)
_SPEAKS_OF_CHANGE: Final = re.compile(
    r"\b(?:semula|tadinya|sebelumnya|pindah|dipindah(?:kan)?|diundur|undur|mundur|dimajukan|maju"
    r"|diganti|bukan|batal|dibatalkan|ditiadakan|biasanya|bulan (?:lalu|depan)|berikutnya"
    r"|tidak|tak|belum|libur|kemarin)\b",
    re.IGNORECASE,
)
_TIME_WORD: Final = re.compile(
    r"(?<!sampai )(?<!hingga )(?<!sejak )(?<!mulai )(?<!tunda )(?<!menunggu )(?<!tunggu )"
    r"(?<!ke)(?<!-)\b(?:hari ini(?! juga)|besok(?! lusa)(?!-)|lusa)\b",
    re.IGNORECASE,
)
_LONE: Final = re.compile(
    rf"\b(?:buka|dibuka)\b(?: \w+)?? (?P<a>hari )?(?P<ad>{_NAME})\b"
    rf"|\b(?P<b>hari )?(?P<bd>{_NAME})\b(?: ini)?,? (?:\w+ )??(?:buka|dibuka)\b",
    re.IGNORECASE,
)
_REPEATED: Final = re.compile(
    rf"\b(?:setiap|tiap|semua)\b|\b(?:{_NAME})\b\s*(?:sampai|hingga|s\.?d\.?|[-–/]|dan|atau|,)"
    rf"\s*(?:hari )?(?:{_NAME})\b|\bke-?\d|\b(?:pertama|kedua|ketiga|keempat|terakhir)\b",
    re.IGNORECASE,
)


def _dates(sentence: str, seen_from: date) -> Iterator[_Written]:
    """The dates of a sentence; one without a year is the nearest to the post."""
    for match in _DATE.finditer(sentence):
        named = match["hari"]
        day = _day(match, seen_from)
        if day is None:
            continue
        before = sentence[max(match.start() - 60, 0) : match.start()]
        after = sentence[match.end() : match.end() + 20]
        limit = bool(_LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after))
        yield _Written(match[0].strip(" ."), day, _weekday(named) if named else None, limit)


def _day(match: re.Match[str], seen_from: date) -> date | None:
    number = match["d"] or match["d2"] or match["d3"]
    name, year = match["m"], match["y"] or match["y2"] or match["y3"]
    month = (
        next(n for n, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())
        if name
        else int(match["m2"] or match["m3"])
    )
    years = [int(year)] if year else [seen_from.year + shift for shift in (-1, 0, 1)]
    possible = filter(None, (_date(each, month, int(number)) for each in years))
    return min(possible, key=lambda day: abs(day - seen_from), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(name: str) -> int:
    plain = {"jum'at": "jumat", "ahad": "minggu"}.get(name.lower(), name.lower())
    return [day.lower() for day in DAYS].index(plain)


def _about_opening(case: Case, text: Text, sentence: str) -> bool:
    """Whether a sentence tells when the posyandu opens.

    A schedule post's title and the line with the place always do; a sentence about another
    house (puskesmas, registration) never does.
    """
    if _OTHERS.search(sentence):
        return False
    if _OPENING.search(sentence):
        return True
    if case.post.pillar is not Pillar.JADWAL:
        return False  # "Hari AIDS Sedunia, 1 Desember" may be the title of a lesson
    place = case.occurrence.place if case.occurrence else ""
    return _is_title(text) or bool(place and place.lower() in sentence.lower())


def _is_title(text: Text) -> bool:
    return text.path.startswith("isi.judul")


def _lone_weekday(case: Case, text: Text, sentence: str) -> Iterator[Finding]:
    """Finds "buka hari Senin" in a post whose service day is a Tuesday."""
    occurrence = case.occurrence
    if occurrence is None or case.post.pillar is Pillar.KEGIATAN or occurrence.cancelled:
        return
    spoils: Sequence[re.Pattern[str]] = (_OTHERS, _SPEAKS_OF_CHANGE, _REPEATED)
    if any(spoil.search(sentence) for spoil in spoils):
        return
    for match in _LONE.finditer(sentence):
        named, called = (match["ad"], match["a"]) if match["ad"] else (match["bd"], match["b"])
        if named.lower() == "minggu" and not called:
            continue  # "buka minggu ini" speaks of the week
        if _weekday(named) != occurrence.date.weekday():
            yield case.on(
                text,
                "hari-salah",
                f'tertulis "{match[0].strip()}", padahal hari bukanya '
                f"{long_date(occurrence.date)}.",
                f"Ganti {named} menjadi {day_name(occurrence.date)}.",
            )
