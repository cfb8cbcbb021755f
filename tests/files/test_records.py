"""One rule for every file of a workspace: absent is fine, broken is told, and what rests on it waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from content_kit.errors import UnreadableFile, UsageError
from content_kit.files import overlay
from content_kit.files.records import KINDS, Decision, kind_of, lost, require, to_edit
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place
from content_kit.model import Zone
from content_kit.planning.adding import Advice
from content_kit.planning.change import change
from content_kit.planning.change_order import Order
from content_kit.planning.desk import Desk
from content_kit.planning.pages import Pages
from content_kit.planning.reading import mark_read
from content_kit.start import create_demo

DAY = date(2026, 12, 7)
NIGHT = datetime.combine(DAY, time(22), Zone.WITA.tz)

# One path for each kind; what is no part of the workspace's own words here is left to its reader.
FILES = (
    "calendars/kantor.yaml",
    "calendars/orang.yaml",
    "calendars/libur.yaml",
    "calendars/telaah.yaml",
    "calendars/daftar_unit.yaml",
    "calendars/peran.yaml",
    "calendars/melati/posyandu.yaml",
    "calendars/melati/2026-12.yaml",
    "calendars/melati/hasil/2026-12.yaml",
    "calendars/melati/foto.yaml",
    "calendars/melati/tinjauan/catatan.yaml",
    "assets/library/punyaku.yaml",
    "assets/strategies/punyaku.yaml",
    "assets/facts.yaml",
    "assets/observances.yaml",
    "assets/padanan.yaml",
    "assets/palettes/punyaku.yaml",
)
FOLDERS = ("calendars/melati", "calendars/melati/hasil")
OWN_LOG = "calendars/melati/tinjauan/catatan.yaml"  # the log tells, `read_log`
READ = tuple(file for file in FILES if file != OWN_LOG)


def _cut(path: Path) -> None:
    path.write_text("diposting:\n  - {id: m4x7q2, kanal: [wa-grup, fb, waktu: 18.31}\n", "utf-8")


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _dangling(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("tidak-ada.yaml")


BROKEN: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "blank": lambda path: path.write_bytes(b"\xef\xbb\xbf\r\n  \n"),
    "zeros": lambda path: path.write_bytes(bytes(512)),
    "cut": _cut,
    "latin": lambda path: path.write_bytes(b"nama: caf\xe9\n"),
    "wide": lambda path: path.write_bytes("nama: a\n".encode("utf-16")),
    "markers": lambda path: path.write_text("<<<<<<< a\nnama: a\n=======\n>>>>>>> b\n", "utf-8"),
    "folder": _folder,
    "dangling": _dangling,
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_demo(tmp_path_factory.mktemp("rekam") / "contoh", DAY)


@pytest.fixture
def mended(sample: Path) -> Path:
    """The sample, whole; what a test breaks in it is put back."""
    return sample


@pytest.fixture
def place(mended: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """One file of the sample, which is put back afterwards."""
    path = mended / request.param
    before = path.read_bytes() if path.is_file() else None
    made = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)

    yield path
    path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    if before is not None:
        path.write_bytes(before)
    for folder in made:
        folder.rmdir()


def test_every_kind_is_tried_here() -> None:
    assert {kind_of(file) for file in (*FOLDERS, *FILES)} == set(KINDS)
    assert len(KINDS) == len(FOLDERS) + len(FILES)
    assert kind_of("calendars/melati/foto/a.jpg") is None


@pytest.mark.parametrize("place", READ, indirect=True)
def test_a_file_that_is_absent_is_fine(place: Path, mended: Path) -> None:
    place.unlink(missing_ok=True)
    found = [f for f in Workspace(mended).load().findings if f.place.file.endswith(place.name)]
    assert [f.code for f in found] == (["wajib-diisi"] if place.name == "posyandu.yaml" else [])


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("way", BROKEN)
@pytest.mark.parametrize("place", READ, indirect=True)
def test_a_broken_file_is_told_with_its_place(place: Path, way: str, mended: Path) -> None:
    BROKEN[way](place)
    workspace = Workspace(mended)
    file = workspace.relative(place)
    found = [f for f in workspace.load().findings if f.place.file == file]
    kind = kind_of(file)
    assert found
    assert kind is not None
    assert kind.lost_by(found[0])
    assert found[0].place.line >= 1
    with pytest.raises(UnreadableFile, match=place.name):
        Pages(workspace).text(place)


@pytest.mark.parametrize("place", READ, indirect=True)
def test_a_file_that_nobody_may_open_is_told(
    place: Path, mended: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write_text("nama: a\n", "utf-8")
    opened = Path.open

    def refuse(path: Path, *given: object, **named: object) -> object:
        if path == place:
            raise PermissionError(13, "denied", str(path))
        return opened(path, *given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    found = [f for f in Workspace(mended).load().findings if f.place.file.endswith(place.name)]
    assert "tidak dapat dibuka" in found[0].message


@pytest.mark.parametrize("unit", ["melati", "kenanga"])
def test_one_unit_needs_no_other(mended: Path, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that nobody may look into stops its own unit and no other."""
    locked = mended / "calendars" / "kenanga"
    looked = Path.stat

    def refuse(path: Path, **named: bool) -> os.stat_result:
        if locked in path.parents:
            raise PermissionError(13, "denied", str(path))
        return looked(path, **named)

    monkeypatch.setattr(Path, "stat", refuse)
    monkeypatch.setattr(Path, "lstat", lambda path: refuse(path, follow_symlinks=False))
    loaded = Workspace(mended).load(unit=unit)
    if unit == "kenanga":
        assert loaded.posyandu == {}
        assert "tidak dapat dibuka" in loaded.findings[0].message
    else:
        assert set(loaded.posyandu) == {"melati"}
        assert loaded.posts("melati")


