"""The balance counts what is there, against each target, and finds silence, clashes and twins."""

from __future__ import annotations

from datetime import date, time, timedelta

from content_kit.model import Audience, Bidang, Pillar, Post
from content_kit.planning.balance import balance, share, weeks_of
from content_kit.planning.strategy import Span, Strategy
from content_kit.schedule.week import Week

MONTH = date(2026, 12, 1)
STRATEGY = Strategy(
    "uji", "Uji", (time(9),), week=3, week_least=2,
    mix={Pillar.EDUKASI: Span(50, 100)}, bidang={Bidang.SOSIAL: 3},
    audience={Audience.LANSIA: 3},
)  # fmt: skip


def post(number: int, day: date, title: str = "", pillar: Pillar = Pillar.EDUKASI) -> Post:
    return Post(
        id=f"p{number}", unit="melati", date=day, time=time(9), pillar=pillar, template="x",
        channels=("fb",), audience=(Audience.BAYI,), fields={"judul": title or f"Judul {number}"},
    )  # fmt: skip


def test_a_month_counts_its_own_posts_and_a_quarter_those_of_three_months() -> None:
    posts = [post(n, date(2026, 10 + n, 1)) for n in range(3)]
    found = balance("melati", MONTH, posts, STRATEGY)
    assert dict(found.pillars) == {(Pillar.EDUKASI, Week(2026, 49)): 1}
    assert found.months == (date(2026, 10, 1), date(2026, 11, 1), MONTH)
    assert [found.bidang[Bidang.KESEHATAN, month] for month in found.months] == [1, 1, 1]
    sosial = next(target for target in found.targets if "sosial" in target.name)
    assert (sosial.have, sosial.least, sosial.met) == (0, 3, False)
    assert "0 postingan, targetnya paling sedikit 3" in sosial.sentence()


def test_a_first_month_needs_only_its_third_of_the_quarter() -> None:
    found = balance("melati", MONTH, [post(1, MONTH)], STRATEGY)
    assert next(target for target in found.targets if "lansia" in target.name).least == 1


def test_silence_clashes_and_twins_are_found() -> None:
    posts = [
        post(1, MONTH, "Sama kata"),
        post(2, MONTH, "Lain"),
        post(3, MONTH + timedelta(days=6), "sama  KATA!"),
    ]
    found = balance("melati", MONTH, posts, STRATEGY)
    assert found.clashes == (("p1", "p2"),)
    assert found.duplicates == (("p1", "p3"),)
    assert found.gaps[0] == (date(2026, 12, 2), date(2026, 12, 6))


def test_table_and_json_tell_the_same() -> None:
    found = balance("melati", MONTH, [post(1, MONTH)], STRATEGY)
    table = found.table()
    assert "melati, Desember 2026" in table
    assert "belum: sasaran lansia dalam tiga bulan" in table
    assert all(len(line) <= 80 for line in table.splitlines() if "belum:" not in line)
    data = found.as_json()
    assert data["pillars"] == {"edukasi": {"2026-W49": 1}}
    assert data["bidang"] == {"kesehatan": {"2026-12": 1}}
    targets = data["targets"]
    assert isinstance(targets, list)
    assert len(targets) == len(found.targets)


def test_parts_of_weeks_have_parts_of_the_target() -> None:
    assert [str(week) for week in weeks_of(MONTH)][0::4] == ["2026-W49", "2026-W53"]
    assert [share(5, days) for days in (1, 2, 4, 6, 7)] == [1, 1, 3, 4, 5]
