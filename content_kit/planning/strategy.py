"""A strategy: what a good month looks like, as data that an office copies and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final, TypeVar

from content_kit.files.assets import read_asset
from content_kit.files.reader import Reader, read_clock, read_hours
from content_kit.files.workspace import Workspace
from content_kit.findings import NOWHERE, Finding, Place, clipped, nearest
from content_kit.model import Audience, Bidang, Hours, Pillar
from content_kit.schedule.dates import clock

FOLDER: Final = "strategies"
"""Where strategies lie in `assets/`; a user's file takes the place of the bundled one of its name."""

E = TypeVar("E", Bidang, Audience)


@dataclass(frozen=True, slots=True)
class Span:
    """A target: at least, and at most (None leaves it open)."""

    least: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """One announcement of a service day: how many days before it, and at which hours at best."""

    name: str
    days_before: int
    hours: tuple[time, ...]

    @property
    def sign(self) -> str:
        """As planners write it: "H-7"; the day itself is "hari H"."""
        return f"H-{self.days_before}" if self.days_before else "hari H"


@dataclass(frozen=True, slots=True)
class Strategy:
    """What a month aims at. Numbers of a quarter are minima; of the mix, per cent of a month."""

    id: str
    name: str
    hours: tuple[time, ...]
    week: int = 5
    week_least: int = 3
    week_most: int = 8
    day_most: int = 2
    silence: int = 3
    two_way: int = 1
    mix: Mapping[Pillar, Span] = field(default_factory=dict, hash=False)
    bidang: Mapping[Bidang, int] = field(default_factory=dict, hash=False)
    audience: Mapping[Audience, int] = field(default_factory=dict, hash=False)
    pillar_hours: Mapping[Pillar, tuple[time, ...]] = field(default_factory=dict, hash=False)
    ramadan_hours: tuple[time, ...] = ()
    avoid: tuple[Hours, ...] = ()
    series: tuple[Beat, ...] = ()
    recap: bool = True
    rests: Mapping[Pillar, int] = field(default_factory=dict, hash=False)
    rest: int = 180
    observances: int = 4
    roles: tuple[str, ...] = ("kader", "kim")
    seasons: Mapping[str, tuple[int, ...]] = field(default_factory=dict, hash=False)

    def hours_for(self, pillar: Pillar, *, ramadan: bool = False) -> tuple[time, ...]:
        """The hours at which a post of this pillar may go out, the best first."""
        if ramadan and self.ramadan_hours:
            return self.ramadan_hours
        return self.pillar_hours.get(pillar) or self.hours

    def spare_hours(self) -> tuple[time, ...]:
        """Every half hour of the day that is not avoided, for what must go out on one very day."""
        grid = (time(hour, minute) for hour in range(6, 21) for minute in (0, 30))
        return tuple(at for at in grid if not self.avoids(at))

    def avoids(self, at: time) -> bool:
        """Whether nothing should go out then, as at prayer times."""
        return any(span.start <= at < (span.end or time.max) for span in self.avoid)

    def rest_of(self, pillar: Pillar) -> timedelta:
        """How long an entry of this pillar rests before it may be used again."""
        return timedelta(days=self.rests.get(pillar, self.rest))

    def in_season(self, season: str, day: date) -> bool:
        """Whether a day lies in a season; a strategy that does not know it lets it be."""
        months = self.seasons.get(season)
        return months is None or day.month in months


def strategy_names(workspace: Workspace) -> tuple[str, ...]:
    """The strategies that can be chosen."""
    return workspace.asset_names(FOLDER, ".yaml")