# Decisions that wait


@pytest.mark.parametrize("place", ["calendars/melati/hasil/2026-12.yaml"], indirect=True)
def test_a_change_waits_for_proofs_that_cannot_be_read(place: Path, mended: Path) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    before = {path: path.read_bytes() for path in (mended / "calendars/melati").glob("*.yaml")}
    _cut(place)
    with pytest.raises(UnreadableFile, match=r"hasil/2026-12\.yaml:\d+:\d+: .*perubahan jadwal"):
        change(workspace, workspace.load(), order, NIGHT)
    place.write_text("diposting:\n  - {kanal: [wa-grup]}\n", "utf-8")  # whose, nobody knows
    with pytest.raises(UnreadableFile, match="hasil"):
        change(workspace, workspace.load(), order, NIGHT)
    assert {path: path.read_bytes() for path in before} == before
    place.write_text("diposting: [{id: m4x7q2, kanal: [wa-grup, wa-status, fb]}]\n", "utf-8")
    told = change(workspace, workspace.load(), order, NIGHT).told
    assert "m4x7q2" in [told.post.id for told in told]


@pytest.mark.parametrize("place", ["calendars/melati/hasil/2026-12.yaml"], indirect=True)
@pytest.mark.parametrize(
    "text", ["# diposting:\n", "---\n...\n", "null\n", "{}\n", "- a\n", "halo\n"]
)
def test_proofs_that_hold_no_list_are_no_empty_list(place: Path, text: str, mended: Path) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    place.write_text(text, "utf-8")
    with pytest.raises(UnreadableFile, match=r"hasil/2026-12\.yaml:1:1: .*perubahan jadwal"):
        change(workspace, workspace.load(), order, NIGHT)


@pytest.mark.parametrize("place", ["calendars/melati/2026-12.yaml"], indirect=True)
@pytest.mark.parametrize(
    "text",
    ["# postingan:\n", "bulan: 2026-12\npostingan: []\n", "bulan: 2026-12\n", "{}\n", "null\n"],
    ids=["remarks", "no posts", "no list", "braces", "null"],
)
def test_a_change_waits_for_a_month_that_lost_the_posts_that_went_out(
    place: Path, text: str, mended: Path
) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    proofs = place.parent / "hasil" / place.name
    proofs.parent.mkdir()
    proofs.write_text("diposting: [{id: m4x7q2, kanal: [wa-grup]}]\n", "utf-8")
    place.write_text(text, "utf-8")
    try:
        with pytest.raises(UnreadableFile, match=r"melati/2026-12\.yaml:1:1: .*perubahan jadwal"):
            change(workspace, workspace.load(), order, NIGHT)
    finally:
        proofs.unlink()
        proofs.parent.rmdir()


@pytest.mark.parametrize("place", ["calendars/melati/hasil/2026-12.yaml"], indirect=True)
def test_a_change_says_which_posts_went_out_and_are_in_no_plan(place: Path, mended: Path) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    place.write_text("diposting: [{id: m4x7q2, kanal: [wa-grup]}, {id: lenyap}]\n", "utf-8")
    for loaded in (workspace.load(), workspace.load(unit="melati")):
        told = [found for found in loaded.findings if found.code == "postingan-hilang"]
        assert [found.place.file for found in told] == ["calendars/melati/hasil/2026-12.yaml"]
        assert "(lenyap)" in told[0].message
        assert told[0] in change(workspace, loaded, order, NIGHT).findings
    near = workspace.load([date(2026, 12, 1)])  # it may have moved to a month that was not read
    assert not [found for found in near.findings if found.code == "postingan-hilang"]


