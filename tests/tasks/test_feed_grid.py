"""The feed in one picture: which posts, in which order, and what stands in for a missing picture."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from content_kit.cli import run
from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.picture.mosaic import CELL, GAP, mosaic
from content_kit.picture.nodes import Solid
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import FillItem, Rect, Scene
from content_kit.render import Press
from content_kit.tasks.feed_grid import feed_grid

RED, BLUE = (200, 0, 0), (0, 0, 200)


@pytest.fixture(scope="module")
def press() -> Press:
    workspace = Workspace(bundled.root())
    return Press(workspace, workspace.load())


def plain(colour: tuple[int, int, int], edge: tuple[int, int, int]) -> Scene:
    """A picture of 4:5 whose outermost 3 % at both sides have another colour."""
    width, height = 1080, 1350
    whole = Rect(0, 0, width * 64, height * 64)
    middle = Rect(33 * 64, 0, (width - 66) * 64, height * 64)
    return Scene(
        width, height, 10.8, (FillItem(whole, Solid(edge)), FillItem(middle, Solid(colour)))
    )


def test_pictures_stand_three_in_a_row_cropped_to_what_a_profile_shows() -> None:
    renderer = Renderer(Workspace(bundled.root()))
    scenes = [plain(RED, BLUE), None, plain(BLUE, RED), plain(RED, BLUE)]
    picture = Image.open(io.BytesIO(mosaic(renderer, scenes, "melati")))
    assert picture.size == (3 * CELL[0] + 2 * GAP, 2 * CELL[1] + GAP)

    def near(x: int, y: int) -> str:
        colour = picture.convert("RGB").getpixel((x, y))
        assert isinstance(colour, tuple)
        names = {"R": RED, "B": BLUE, "grey": (226, 230, 232), "paper": (255, 255, 255)}
        gaps = {
            name: sum(abs(a - b) for a, b in zip(colour, c, strict=True))
            for name, c in names.items()
        }
        return min(gaps, key=lambda name: gaps[name])

    step, down = CELL[0] + GAP, CELL[1] + GAP
    middle = [near(column * step + CELL[0] // 2, CELL[1] // 2) for column in range(3)]
    assert middle == ["R", "grey", "B"]
    assert near(CELL[0] // 2, down + CELL[1] // 2) == "R"
    assert near(step + 9, down + 9) == "paper", "no cell, no picture"
    assert near(3, 9) == "R", "the outermost 3 % are cut away"


def test_the_next_posts_stand_from_the_newest_to_the_oldest(press: Press) -> None:
    posts = sorted(
        (post for post in press.loaded.posts() if post.unit == "melati"),
        key=lambda p: (p.date, p.time),
    )
    assert len(posts) > 5
    made = feed_grid(press, "melati", posts[0].date, 5)
    assert [post.id for post in made.posts] == [post.id for post in posts[:5]][::-1]
    later = feed_grid(press, "melati", posts[-1].date + timedelta(days=90), 5)
    assert later.posts[0].id == posts[-1].id, "what is planned no more is filled with what was last"
    assert len(later.posts) == 5


def test_a_posyandu_without_posts_says_what_comes_first(tmp_path: Path) -> None:
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    shutil.copy(bundled.root() / "calendars" / "melati" / "posyandu.yaml", unit)
    workspace = Workspace(tmp_path)
    with pytest.raises(UsageError, match="Susun dulu"):
        feed_grid(Press(workspace, workspace.load()), "melati", date(2026, 12, 1))


def test_the_command_makes_one_picture_for_each_posyandu(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    ask = ["render", str(tmp_path), "--grid", "9", "--month", "2026-12", "--unit", "melati"]
    assert run([*ask, "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["unit"] == "melati"
    assert len(told["posts"]) == 7, "no more are planned"
    with Image.open(told["path"]) as picture:
        assert picture.format == "JPEG"
    assert Path(told["path"]).name == "kisi.jpg"
    assert run([*ask, "--week", "ini"]) == 2
    assert "--grid hanya dengan" in capsys.readouterr().err
    assert run([*ask[:-1], "mawar"]) == 2