def load_strategy(
    workspace: Workspace, name: str, at: Place = NOWHERE
) -> tuple[Strategy | None, list[Finding]]:
    """`assets/strategies/<name>.yaml`; `at` is where the name was written. None without hours."""
    if name not in strategy_names(workspace):
        return None, [
            Finding(
                "nilai-salah",
                f'strategi "{clipped(name)}" tidak ada.',
                at,
                hint=nearest(name, strategy_names(workspace)),
            )
        ]
    top, findings = read_asset(workspace, f"{FOLDER}/{name}.yaml")
    if top is None:
        return None, findings
    title = top.text("nama", default=name)
    top.text("keterangan")
    week, rest = top.child("seminggu"), top.child("istirahat")
    hours = _clocks(top, "jam", required=True)
    by_pillar = top.child("jam_jenis")
    strategy = Strategy(
        id=name,
        name=title,
        hours=hours,
        week=_count(week, "sasaran", 5),
        week_least=_count(week, "paling_sedikit", 3),
        week_most=_count(week, "paling_banyak", 8),
        day_most=_count(top, "sehari", 2),
        silence=_count(top, "jeda", 3),
        two_way=_count(top, "tanya_jawab", 1),
        mix=_mix(top.child("campuran")),
        bidang=_minima(top.child("bidang"), Bidang),
        audience=_minima(top.child("sasaran"), Audience),
        pillar_hours={
            pillar: found
            for pillar in Pillar
            if by_pillar and (found := _clocks(by_pillar, pillar.value))
        },
        ramadan_hours=_clocks(top, "jam_ramadan"),
        avoid=_avoided(top),
        series=tuple(_beats(top, hours)),
        recap=top.get("rekap") is None or top.flag("rekap"),
        rest=_count(rest, "pustaka", 180),
        rests={
            pillar: _count(rest, pillar.value, 180)
            for pillar in Pillar
            if rest and rest.get(pillar.value) is not None
        },
        observances=_count(top, "peringatan", 4),
        roles=top.texts("petugas") or ("kader", "kim"),
        seasons=_seasons(top.child("musim")),
    )
    for reader in filter(None, (week, rest, by_pillar)):
        reader.finish()
    top.finish()
    _refuse_prayer_times(strategy, top)
    if not hours and not findings:
        top.findings.at("wajib-diisi", '"jam" belum diisi.', top.at("jam"), 'Isi "jam".')
    return strategy if hours else None, findings


def _count(reader: Reader | None, key: str, default: int) -> int:
    if reader is None:
        return default
    number = reader.number(key, default=default)
    if number < 0 or number != int(number) or number > 1000:
        reader.findings.at("nilai-salah", "harus bilangan bulat, paling kecil 0.", reader.at(key))
        return default
    return int(number)


def _clocks(reader: Reader, key: str, *, required: bool = False) -> tuple[time, ...]:
    words = reader.scalars(key, required=required)
    found = (read_clock(word.text, word.place, reader.findings) for word in words)
    return tuple(dict.fromkeys(at for at in found if at is not None))


def _mix(reader: Reader | None) -> dict[Pillar, Span]:
    found: dict[Pillar, Span] = {}
    for pillar in Pillar:
        span = reader.child(pillar.value) if reader else None
        if span:
            found[pillar] = Span(
                _count(span, "paling_sedikit", 0), _count(span, "paling_banyak", 100)
            )
            span.finish()
    if reader:
        reader.finish()
    return found


def _minima(reader: Reader | None, kind: type[E]) -> dict[E, int]:
    if reader is None:
        return {}
    found = {word: _count(reader, word.value, 0) for word in kind}
    reader.finish()
    return {word: number for word, number in found.items() if number}


def _beats(top: Reader, hours: tuple[time, ...]) -> list[Beat]:
    beats: dict[int, Beat] = {}
    for item in top.children("seri", name="nama"):
        days = _count(item, "jarak", 0)
        beat = Beat(item.text("nama", required=True), days, _clocks(item, "jam") or hours)
        item.finish()
        beats.setdefault(days, beat)
    return sorted(beats.values(), key=lambda beat: -beat.days_before)


def _seasons(reader: Reader | None) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for key in reader.node.keys() if reader else ():
        assert reader is not None
        words = reader.scalars(key)
        months = [int(word.text) for word in words if word.text.strip().isdecimal()]
        if len(months) != len(words) or not all(1 <= month <= 12 for month in months):
            reader.findings.at("nilai-salah", "bulan ditulis 1 sampai 12.", reader.at(key))
        else:
            found[key] = tuple(months)
    return found


def _avoided(top: Reader) -> tuple[Hours, ...]:
    words = top.scalars("hindari")
    found = (read_hours(word.text, word.place, top.findings) for word in words)
    return tuple(span for span in found if span is not None)


def _refuse_prayer_times(strategy: Strategy, top: Reader) -> None:
    beats = [at for beat in strategy.series for at in beat.hours]
    pillars = [at for hours in strategy.pillar_hours.values() for at in hours]
    for at in dict.fromkeys([*strategy.hours, *strategy.ramadan_hours, *pillars, *beats]):
        if strategy.avoids(at):
            top.findings.at(
                "nilai-salah",
                f"jam {clock(at)} jatuh pada waktu yang dihindari.",
                top.at("hindari"),
                "Pilih jam lain, atau ubah waktu yang dihindari.",
            )
