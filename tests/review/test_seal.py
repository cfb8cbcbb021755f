"""A seal changes with everything a post is made from, and with nothing else."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time as clock
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.model import Photo, Post
from content_kit.render import Press, Selection
from content_kit.review.seal import Sealed, differences, ingredients, named, seal, sealed


@pytest.fixture(scope="module")
def press() -> Press:
    """The bundled sample, loaded."""
    workspace = Workspace(bundled.root())
    return Press(workspace, workspace.load())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the sample with templates and assets of its own, so that all of it can change."""
    for folder in ("calendars", "templates", "assets"):
        shutil.copytree(bundled.root() / folder, tmp_path / folder)
    photos = tmp_path / "calendars" / "melati" / "foto"
    photos.mkdir()
    Image.new("RGB", (1200, 1200), (90, 120, 150)).save(photos / "rusminah.jpg")
    (tmp_path / "calendars" / "melati" / "foto.yaml").write_text(
        "foto:\n  - {berkas: rusminah.jpg, orang: dewasa, fokus: [0.5, 0.4], "
        'izin: {nomor: "1", tanggal: 2026-11-01}}\n',
        encoding="utf-8",
    )
    edit(
        tmp_path / "calendars" / "melati" / "2026-12.yaml",
        "  - id: m3r9t1",
        '  - id: fotoku\n    tanggal: 2026-12-08\n    jam: "19.30"\n    jenis: kader\n'
        "    model: kader-apresiasi\n    kanal: [fb]\n"
        "    isi: {judul: Terima kasih, nama: Ibu R, foto: rusminah.jpg}\n\n  - id: m3r9t1",
    )
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def of(root: Path, post: str) -> Sealed:
    press = Press(Workspace(root), Workspace(root).load())
    return sealed(press, press.proof(press.select(Selection(post=post))[0]))


def test_the_same_files_give_the_same_seal_under_another_clock_and_other_line_ends(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {id: of(place, id) for id in ("m4x7q2", "fotoku", "k2p8f4")}
    for path in place.rglob("*"):
        if path.suffix in (".yaml", ".j2", ".svg"):
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    for zone in ("America/New_York", "Asia/Jayapura"):
        monkeypatch.setenv("TZ", zone)
        if hasattr(time, "tzset"):
            time.tzset()
        for id, one in before.items():
            assert differences(one.inputs, of(place, id).inputs) == ()
            assert one.seal == of(place, id).seal
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


MELATI = "calendars/melati/"


@pytest.mark.parametrize(
    ("post", "file", "old", "new", "field"),
    [
        ("m4x7q2", MELATI + "2026-12.yaml", "ayo datang!", "ayo datang.", "isi.judul"),
        ("m4x7q2", MELATI + "posyandu.yaml", "08.00-11.00", "08.30-11.00", "acara"),
        ("m4x7q2", MELATI + "posyandu.yaml", "Balai RW 05", "Balai RW 06", "acara"),
        ("m4x7q2", "templates/jadwal-kartu/template.yaml", "fields:", "# x\nfields:", "model"),
        ("m4x7q2", "templates/_parts/kaki-nama.yaml", "", "# x\n", "model"),
        ("m4x7q2", "templates/jadwal-kartu/caption.short.j2", "{{", "Hai {{", "keterangan"),
        (
            "m4x7q2",
            "assets/palettes/teluk.yaml",
            'primary: "#0A635A"',
            'primary: "#123456"',
            "palet",
        ),
        ("fotoku", MELATI + "foto.yaml", "0.5, 0.4", "0.5, 0.6", "photo:rusminah.jpg.fokus"),
        ("fotoku", MELATI + "foto.yaml", "dewasa", "tidak_ada", "photo:rusminah.jpg.orang"),
        ("m3r9t1", MELATI + "posyandu.yaml", "0812-", "0813-", "posyandu"),
    ],
)
def test_each_ingredient_is_noticed_and_named(
    place: Path, post: str, file: str, old: str, new: str, field: str
) -> None:
    before = of(place, post)
    edit(place / file, old, new)
    after = of(place, post)
    assert before.seal != after.seal
    assert field in named(differences(before.inputs, after.inputs), 99)


def test_another_photo_under_the_same_name_and_other_art_are_noticed(place: Path) -> None:
    before = of(place, "fotoku")
    photo = place / "calendars" / "melati" / "foto" / "rusminah.jpg"
    Image.new("RGB", (1200, 1200), (90, 120, 151)).save(photo)
    after = of(place, "fotoku")
    assert [change.field for change in differences(before.inputs, after.inputs)] == [
        "berkas.photo:rusminah.jpg"
    ]
    before = of(place, "m4x7q2")
    art = next(path for path in before.inputs if path.startswith("berkas.art:"))
    svg = place / "assets" / "art" / f"{art.removeprefix('berkas.art:')}.svg"
    svg.write_text(svg.read_text(encoding="utf-8") + "<!-- x -->\n", encoding="utf-8")
    assert named(differences(before.inputs, of(place, "m4x7q2").inputs)) == art[7:]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda post: replace(post, time=clock(17)), False),
        (lambda post: replace(post, channels=post.channels[:1]), False),
        (lambda post: replace(post, sources=()), True),  # an announcement has none
        (lambda post: replace(post, duty="orang-lain"), True),
        (lambda post: replace(post, entry="dari-pustaka"), True),
    ],
)
def test_what_nobody_receives_is_not_sealed(
    press: Press, change: Callable[[Post], Post], same: bool
) -> None:
    post = press.select(Selection(post="m4x7q2"))[0]
    before, after = sealed(press, press.proof(post)), sealed(press, press.proof(change(post)))
    assert (before.seal == after.seal) is same


def test_a_thousand_seals_take_under_a_second(press: Press) -> None:
    proof = press.proof(press.select(Selection(post="m4x7q2"))[0])
    files, typeface = press.files_of(proof), press.typeface
    photos: Mapping[str, Photo] = {}
    best = min(
        _seconds(lambda: seal(ingredients(proof, files, photos, typeface))) for _ in range(3)
    )
    assert best < 1


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(1_000):
        act()
    return time.process_time() - start


TREES = st.recursive(
    st.text(max_size=3),
    lambda inner: st.dictionaries(st.text("ab.\\0", min_size=1, max_size=3), inner, min_size=1),
    max_leaves=5,
)


@given(st.dictionaries(st.text("ab.\\0", min_size=1, max_size=3), TREES), TREES)
def test_two_different_trees_never_flatten_alike(one: dict[str, object], other: object) -> None:
    from content_kit.review.seal import _flat

    first, second = _flat(one, "isi", {}), _flat(other, "isi", {})
    assert (first == second) == (one == other) or not one or not other
