"""The guide shows what is there: its pictures exist, its key paths lead where it says, its cards fit its facts."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from content_kit.files.yaml import Map, Scalar, Seq, parse

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PICTURES = DOCS / "gambar" / "panduan"


def script(name: str) -> ModuleType:
    """A script in `docs/`, as a module."""
    spec = util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


layar = script("layar")


def test_every_picture_is_made_by_the_script_and_used_by_the_guide() -> None:
    text = (DOCS / "panduan.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(gambar/panduan/([\w-]+)\.png\)", text)
    names = [name for _, name in shown]
    made = [shot.name for shot in layar.SHOTS]
    assert sorted(made) == sorted(path.stem for path in PICTURES.iterdir())
    assert sorted(set(names)) == sorted(made)
    assert len(set(made)) == len(made)
    assert all(len(words) > 15 for words, _ in shown), "a picture says in words what it shows"


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert max(sizes.values()) < 80_000
    assert sum(sizes.values()) < 1_200_000


def test_no_task_of_the_guide_is_long_and_each_says_what_to_do_when_stuck() -> None:
    text = (DOCS / "panduan.md").read_text(encoding="utf-8")
    tasks = re.split(r"(?m)^### ", text)[1:]
    assert len(tasks) > 15
    for task in tasks:
        steps = re.findall(r"(?m)^(\d+)\. ", task.split("\n---\n")[0])
        title = task.split("\n", 1)[0]
        assert [int(number) for number in steps] == list(range(1, len(steps) + 1)), title
        assert 3 <= len(steps) <= 6, title
        assert "**Kalau macet.**" in task, title


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("machines")


def deepest() -> list[Any]:
    """The walks that no other walk goes through: whoever gets there passed the others' screens."""
    return [
        shot
        for shot in layar.SHOTS
        if not any(
            other is not shot
            and (other.stage, other.me) == (shot.stage, shot.me)
            and len(other.keys) > len(shot.keys)
            and other.keys[: len(shot.keys)] == shot.keys
            for other in layar.SHOTS
        )
    ]


@pytest.mark.slow
@pytest.mark.parametrize("shot", deepest(), ids=lambda shot: shot.name)
def test_the_keys_of_every_picture_still_lead_to_its_screen(
    shot: Any, stages: Path, tmp_path: Path
) -> None:
    pattern, base = stages / shot.stage, tmp_path / "laptop"
    if not pattern.exists():
        layar.made(shot.stage, pattern)
    shutil.copytree(pattern, base)
    with layar.machine(base), ThreadPoolExecutor(1) as threads:
        screen, svg = threads.submit(lambda: asyncio.run(layar.walk(shot, base))).result()
    assert screen == shot.screen
    assert "<text" in layar.drawn(svg)


def test_a_far_font_never_stays_in_a_picture() -> None:
    svg = (
        "<style>@font-face { font-family: X; src: url(https://x.test/x.woff); }"
        ".a { font-family: Fira Code; }</style>"
        '<text class="r" x="12.2" y="20" textLength="36.6" clip-path="url(#l)">a▀b</text>'
    )
    drawn = layar.drawn(svg)
    assert "https:" not in drawn
    assert "Fira" not in drawn
    assert drawn.count("<text") == 2
    assert drawn.count("<rect") == 1
    assert '<text class="r" x="36.6"' in drawn


def cards() -> list[Map]:
    """The cards as they are written."""
    root, findings = parse(
        (DOCS / "kartu" / "kartu.yaml").read_text(encoding="utf-8"), "kartu.yaml"
    )
    assert not findings
    assert isinstance(root, Map)
    found = root.get("kartu")
    assert isinstance(found, Seq)
    return [card for card in found.items if isinstance(card, Map)]


def test_every_card_has_few_words_and_a_drawing_of_ours() -> None:
    assert len(cards()) == 6
    for card in cards():
        steps, art, name = card.get("langkah"), card.get("gambar"), card.get("id")
        assert isinstance(steps, Seq)
        assert isinstance(name, Scalar)
        assert isinstance(art, Scalar)
        assert 4 <= len(steps.items) <= 6
        assert (ROOT / "assets" / "art" / f"{art.text}.svg").is_file()
        assert (DOCS / "kartu" / f"{name.text}.jpg").is_file()
        for step in steps.items:
            assert isinstance(step, Map)
            said, more, own = step.get("kata"), step.get("lanjut"), step.get("gambar")
            assert isinstance(said, Scalar)
            assert isinstance(more, Scalar)
            assert len(said.text) <= 28, said.text
            assert len(more.text) <= 48, more.text
            if isinstance(own, Scalar):
                assert (ROOT / "assets" / "art" / f"{own.text}.svg").is_file()


def test_the_printed_cards_have_a_page_each() -> None:
    pdf = (DOCS / "kartu" / "kartu.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(cards())
