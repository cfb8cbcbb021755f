"""What an office tried against its own gate, one by one: an approved post that anybody touched stays at home.

All on files, as a careless or a dishonest hand leaves them: the post and what it is made from,
the notes in its log, the clock, and the people who say yes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from PIL import Image

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.render import Press, Selection
from content_kit.review.decide import decide
from content_kit.review.events import Kind
from content_kit.review.life import Status
from content_kit.review.memory import Memory
from content_kit.review.reviews import Reviews
from content_kit.review.seal import named
from content_kit.review.status import State

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
MELATI = "calendars/melati"
STORY, PHOTO, NEWS = "m3r9t1", "fotoku", "m4x7q2"
PEOPLE = """\
orang:
  - {id: kader-1, nama: Rusminah, peran: kader, unit: [melati]}
  - {id: dinas-budi, nama: Budi, peran: diskominfo}
"""


@dataclass
class Office:
    """A folder in which three posts were handed in and approved, and what its machine remembers."""

    root: Path
    whole: Path
    memory: Memory
    press: Press

    def reviews(self, now: datetime = NOW, *, fresh: bool = False) -> Reviews:
        """The notes as they are now; templates and assets are read once, unless asked for `fresh`."""
        loaded = self.press.workspace.load(units=("melati",))
        press = Press(self.press.workspace, loaded) if fresh else self.press.reading(loaded)
        memory = replace(self.memory, pins=dict(self.memory.pins), heads=dict(self.memory.heads))
        return Reviews(press, now, memory=memory)

    def state(self, post: str, now: datetime = NOW, *, fresh: bool = False) -> State:
        reviews = self.reviews(now, fresh=fresh)
        return reviews.state(reviews.press.proof(reviews.press.select(Selection(post=post))[0]))

    def file(self, kind: Kind) -> Path:
        """The note of a decision about all three."""
        (path,) = (self.root / MELATI / "tinjauan").glob(f"*Z-{kind}-*.yaml")
        return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The sample with a photo in it, one approver, and an own copy of all that posts are made from."""
    base = tmp_path_factory.mktemp("gerbang")
    root = base / "kantor"
    for folder in ("calendars", "templates", "assets"):
        shutil.copytree(bundled.root() / folder, root / folder)
    (root / "calendars/kantor.yaml").write_text("nama: Uji\npersetujuan: satu\n", "utf-8")
    (root / "calendars/orang.yaml").write_text(PEOPLE, "utf-8")
    photos = root / MELATI / "foto"
    photos.mkdir()
    Image.new("RGB", (1200, 1200), (90, 120, 150)).save(photos / "rusminah.jpg")
    (root / MELATI / "foto.yaml").write_text(
        "foto:\n  - {berkas: rusminah.jpg, orang: dewasa, fokus: [0.5, 0.4], "
        'izin: {nomor: "1", tanggal: 2026-11-01}}\n',
        "utf-8",
    )
    month = root / MELATI / "2026-12.yaml"
    text = month.read_text("utf-8")
    new = (
        f'  - id: {PHOTO}\n    tanggal: 2026-12-08\n    jam: "19.30"\n    jenis: kader\n'
        "    model: kader-apresiasi\n    kanal: [fb]\n"
        f"    isi: {{label: Kader kita, judul: Terima kasih, nama: Ibu R, peran: Kader, foto: rusminah.jpg}}\n\n  - id: {STORY}"
    )
    month.write_text(text.replace(f"  - id: {STORY}", new, 1), "utf-8")
    workspace = Workspace(root)
    office = Office(
        root, base / "utuh", Memory(), Press(workspace, workspace.load(units=("melati",)))
    )
    for kind, by, ago in ((Kind.SUBMIT, "kader-1", 2), (Kind.APPROVE, "dinas-budi", 1)):
        reviews = office.reviews(NOW - timedelta(hours=ago))
        reviews.memory = office.memory
        posts = [p for p in reviews.press.loaded.posts() if p.id in (STORY, PHOTO, NEWS)]
        states = [reviews.state(reviews.press.proof(post)) for post in posts]
        decision = decide(kind, states, by)
        assert len(decision.carried) == 3, decision.refused
        reviews.record(kind, by, decision.carried)
        reviews.log("melati")
    for post in (STORY, PHOTO, NEWS):
        assert office.state(post).status is Status.APPROVED
    shutil.copytree(root / "calendars", office.whole)
    return office


@pytest.fixture
def office(made: Office) -> Iterator[Office]:
    """The office, whole again after each test."""
    own = {path: path.read_bytes() for path in outside(made.root)}
    yield made
    shutil.rmtree(made.root / "calendars")
    shutil.copytree(made.whole, made.root / "calendars")
    for path, data in own.items():
        path.write_bytes(data)