@pytest.mark.parametrize("place", ["calendars/melati/2026-12.yaml"], indirect=True)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\npostingan:", "\nPostingan:"),
        ("\npostingan:", "\npostingan: 7\nlain:"),
        ('jam: "18.30"', "jam: 25.00"),
        ("tanggal: 2026-12-07", "tanggal: 2026-02-30"),
        ("jenis: jadwal", "jenis: jadual"),
        ("acara: {hari_buka: bulanan", "acara: {hari_buka: "),
    ],
    ids=["capital", "number", "hour", "day", "kind", "service day"],
)
def test_a_change_waits_for_posts_that_cannot_be_read(
    place: Path, old: str, new: str, mended: Path
) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UnreadableFile, match=r"2026-12\.yaml:\d+:\d+: .*perubahan jadwal"):
        change(workspace, workspace.load(), order, NIGHT)


@pytest.mark.parametrize("place", ["calendars/melati/hasil"], indirect=True)
def test_a_change_waits_for_a_folder_of_proofs_that_is_a_file(place: Path, mended: Path) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    place.write_bytes(b"x")
    with pytest.raises(UnreadableFile, match=r"melati/hasil:1:1: .*perubahan jadwal"):
        change(workspace, workspace.load(), order, NIGHT)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_cannot_be_listed_is_told_and_waited_for(
    folder: str, mended: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    (mended / folder).mkdir(exist_ok=True)
    listed = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path == mended / folder:
            raise PermissionError(13, "", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    loaded = workspace.load()
    assert folder in [found.place.file for found in loaded.findings]
    assert not lost(loaded.findings, Decision.CHANGE, "kenanga")
    with pytest.raises(UnreadableFile, match=rf"{folder}:1:1: .*perubahan jadwal"):
        change(workspace, loaded, order, NIGHT)


@pytest.mark.parametrize("place", ["calendars/melati/2026-12.yaml"], indirect=True)
@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_may_end_in_any_way(place: Path, end: str, mended: Path) -> None:
    workspace = Workspace(mended)
    order = Order(
        unit="melati", day=date(2026, 12, 8), reason="rapat desa", moved_to=date(2026, 12, 9)
    )
    place.write_bytes(place.read_bytes().replace(b"\n", end.encode()))
    made = change(workspace, workspace.load(), order, NIGHT)
    assert any("pindah dari Sel, 8 Des ke Rab, 9 Des" in done.what for done in made.pages.done)


@pytest.mark.parametrize("place", ["calendars/melati/posyandu.yaml"], indirect=True)
@pytest.mark.parametrize(
    "text",
    [
        "null\n",
        "# x\n",
        "- a\n",
        "halo\n",
        "<html>404</html>\n",
        "nama: Melati\n",
        "Nama: Melati\nZona: WITA\n",
    ],
)
def test_a_posyandu_whose_file_is_something_else_is_not_missing(
    place: Path, text: str, mended: Path
) -> None:
    place.write_text(text, "utf-8")
    with pytest.raises(UnreadableFile, match=r"posyandu\.yaml:1:"):
        Workspace(mended).load().unit("melati")


@pytest.mark.parametrize("place", ["calendars/melati/2026-12.yaml"], indirect=True)
@pytest.mark.parametrize("way", ["empty", "cut", "folder"])
def test_a_post_whose_month_cannot_be_read_is_not_missing(
    place: Path, way: str, mended: Path
) -> None:
    BROKEN[way](place)
    loaded = Workspace(mended).load()
    why = loaded.no_post("m4x7q2")
    assert isinstance(why, UnreadableFile)
    assert "2026-12.yaml:" in str(why)
    assert "m4x7q2" in str(why)
    assert isinstance(loaded.no_post("m4x7q2", "kenanga"), UsageError)


@pytest.mark.parametrize("place", ["calendars/melati/2026-11.yaml"], indirect=True)
def test_a_change_waits_for_a_month_near_its_day_only(place: Path, mended: Path) -> None:
    workspace = Workspace(mended)
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    place.write_bytes(b"")
    with pytest.raises(UnreadableFile, match="2026-11"):
        change(workspace, workspace.load(), order, NIGHT)
    place.rename(place.with_name("2025-01.yaml"))
    try:
        change(workspace, workspace.load(), order, NIGHT)
    finally:
        place.with_name("2025-01.yaml").unlink()


@pytest.mark.parametrize(
    "place",
    [file for file in READ if (kind := kind_of(file)) and Decision.PLAN in kind.decisions
     and "melati" not in file],
    indirect=True,
)  # fmt: skip
def test_a_plan_waits_for_what_all_units_share(place: Path, mended: Path) -> None:
    workspace = Workspace(mended)
    _cut(place)
    with pytest.raises(UnreadableFile, match=place.name):
        Desk.open(workspace, date(2027, 1, 1))
    with pytest.raises(UnreadableFile, match=place.name):
        Advice.of(workspace, workspace.load())


@pytest.mark.parametrize("place", ["calendars/melati/2027-01.yaml"], indirect=True)
def test_an_emptied_month_is_not_planned_over(place: Path, mended: Path) -> None:
    place.write_bytes(b"")
    desk = Desk.open(Workspace(mended), date(2027, 1, 1))
    assert list(desk.unreadable) == ["melati"]
    with pytest.raises(UnreadableFile):
        desk.put(Pages(desk.workspace), desk.plan("melati"))


@pytest.mark.parametrize("place", ["calendars/telaah.yaml"], indirect=True)
def test_readings_are_not_written_into_a_file_that_is_lost(place: Path, mended: Path) -> None:
    workspace = Workspace(mended)
    place.write_bytes(bytes(64))
    with pytest.raises(UnreadableFile, match="telaah"):
        mark_read(workspace, workspace.load(), ["a"], "Rahma", "bidan", DAY, DAY)
    assert place.read_bytes() == bytes(64)


# A policy that is not written any more


@pytest.mark.parametrize("place", ["calendars/kantor.yaml"], indirect=True)
@pytest.mark.parametrize(
    "text", ["", "# persetujuan: satu\n", "\0\0\0"], ids=["empty", "remark", "zeros"]
)
def test_an_emptied_office_closes(place: Path, text: str, mended: Path) -> None:
    place.write_text(text, "utf-8")
    loaded = Workspace(mended).load()
    assert not loaded.office.approval_clear
    assert [f.code for f in loaded.findings if f.place.file.endswith("kantor.yaml")] == [
        "berkas-kosong"
    ]


@pytest.mark.parametrize("place", ["calendars/kantor.yaml"], indirect=True)
@pytest.mark.parametrize(
    ("text", "clear"),
    [
        (None, False),
        ("nama: Diskominfo\n", False),
        ("nama: Diskominfo\npersetujuan:\n", False),
        ("persetujuan: satu\n", True),
        ("persetujuan: tidak_ada\n", True),
    ],
    ids=["absent", "cut", "no word", "one", "none"],
)
def test_no_missing_word_turns_off_an_approval_that_once_was_on(
    place: Path, text: str | None, clear: bool, mended: Path
) -> None:
    log = mended / "calendars/kenanga/tinjauan"
    log.mkdir()
    event = log / "20261201T000000000000Z-setujui-rahma-0123456789abcdef.yaml"
    event.write_text("", "utf-8")
    place.unlink() if text is None else place.write_text(text, "utf-8")
    try:
        loaded = Workspace(mended).load()
        assert loaded.office.approval_clear is clear
        said = [f for f in loaded.findings if f.place.field == "persetujuan"]
        assert bool(said) is not clear
    finally:
        event.unlink()
        log.rmdir()


# The pieces


def test_what_waits_is_of_the_unit_or_of_all() -> None:
    def broken(file: str) -> Finding:
        return Finding("yaml-rusak", "rusak.", Place(file, 2, 1))

    findings = [broken(file) for file in FILES]
    of_unit = lost(findings, Decision.PACK, "melati")
    assert [f.place.file for f in of_unit] == [FILES[6], FILES[7]]
    assert lost(findings, Decision.PACK, "kenanga") == []
    assert lost(findings, Decision.PACK, "melati", {"2027-01"}) == [findings[6]]
    require(findings, Decision.PACK, "kenanga")
    with pytest.raises(UnreadableFile, match=r"2026-12\.yaml:2:1"):
        require(findings[7:], Decision.PACK)


def test_a_file_of_remarks_can_be_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert to_edit(path, tmp_path, "a.yaml").text == ""
    path.write_text("# nanti\n", "utf-8")
    assert to_edit(path, tmp_path, "a.yaml").text == "# nanti\n"
    assert overlay.present(path)
    assert overlay.is_file(path)
