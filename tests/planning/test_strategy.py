"""Strategies: the bundled one is sound, an office's copy comes first, and mistakes are told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.model import Pillar
from content_kit.planning.strategy import load_strategy, strategy_names

NAME = "jemput-bola-digital"
TEXT = (bundled.root() / "assets" / "strategies" / f"{NAME}.yaml").read_text(encoding="utf-8")


def workspace(root: Path, text: str, name: str = "kantor-kami") -> Workspace:
    folder = root / "assets" / "strategies"
    folder.mkdir(parents=True)
    (root / "calendars").mkdir()
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Workspace.open(root)


def test_the_bundled_strategy_can_be_met_and_keeps_away_from_prayer_times() -> None:
    strategy, findings = load_strategy(Workspace(bundled.root()), NAME)
    assert strategy is not None
    assert not findings
    assert sum(span.least for span in strategy.mix.values()) <= 100
    assert sum(span.most or 100 for span in strategy.mix.values()) >= 100
    assert [beat.days_before for beat in strategy.series] == [7, 3, 1, 0]
    assert set(strategy.mix) == set(Pillar)
    for hour in (time(4, 45), time(12, 15), time(15, 40), time(18, 30), time(19, 40)):
        assert strategy.avoids(hour)
    assert not any(strategy.avoids(at) for at in strategy.spare_hours())


def test_an_office_has_its_own_strategy_beside_the_bundled_one(tmp_path: Path) -> None:
    place = workspace(tmp_path, TEXT.replace("sasaran: 5", "sasaran: 3", 1))
    assert strategy_names(place) == (NAME, "kantor-kami")
    strategy, findings = load_strategy(place, "kantor-kami")
    assert strategy is not None
    assert not findings
    assert strategy.week == 3


def test_an_unknown_strategy_names_the_nearest(tmp_path: Path) -> None:
    strategy, findings = load_strategy(workspace(tmp_path, TEXT), "kantor-kamu")
    assert strategy is None
    assert 'Maksudnya "kantor-kami"?' in findings[0].hint


def test_mistakes_are_told_and_the_rest_still_holds(tmp_path: Path) -> None:
    text = TEXT.replace('jam: ["06.30"', 'jam: ["18.30"').replace("jeda: 3", "jeda: lama")
    strategy, findings = load_strategy(workspace(tmp_path, text + "jadwl: 3\n"), "kantor-kami")
    assert strategy is not None
    told = " ".join(finding.message for finding in findings)
    assert "jam 18.30 jatuh pada waktu yang dihindari" in told
    assert '"lama" bukan angka' in told
    assert '"jadwl" tidak dikenal' in told
    assert strategy.silence == 3


def test_seasons_are_months() -> None:
    strategy, _ = load_strategy(Workspace(bundled.root()), NAME)
    assert strategy is not None
    assert strategy.in_season("asap", date(2026, 9, 1))
    assert not strategy.in_season("asap", date(2026, 12, 1))
    assert strategy.in_season("durian", date(2026, 12, 1))