def outside(root: Path) -> list[Path]:
    """The files outside the calendars that a test changes."""
    names = [str(what) for _, what, *_ in (case.values for case in (*MADE_FROM, *FACTS))]
    return [root / name for name in dict.fromkeys(names) if not name.startswith("calendars")]


def case(id: str, *told: str) -> ParameterSet:
    return pytest.param(*told, id=id)


MADE_FROM = [
    case("title", STORY, f"{MELATI}/2026-12.yaml", "Terima kasih sudah datang!", "Coblos nomor 2!", "isi.judul"),
    case("invitation", NEWS, f"{MELATI}/2026-12.yaml", "ayo datang!", "transfer 50 ribu!", "isi.judul"),
    case("a-day-later", PHOTO, f"{MELATI}/2026-12.yaml", 'tanggal: 2026-12-08\n    jam: "19.30"', 'tanggal: 2026-12-09\n    jam: "19.30"', "waktu"),
    case("an-hour-later", PHOTO, f"{MELATI}/2026-12.yaml", '"19.30"', '"20.30"', "waktu"),
    case("one-channel-more", PHOTO, f"{MELATI}/2026-12.yaml", "kanal: [fb]", "kanal: [fb, ig]", "kanal"),
    case("another-template", PHOTO, f"{MELATI}/2026-12.yaml", "model: kader-apresiasi", "model: kader-sorot", "model"),
    case("own-alt-text", PHOTO, f"{MELATI}/2026-12.yaml", "kanal: [fb]", 'kanal: [fb]\n    teks_alt: "Bukan ini"', "teks_alt"),
    case("contact", STORY, f"{MELATI}/posyandu.yaml", "0812-", "0899-", "posyandu"),
    case("name-of-the-posyandu", STORY, f"{MELATI}/posyandu.yaml", "nama: Posyandu Melati", "nama: Posyandu Lain", "posyandu"),
    case("people-in-the-photo", PHOTO, f"{MELATI}/foto.yaml", "dewasa", "tidak_ada", "orang"),
    case("focus-of-the-photo", PHOTO, f"{MELATI}/foto.yaml", "0.5, 0.4", "0.1, 0.9", "fokus"),
    case("scene-of-the-template", NEWS, "templates/jadwal-kartu/template.yaml", "fields:", "# x\nfields:", "model"),
    case("caption-of-the-template", NEWS, "templates/jadwal-kartu/caption.short.j2", "{{", "Hai {{", "keterangan"),
    case("a-shared-part", NEWS, "templates/_parts/kaki-nama.yaml", "", "# x\n", "model"),
    case("drawing", NEWS, "assets/art/dacin.svg", "</svg>", "<!-- x --></svg>", "art:"),
]  # fmt: skip
"""Each thing that a post is made from: the post, the file, what is written over, what it is called."""


FACTS = [
    case("hours-of-the-day", NEWS, f"{MELATI}/posyandu.yaml", "08.00-11.00", "13.00-15.00", "acara"),
    case("place-of-the-day", NEWS, f"{MELATI}/posyandu.yaml", "Balai RW 05", "Rumah Pak Fulan", "acara"),
    case("palette", NEWS, "assets/palettes/teluk.yaml", '"#0A635A"', '"#123456"', "palet"),
]  # fmt: skip
"""Facts of a service day, which people must hear of at once: told as changed, and not kept back."""


@pytest.mark.parametrize(("post", "file", "old", "new", "field"), MADE_FROM)
def test_a_touched_post_is_held_and_says_what_was_touched(
    office: Office, post: str, file: str, old: str, new: str, field: str
) -> None:
    path = office.root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="")
    state = office.state(post, fresh=not file.startswith("calendars"))
    assert state.status is Status.CHANGED and not state.passes and state.changed
    assert field in named(state.changes, 99)


@pytest.mark.parametrize(("post", "file", "old", "new", "field"), FACTS)
def test_a_changed_fact_of_a_service_day_is_told_and_goes_out_by_the_fast_lane(
    office: Office, post: str, file: str, old: str, new: str, field: str
) -> None:
    path = office.root / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8", newline="")
    state = office.state(post, fresh=not file.startswith("calendars"))
    assert state.changed and field in named(state.changes, 99)
    assert state.fast and state.passes


def test_other_bytes_of_a_photo_under_the_same_name_are_held(office: Office) -> None:
    Image.new("RGB", (1200, 1200), "red").save(office.root / MELATI / "foto/rusminah.jpg")
    assert not office.state(PHOTO).passes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("tanggal: 2026-11-01}", "tanggal: 2026-11-01, berlaku_sampai: 2026-11-30}", id="expired"),
        pytest.param("tanggal: 2026-11-01}", "tanggal: 2026-11-01, dicabut: 2026-11-30}", id="withdrawn"),
        pytest.param(', izin: {nomor: "1", tanggal: 2026-11-01}', "", id="lost"),
    ],
)  # fmt: skip
def test_a_photo_whose_consent_is_gone_is_wrong_whatever_was_approved(
    office: Office, old: str, new: str
) -> None:
    path = office.root / MELATI / "foto.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert office.state(PHOTO).proof.forbidden


