"""A policy does not end by silence: what the file says no more, this machine may still know."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content_kit.files.workspace import Workspace
from content_kit.render import Press
from content_kit.review.memory import Memory
from content_kit.review.reviews import Reviews
from content_kit.start import create_demo

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_demo(tmp_path_factory.mktemp("lupa") / "contoh", date(2026, 12, 7))


def reviews(root: Path, memory: Memory, text: str | None) -> Reviews:
    office = root / "calendars/kantor.yaml"
    office.unlink(missing_ok=True)
    if text is not None:
        office.write_text(text, "utf-8")
    workspace = Workspace(root)
    return Reviews(Press(workspace, workspace.load()), NOW, memory=memory)


SILENT = {"gone": None, "cut": "nama: Diskominfo\n", "no word": "nama: A\npersetujuan:\n"}
EMPTY = {"bytes": "", "remark": "# persetujuan: satu\n", "braces": "{}\n", "names": "nama:\nkop:\n"}


@pytest.mark.parametrize("text", [*SILENT.values(), *EMPTY.values()], ids=[*SILENT, *EMPTY])
def test_a_machine_that_saw_a_policy_closes_where_it_is_no_longer_said(
    sample: Path, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "ingatan.json"
    assert reviews(sample, Memory.open(file), "persetujuan: satu\n").asks
    after = reviews(sample, Memory.open(file), text)
    assert after.asks
    assert not after.desk("melati").clear
    told = [*after.press.loaded.findings, *after.findings()]
    assert "calendars/kantor.yaml" in [found.place.file for found in told]


@pytest.mark.parametrize("text", EMPTY.values(), ids=[*EMPTY])
def test_a_file_that_says_nothing_closes_where_nobody_ever_saw_more(
    sample: Path, text: str
) -> None:
    after = reviews(sample, Memory(), text)
    assert after.asks
    told = [f for f in after.press.loaded.findings if f.place.file == "calendars/kantor.yaml"]
    assert [(found.code, found.place.line) for found in told] == [("berkas-kosong", 1)]
    assert "persetujuan: tidak_ada" in told[0].hint


@pytest.mark.parametrize("text", SILENT.values(), ids=[*SILENT])
def test_an_office_that_never_wanted_approvals_stays_open(sample: Path, text: str | None) -> None:
    assert not reviews(sample, Memory(), text).asks


def test_only_the_word_itself_ends_a_policy(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "ingatan.json"
    reviews(sample, Memory.open(file), "persetujuan: dua\n")
    assert not reviews(sample, Memory.open(file), "persetujuan: tidak_ada\n").asks
    assert not reviews(sample, Memory.open(file), "nama: Diskominfo\n").asks
