"""What comes with content_kit is fit to show: palettes readable, sample fictional, sourced and without errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_palette, load_services
from content_kit.files.facts import load_facts
from content_kit.files.institutions import load_institutions
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Level
from content_kit.model import Bidang, FieldValue, Palette, Pillar, Post
from content_kit.render import Press
from content_kit.schedule.week import Week
from content_kit.start import create_demo

INSTITUTIONS, _ = load_institutions(Workspace(bundled.root()))
PALETTES = ("teluk", "daun", "senja", "sungai")
STRONGEST_MOTIF = 0.12
"""Motifs are quiet: 8 to 12 % of a colour over the field."""
DATE_WORDS = (
    "Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Januari|Februari|Maret|April|Mei|Juni|Juli|"
    r"Agustus|September|Oktober|November|Desember|20\d\d"
)


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    """The bundled folder as a workspace of its own."""
    return Workspace(bundled.root())


@pytest.fixture(scope="module")
def sample(workspace: Workspace) -> Loaded:
    """The sample calendars, loaded."""
    return workspace.load()


def palette(workspace: Workspace, name: str) -> Palette:
    """A bundled palette that has no findings."""
    found, findings = load_palette(workspace, name)
    assert found is not None
    assert not findings
    return found


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG 2.2 defines it; written out here to check ours against."""
    parts = [value / 255 for value in colour]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(
    ground: tuple[int, int, int], over: tuple[int, int, int], alpha: float
) -> tuple[int, int, int]:
    """A colour with another laid over it."""
    red, green, blue = (round(a + (b - a) * alpha) for a, b in zip(ground, over, strict=True))
    return red, green, blue


def words(value: FieldValue) -> Iterator[str]:
    """Every text in a field's value."""
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if not isinstance(value, tuple) else value:
            yield from words(inner)


def errors(root: Path) -> list[str]:
    """Everything of level error that a workspace's posts and files have."""
    workspace = Workspace.open(root)
    press = Press(workspace, workspace.load())
    findings = [*press.general_findings()]
    for post in press.loaded.posts():
        findings += press.proof(post).findings
    return [finding.sentence() for finding in findings if finding.level is Level.ERROR]