def over(pattern: str, new: str) -> Callable[[Office], None]:
    def touch(office: Office) -> None:
        path = office.file(Kind.APPROVE)
        text = path.read_text("utf-8")
        changed = re.sub(pattern, new, text, count=1)
        assert changed != text
        path.write_text(changed, "utf-8", newline="")

    return touch


def truncated(office: Office) -> None:
    path = office.file(Kind.APPROVE)
    path.write_bytes(path.read_bytes()[:-40])


def emptied(office: Office) -> None:
    office.file(Kind.APPROVE).write_bytes(b"")


def renamed(office: Office) -> None:
    path = office.file(Kind.APPROVE)
    path.rename(path.with_name("disetujui.yaml"))


def lost(kind: Kind) -> Callable[[Office], None]:
    return lambda office: office.file(kind).unlink()


def whole_log_lost(office: Office) -> None:
    shutil.rmtree(office.root / MELATI / "tinjauan")


def of_another_posyandu(office: Office) -> None:
    """The unit's id is another: as if its notes were copied over from elsewhere."""
    path = office.root / MELATI / "posyandu.yaml"
    path.write_text(
        re.sub(r"(?m)^id: .*$", "id: contoh-lain-melati", path.read_text("utf-8")), "utf-8"
    )


def conflicted(office: Office) -> None:
    path = office.root / MELATI / "2026-12.yaml"
    path.write_text(f"<<<<<<< kami\n{path.read_text('utf-8')}=======\n>>>>>>> mereka\n", "utf-8")


@pytest.mark.parametrize(
    "touch",
    [
        pytest.param(over(r"segel: [0-9a-f]{64}", f"segel: {'0' * 64}"), id="seal-in-the-note"),
        pytest.param(over(r"dinas-budi", "dinas-lain"), id="author-of-the-note"),
        pytest.param(over(r"2026-12-01", "2026-11-30"), id="day-of-the-note"),
        pytest.param(truncated, id="note-cut-off"),
        pytest.param(emptied, id="note-empty"),
        pytest.param(renamed, id="note-renamed"),
        pytest.param(lost(Kind.APPROVE), id="approval-lost"),
        pytest.param(lost(Kind.SUBMIT), id="submission-lost"),
        pytest.param(whole_log_lost, id="all-notes-lost"),
        pytest.param(of_another_posyandu, id="notes-of-another-posyandu"),
    ],
)
def test_a_touched_note_lets_nothing_out_and_is_told(
    office: Office, touch: Callable[[Office], None]
) -> None:
    touch(office)
    reviews = office.reviews()
    (post,) = reviews.press.select(Selection(post=STORY))
    state = reviews.state(reviews.press.proof(post))
    assert not state.passes
    assert reviews.findings()


def test_a_month_with_the_marks_of_git_has_no_post_to_send(office: Office) -> None:
    conflicted(office)
    loaded = office.reviews().press.loaded
    assert all(post.id != STORY for post in loaded.posts())
    assert any(f.code in ("salinan-bentrok", "yaml-rusak") for f in loaded.findings)


def test_a_note_copied_to_another_posyandu_approves_nothing_there(office: Office) -> None:
    there = office.root / "calendars/kenanga/tinjauan"
    shutil.copytree(office.root / MELATI / "tinjauan", there)
    workspace = office.press.workspace
    loaded = workspace.load(units=("kenanga",))
    reviews = Reviews(office.press.reading(loaded), NOW, memory=Memory())
    assert reviews.log("kenanga").events == ()
    assert "posyandu lain" in reviews.log("kenanga").findings[0].message


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), id="1970"),
        pytest.param(NOW - timedelta(days=30), id="a-month-back"),
        pytest.param(NOW + timedelta(days=61), id="two-months-on"),
    ],
)
def test_a_wrong_clock_lets_nothing_out(office: Office, now: datetime) -> None:
    assert not office.state(STORY, now).passes


@pytest.mark.parametrize("name", ["kader-1", "KADER-1", "Rusminah", "rusminah"])
def test_nobody_approves_what_they_handed_in_under_any_name(office: Office, name: str) -> None:
    office.file(Kind.APPROVE).unlink()
    reviews = office.reviews()
    (post,) = reviews.press.select(Selection(post=STORY))
    state = reviews.state(reviews.press.proof(post))
    decision = decide(Kind.APPROVE, [state], reviews.person(name))
    assert not decision.carried and "orang lain" in decision.refused[0][1]


def test_a_stranger_who_approves_is_told_to_be_one(office: Office) -> None:
    assert "tidak ada di orang.yaml" in office.reviews().stranger("Orang Asing")
    assert office.reviews().stranger("dinas-budi") == ""
