"""Laws of sharing duty over many posyandu: fair at the end, and no more handovers than that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_kit.model import Person, Pillar, Post, Posyandu
from content_kit.planning.strategy import Strategy
from content_kit.roster.fairness import fairness, handovers, loads

MakePost = Callable[..., Post]
PEOPLE = "abcde"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    duties=st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from(["", *PEOPLE])), max_size=40),
    able=st.fixed_dictionaries({u: st.lists(st.sampled_from(PEOPLE), unique=True) for u in "xyz"}),
)
def test_in_the_end_nobody_has_two_more_than_somebody_who_could_take_one(
    duties: list[tuple[str, str]], able: dict[str, list[str]], make_post: MakePost
) -> None:
    posts = [
        make_post(id=f"p{n}", unit=unit, duty=duty, date=date(2026, 12, 1) + timedelta(days=n % 28))
        for n, (unit, duty) in enumerate(duties)
    ]
    found = handovers(posts, able)
    taken = {one.post.id: one.taker for one in found}
    assert len(taken) == len(found)
    assert all(one.taker in able[one.post.unit] and one.giver != one.taker for one in found)
    assert all(one.giver == one.post.duty for one in found)
    after = {post.id: taken.get(post.id, post.duty) for post in posts}
    load = Counter(duty for duty in after.values() if duty)
    for post in posts:
        if post.duty:
            assert all(load[after[post.id]] <= load[other] + 1 for other in able[post.unit])


def test_loads_tell_everybody_who_posts_or_could(make_post: MakePost) -> None:
    people = {
        "ani": Person("ani", "Ani", units=("melati",)),
        "budi": Person("budi", "Budi", units=("melati", "mawar")),
        "kantor": Person("kantor", "Kantor"),
    }
    posts = [make_post(duty="ani"), make_post(duty="ani", unit="mawar"), make_post(duty="dulu")]
    told = [(one.person, one.name, one.posts, one.units) for one in loads(posts, people)]
    assert told == [("ani", "Ani", 2, 2), ("dulu", "dulu", 1, 1), ("budi", "Budi", 0, 0)]


def test_what_a_month_lacks(make_post: MakePost, melati: Posyandu) -> None:
    strategy = Strategy("uji", "Uji", (time(9),), silence=3)
    days = [date(2026, 12, day) for day in (*range(1, 31, 3), 31) if day not in (13, 16)]
    pillars = [Pillar.EDUKASI, Pillar.KADER, Pillar.TANYA_JAWAB]
    posts = [
        make_post(id=f"p{n}", date=day, pillar=pillars[n % 3], occurrence=None)
        for n, day in enumerate(days)
    ]
    units = {"melati": melati, "mawar": melati}
    found = fairness(posts, units, {}, date(2026, 12, 1), strategy)
    assert [hole.unit for hole in found.holes] == ["melati"]
    assert found.holes[0].pillars == (Pillar.JADWAL, Pillar.KEGIATAN)
    assert found.holes[0].silences == ((date(2026, 12, 11), date(2026, 12, 18)),)
    assert len(found.nobody) == len(posts)