@pytest.mark.parametrize("name", PALETTES)
def test_every_promised_pair_of_a_palette_is_readable(workspace: Workspace, name: str) -> None:
    found = palette(workspace, name)
    assert found.pairs
    for text, ground in found.pairs:
        assert contrast(found.colours[text], found.colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(
    ("text", "ground", "motif"),
    [
        ("on_primary", "primary", "on_primary"),
        ("kicker", "primary", "on_primary"),
        ("on_warm", "warm_deep", "on_warm"),
        ("on_deep", "deep", "soft"),
        ("glow", "deep", "soft"),
        ("soft", "deep", "soft"),
    ],
)
def test_texts_stay_readable_over_the_strongest_motif(
    workspace: Workspace, name: str, text: str, ground: str, motif: str
) -> None:
    colours = palette(workspace, name).colours
    under = mixed(colours[ground], colours[motif], STRONGEST_MOTIF)
    assert contrast(colours[text], under) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_palettes_can_stand_in_for_each_other(workspace: Workspace, name: str) -> None:
    first, other = palette(workspace, PALETTES[0]), palette(workspace, name)
    assert set(other.colours) == set(first.colours)
    assert other.pairs == first.pairs


def test_every_channel_limit_says_how_sure_we_are(workspace: Workspace) -> None:
    channels, formats, findings = load_channels(workspace)
    assert not findings
    assert {"wa-grup", "wa-status", "wa-saluran", "fb", "ig", "telegram"} <= set(channels)
    assert {"feed", "story", "square", "wide"} == set(formats)
    for channel in channels.values():
        assert channel.format in formats
        for limit in channel.limits.values():
            assert limit.grade in ("A", "B", "C", "U")
            assert limit.source
            assert limit.checked >= date(2026, 11, 1)


def test_every_service_has_its_art(workspace: Workspace) -> None:
    services, findings = load_services(workspace)
    assert not findings
    for service in services.values():
        assert workspace.asset(f"art/{service.art}.svg"), service.art


def test_the_sample_shows_all_five_pillars_and_all_six_bidang(sample: Loaded) -> None:
    assert len(sample.posyandu) == 2
    assert {post.pillar for post in sample.posts()} == set(Pillar)
    assert {post.bidang for post in sample.posts()} == set(Bidang)
    for unit in sample.posyandu:
        week = [post for post in sample.posts(unit) if Week.of(post.date) == Week(2026, 50)]
        assert {post.pillar for post in week} == set(Pillar), unit


def test_one_week_of_the_sample_is_at_least_twelve_pictures(
    workspace: Workspace, sample: Loaded
) -> None:
    channels, _, _ = load_channels(workspace)
    pictures = {
        (post.unit, post.id, channels[channel].format)
        for post in sample.posts()
        if Week.of(post.date) == Week(2026, 50)
        for channel in post.channels
    }
    assert len(pictures) >= 12
    assert {format for _, _, format in pictures} == {"feed", "story", "square"}


def test_the_sample_has_a_moved_day_and_a_post_that_tells(sample: Loaded) -> None:
    changes = [
        (unit, day.id, change)
        for unit, posyandu in sample.posyandu.items()
        for day in posyandu.service_days
        for change in day.changes
    ]
    assert len(changes) == 1
    unit, day, change = changes[0]
    assert change.moved_to is not None
    assert change.reason
    told = [post for post in sample.posts(unit) if post.occurrence is not None]
    assert {
        (post.occurrence.service_day, post.occurrence.date) for post in told if post.occurrence
    } == {(day, change.date)}


def test_the_sample_is_fictional_and_shows_nobody(sample: Loaded, workspace: Workspace) -> None:
    assert not sample.findings
    for posyandu in sample.posyandu.values():
        assert posyandu.fictional
        assert posyandu.region_code == "00.00"
        assert posyandu.contact.whatsapp.startswith("0812-0000-")
    photos = {".jpg", ".jpeg", ".png", ".webp"}
    assert not [p for p in (bundled.root() / "calendars").rglob("*") if p.suffix.lower() in photos]


def test_health_content_names_sources_that_may_be_printed(sample: Loaded) -> None:
    facts, _ = load_facts(Workspace(bundled.root()))
    for post in sample.posts():
        if post.pillar in (Pillar.EDUKASI, Pillar.TANYA_JAWAB):
            assert post.sources, post.id
            assert all(source.fact for source in post.sources), post.id
        for source in post.sources:
            assert source.state is facts[source.fact].state, "as honest as the bank of facts"
            assert INSTITUTIONS.allows(source.short or source.name), source.name


def test_texts_name_no_date_so_that_moving_a_day_never_makes_them_wrong(sample: Loaded) -> None:
    for post in sample.posts():
        for text in words(post.fields):
            assert not re.search(rf"\b(?:{DATE_WORDS})\b", text), f"{post.id}: {text}"


def test_ids_are_unique_and_people_exist(sample: Loaded) -> None:
    posts: list[Post] = sample.posts()
    assert len({post.id for post in posts}) == len(posts)
    for post in posts:
        assert post.duty in sample.people, post.id
        assert post.unit in sample.people[post.duty].units


def test_the_sample_has_nothing_that_must_be_fixed() -> None:
    assert errors(bundled.root()) == []


@pytest.mark.parametrize("day", ["2026-12-07", "2027-01-29", "2028-02-29", "2026-12-31"])
def test_the_demo_has_nothing_that_must_be_fixed_on_any_date(tmp_path: Path, day: str) -> None:
    root = create_demo(tmp_path / "demo", date.fromisoformat(day))
    assert errors(root) == []
