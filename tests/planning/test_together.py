"""Two people save the same files: nothing that was acknowledged is lost, all of it or nothing is written."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from content_kit.files import save, splice
from content_kit.files.copies import is_copy, known_base
from content_kit.files.merge import Side
from content_kit.files.workspace import Workspace
from content_kit.planning.clash import (
    Clashes,
    clash_in,
    clashes_of,
    put_copies_away,
    settled,
    unmerged_files,
)
from content_kit.planning.history import History
from content_kit.planning.pages import Pages
from content_kit.planning.together import JOINED, Unmerged

POST = """\
  - id: {id}
    tanggal: {day}
    jam: "18.30"
    jenis: edukasi
    model: edukasi-langkah
    tagar: [Awal]
    isi:
      judul: {title}
"""
UNIT = "id: contoh-melati\nnama: Melati\ndesa: D\nkecamatan: K\nkabupaten: B\nzona: WITA\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recovery files of the tests stay in the tests."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    unit = tmp_path / "kerja" / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "posyandu.yaml").write_text(UNIT, encoding="utf-8")
    for month, ids in ((12, "ab"), (11, "c")):
        posts = [POST.format(id=3 * id, day=f"2026-{month}-10", title=f"Judul {id}") for id in ids]
        text = f"bulan: 2026-{month}\npostingan:\n" + "\n".join(posts)
        (unit / f"2026-{month}.yaml").write_text(text, encoding="utf-8")
    return Workspace.open(tmp_path / "kerja")


DECEMBER, NOVEMBER = date(2026, 12, 1), date(2026, 11, 1)


def month(place: Workspace, day: date = DECEMBER) -> Path:
    return Pages(place).month("melati", day)


def set_title(pages: Pages, id: str, title: str, day: date = DECEMBER) -> None:
    path = pages.month("melati", day)
    number = splice.number_of(pages.text(path), ("postingan",), "id", id)
    where = ("postingan", number, "isi", "judul")
    pages.put(path, splice.set_value(pages.text(path), where, title))


def titles(path: Path) -> dict[str, str]:
    data: Any = splice.read(path.read_text("utf-8"))
    return {post["id"]: post["isi"]["judul"] for post in data["postingan"]}


def test_what_others_saved_meanwhile_is_joined(place: Workspace) -> None:
    one, two = Pages(place), Pages(place)
    set_title(one, "aaa", "Dari satu")
    set_title(two, "bbb", "Dari dua")
    one.save()
    history = History()
    history.save(two, "ganti judul")
    assert titles(month(place)) == {"aaa": "Dari satu", "bbb": "Dari dua"}
    assert [done.what for done in two.done] == [JOINED]
    assert "Dari satu" in two.before(month(place))
    history.undo()  # takes back what was done, not what others did
    assert titles(month(place)) == {"aaa": "Dari satu", "bbb": "Judul b"}


def test_the_same_place_is_a_decision_and_nothing_is_written(place: Workspace) -> None:
    one, two = Pages(place), Pages(place)
    set_title(one, "aaa", "Dari satu")
    set_title(two, "aaa", "Dari dua")
    set_title(two, "ccc", "Ikut berubah", NOVEMBER)
    set_title(two, "bbb", "Tidak bentrok")
    one.save()
    saved, november = month(place).read_bytes(), month(place, NOVEMBER).read_bytes()
    with pytest.raises(Unmerged) as caught:
        two.save()
    error = caught.value
    assert error.exit_code == 3
    assert month(place).read_bytes() == saved
    assert month(place, NOVEMBER).read_bytes() == november
    assert [c.name for c in error.merges[month(place)].conflicts] == ["aaa.isi.judul"]
    assert error.kept is not None
    assert is_copy(error.kept.name)
    assert titles(error.kept) == {"aaa": "Dari dua", "bbb": "Tidak bentrok"}
    assert str(error.kept) in str(error)

    clashes = clashes_of(error)
    history = History()
    pages = settled(place, clashes, {month(place): {"aaa.isi.judul": Side.MINE}})
    history.save(pages, "pilih")
    assert titles(month(place)) == {"aaa": "Dari dua", "bbb": "Tidak bentrok"}
    assert titles(month(place, NOVEMBER)) == {"ccc": "Ikut berubah"}
    assert len(put_copies_away(clashes)) == 1
    assert not error.kept.exists()
    history.undo()
    assert month(place).read_bytes() == saved


def test_a_kept_edit_remembers_what_it_began_with(place: Workspace) -> None:
    one, two = Pages(place), Pages(place)
    start = month(place).read_text("utf-8")
    set_title(one, "aaa", "Dari satu")
    set_title(one, "bbb", "Juga dari satu")
    set_title(two, "aaa", "Dari dua")
    one.save()
    with pytest.raises(Unmerged) as caught:
        two.save()
    assert caught.value.kept is not None
    assert known_base(caught.value.kept) == start
    (finding,) = unmerged_files(place)
    clash = clash_in(place, finding.place.file)
    assert [c.name for c in clash.merged.conflicts] == ["aaa.isi.judul"]  # and not bbb


def test_somebody_saves_while_a_decision_is_made(place: Workspace) -> None:
    one, two, three = Pages(place), Pages(place), Pages(place)
    set_title(one, "aaa", "Dari satu")
    set_title(two, "aaa", "Dari dua")
    one.save()
    with pytest.raises(Unmerged) as caught:
        two.save()
    three = Pages(place)
    set_title(three, "bbb", "Dari tiga")
    three.save()
    clashes = clashes_of(caught.value)
    settled(place, clashes, {month(place): {"aaa.isi.judul": Side.MINE}}).save()
    assert titles(month(place)) == {"aaa": "Dari dua", "bbb": "Dari tiga"}


def test_a_save_between_the_look_and_the_lock_is_joined_too(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = Pages(place), Pages(place)
    set_title(one, "aaa", "Dari satu")
    real = save.edit

    def late(path: Path, change: Any, seen: str | None) -> str:
        monkeypatch.setattr(save, "edit", real)
        set_title(two, "bbb", "Dari dua")
        two.save()
        return real(path, change, seen)

    monkeypatch.setattr(save, "edit", late)
    one.save()
    assert titles(month(place)) == {"aaa": "Dari satu", "bbb": "Dari dua"}
    assert "Dari dua" in one.before(month(place))


def test_a_file_that_cannot_be_read_any_more_keeps_the_edit_beside(place: Workspace) -> None:
    pages = Pages(place)
    set_title(pages, "aaa", "Dari satu")
    month(place).write_text("bulan: [\n", encoding="utf-8")
    with pytest.raises(save.EditConflict) as caught:
        pages.save()
    assert month(place).read_text("utf-8") == "bulan: [\n"
    assert caught.value.kept is not None
    assert titles(caught.value.kept)["aaa"] == "Dari satu"


@pytest.mark.parametrize("mover", ["mine", "theirs"])
def test_a_post_moved_to_another_month_stays_one_post(place: Workspace, mover: str) -> None:
    post = next(post for post in place.load().posts() if post.id == "aaa")
    move, change = Pages(place), Pages(place)
    move.redate(post, date(2026, 11, 20))
    set_title(change, "aaa", "Berubah")
    first, second = (change, move) if mover == "mine" else (move, change)
    first.save()
    second.save()
    assert titles(month(place)) == {"bbb": "Judul b"}
    assert titles(month(place, NOVEMBER)) == {"ccc": "Judul c", "aaa": "Berubah"}
    assert not [found for found in place.load().findings if found.code == "id-ganda"]


def test_an_edited_post_that_the_other_dropped_stays_and_is_told(place: Workspace) -> None:
    post = next(post for post in place.load().posts() if post.id == "aaa")
    drop, change = Pages(place), Pages(place)
    drop.drop(post)
    set_title(change, "aaa", "Berubah")
    change.save()
    drop.save()
    assert titles(month(place))["aaa"] == "Berubah"
    assert "aaa" in drop.done[-1].what


def test_marks_of_git_and_lone_copies_are_clashes(place: Workspace) -> None:
    text = month(place).read_text("utf-8")
    marked = text.replace(
        "      judul: Judul a\n",
        "<<<<<<< HEAD\n      judul: Satu\n||||||| x\n      judul: Judul a\n=======\n"
        "      judul: Dua\n>>>>>>> lain\n",
    )
    month(place).write_text(marked, encoding="utf-8")
    (finding,) = unmerged_files(place)
    clash = clash_in(place, finding.place.file)
    (conflict,) = clash.merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("Judul a", "Satu", "Dua")
    settled(place, Clashes((clash,)), {clash.path: {conflict.name: Side.THEIRS}}).save()
    assert month(place).read_text("utf-8") == text.replace("Judul a", "Dua")
    assert unmerged_files(place) == []
    # A copy of a file that is gone: all of it comes back.
    month(place).rename(month(place).with_name("2026-12 (1).yaml"))
    (finding,) = unmerged_files(place)
    clashes = Clashes((clash_in(place, finding.place.file),))
    assert clashes.conflicts() == []
    settled(place, clashes, {}).save()
    put_copies_away(clashes)
    assert month(place).read_text("utf-8") == text.replace("Judul a", "Dua")


# Two processes


def work(root: str, name: str, seed: int, count: int, log: str) -> None:
    """Edit one calendar at random, as one of two people; each line of the log was acknowledged."""
    place, chance, history = Workspace.open(Path(root)), random.Random(seed), History()
    with Path(log).open("w", encoding="utf-8") as told:
        for number in range(count):
            word = f"{name}{number}"
            pages = Pages(place)
            line: dict[str, Any] = {"word": word, **_random_edit(pages, chance, word)}
            try:
                history.save(pages, word)
                line["conflict"] = False
            except Unmerged as error:
                line["conflict"] = True
                line["kept"] = [copy.read_text("utf-8") for copy in error.copies.values()]
            told.write(json.dumps(line) + "\n")
            told.flush()


def _random_edit(pages: Pages, chance: random.Random, word: str) -> dict[str, str]:
    path = pages.month("melati", DECEMBER)
    text = pages.text(path)
    posts: Any = splice.read(text)
    number = chance.randrange(2)  # the two posts of the start are never dropped
    post = posts["postingan"][number]
    kind = chance.choice(["title", "tag", "field", "add", "drop"])
    if kind == "title":
        text = splice.set_value(text, ("postingan", number, "isi", "judul"), word)
    elif kind == "tag":
        text = splice.add_item(text, ("postingan", number, "tagar"), word)
    elif kind == "field":
        text = splice.set_value(text, ("postingan", number, "isi", word), word)
    elif kind == "add" or len(posts["postingan"]) < 4:
        kind = "add"
        day = f"2026-12-{chance.randint(1, 28):02}"
        lines = POST.format(id=word, day=day, title=word).splitlines()
        text = splice.add_written(text, ("postingan",), [line[2:] for line in lines])
    else:
        number = chance.randrange(2, len(posts["postingan"]))
        post = posts["postingan"][number]
        _, text = splice.lift_item(text, ("postingan", number))
    pages.put(path, text)
    return {"kind": kind, "post": post["id"], "seen": post["isi"]["judul"]}


def race(place: Workspace, tmp_path: Path, seed: int, count: int) -> None:
    """Two real processes on one calendar; every acknowledged edit is there or was reported."""
    logs = [tmp_path / f"{name}.log" for name in "xy"]
    code = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('race', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "sys.modules['race'] = module\n"
        "spec.loader.exec_module(module)\n"
        "module.work(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), sys.argv[6])\n"
    )
    data = str(tmp_path / "data")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, __file__, str(place.root), name, str(seed + number),
             str(count), str(log)],
            env={**os.environ, "XDG_DATA_HOME": data, "LOCALAPPDATA": data, "HOME": data},
        )
        for number, (name, log) in enumerate(zip("xy", logs, strict=True))
    ]  # fmt: skip
    assert [process.wait() for process in running] == [0, 0]
    told = [json.loads(line) for log in logs for line in log.read_text("utf-8").splitlines()]
    assert len(told) == 2 * count
    data_now: Any = splice.read(month(place).read_text("utf-8"))
    posts: Mapping[str, Any] = {post["id"]: post for post in data_now["postingan"]}
    dropped = {line["post"] for line in told if line["kind"] == "drop" and not line["conflict"]}
    titles_set: dict[str, list[tuple[str, str]]] = {"aaa": [], "bbb": []}
    for line in told:
        word, post = line["word"], posts.get(line["post"])
        if line["conflict"]:
            assert any(word in kept for kept in line["kept"]) or line["kind"] == "drop", line
        elif line["kind"] == "add":
            assert word in posts or word in dropped, line
        elif line["kind"] == "drop":
            assert line["post"] not in posts, line
        elif line["kind"] == "tag":
            assert post is not None
            assert word in post["tagar"], line
        elif line["kind"] == "field":
            assert post is not None
            assert post["isi"][word] == word, line
        else:
            titles_set[line["post"]].append((line["seen"], word))
    for id, steps in titles_set.items():
        # Each title replaced the one it was made from: a chain without a fork ends in the file.
        follows = dict(steps)
        assert len(follows) == len(steps), "two acknowledged titles replaced the same one"
        title = f"Judul {id[0]}"
        for _ in steps:
            title = follows[title]
        assert posts[id]["isi"]["judul"] == title


def test_two_processes_lose_nothing(place: Workspace, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - a failure has to be repeatable
    race(place, tmp_path, seed, 25)


@pytest.mark.slow
def test_two_processes_with_500_edits_each_lose_nothing(place: Workspace, tmp_path: Path) -> None:
    race(place, tmp_path, 20261207, 500)
