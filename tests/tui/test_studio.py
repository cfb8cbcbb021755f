"""The newest draft is drawn, as it will be, and nothing of it touches the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from content_kit.files.workspace import Workspace
from content_kit.model import Pixels
from content_kit.planning.pages import Pages
from content_kit.render import Press
from content_kit.tui.studio import Easel, Sheet, Studio, Ticket
from tests.tui.driving import INVITATION

WAIT = 20.0


class SlowPress:
    """Draws a ticket when it is told to, and remembers which it began."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.started = threading.Semaphore(0)
        self.go = threading.Semaphore(0)

    def draw(self, ticket: Ticket, alive: Callable[[], bool]) -> Sheet | None:
        """One sheet."""
        self.begun.append(ticket.number)
        self.started.release()
        assert self.go.acquire(timeout=WAIT)
        return Sheet(ticket) if alive() else None


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_the_newest_wish_wins_whatever_was_asked_meanwhile(bursts: list[int]) -> None:
    """While a ticket is drawn any number is asked; then only the newest of them is drawn."""
    press = SlowPress()
    got: list[int] = []
    came = threading.Semaphore(0)

    def deliver(sheet: Sheet) -> None:
        got.append(sheet.ticket.number)
        came.release()

    studio = Studio(Path(), deliver, draw=press.draw)
    number = 1
    studio.ask(Ticket(1, "melati", "x"))
    for burst in bursts:
        assert press.started.acquire(timeout=WAIT)
        for _ in range(burst):
            number += 1
            studio.ask(Ticket(number, "melati", "x"))  # never blocks, though nobody draws
        press.go.release()
    assert press.started.acquire(timeout=WAIT)
    press.go.release()
    assert came.acquire(timeout=WAIT)
    studio.close()
    asked = [1]
    for burst in bursts:
        asked.append(asked[-1] + burst)
    assert press.begun == asked, "of each burst only the newest is begun"
    assert got == [number], "what is old when it is done is delivered to nobody"


def test_a_whole_picture_is_not_pushed_aside_by_the_next_letter() -> None:
    press = SlowPress()
    got: list[tuple[int, bool]] = []
    came = threading.Semaphore(0)

    def deliver(sheet: Sheet) -> None:
        got.append((sheet.ticket.number, sheet.ticket.full))
        came.release()

    studio = Studio(Path(), deliver, draw=press.draw)
    studio.ask(Ticket(1, "melati", "x", full=True))
    studio.ask(Ticket(2, "melati", "x"))
    for _ in range(2):
        assert press.started.acquire(timeout=WAIT)
        press.go.release()
        assert came.acquire(timeout=WAIT)
    studio.close()
    assert got == [(1, True), (2, False)]


def test_a_closed_studio_delivers_nothing_and_a_bug_is_told() -> None:
    press = SlowPress()
    got: list[Sheet] = []
    studio = Studio(Path(), got.append, draw=press.draw)
    studio.ask(Ticket(1, "melati", "x"))
    assert press.started.acquire(timeout=WAIT)
    studio.close()
    press.go.release()
    studio.ask(Ticket(2, "melati", "x"))
    assert got == []

    came = threading.Event()

    def told(sheet: Sheet) -> None:
        got.append(sheet)
        came.set()

    other = Studio(Path("tidak-ada"), told)
    other.ask(Ticket(1, "melati", "x"))
    assert came.wait(WAIT)
    other.close()
    assert got[0].image is None and "tidak ada folder calendars" in got[0].sentence


def draft(root: Path, old: str, new: str) -> dict[Path, str]:
    """The month with other words, unsaved."""
    month = root / "calendars/melati/2026-12.yaml"
    text = month.read_text(encoding="utf-8")
    assert old in text
    return {month: text.replace(old, new, 1)}


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_sheet_of_a_draft_is_that_of_the_saved_file(demo: Path) -> None:
    texts = draft(demo, "Besok kita buka, ayo datang!", "Besok pagi kita buka, Ibu-ibu!")
    before = snapshot(demo)
    easel = Easel(demo)
    sheet = easel.sheet(Ticket(1, "melati", INVITATION, texts, "story", 90, 90))
    assert sheet is not None and sheet.proof is not None
    assert snapshot(demo) == before, "a draft never touches the disk"
    assert sheet.format is not None and sheet.format.name == "story"

    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="")
    workspace = Workspace.open(demo)
    press = Press(workspace, workspace.load(unit="melati"))
    post = next(post for post in press.loaded.posts() if post.id == INVITATION)
    proof = press.proof(post)
    assert sheet.proof == proof
    assert sheet.proof.post.fields["judul"] == "Besok pagi kita buka, Ibu-ibu!"
    assert sheet.image == press.renderer.thumbnail(proof.scenes["story"], "melati", 90, 90)
    again = easel.sheet(Ticket(2, "melati", INVITATION, {}, "story", 90, 90))
    assert again is not None and again.proof == proof, "a save is noticed"


def test_the_picture_keeps_its_proportions_in_any_box(demo: Path) -> None:
    easel = Easel(demo)
    for format, width, height in (("feed", 40, 50), ("story", 28, 50), ("", 40, 50)):
        sheet = easel.sheet(Ticket(1, "melati", INVITATION, {}, format, 60, 50))
        assert sheet is not None and sheet.image is not None
        assert (sheet.image.width, sheet.image.height) == (width, height)
        assert len(sheet.image.rgb) == width * height * 3
        assert [each.name for each in sheet.formats] == ["feed", "story"]


def test_the_whole_picture_is_the_one_that_render_writes(demo: Path) -> None:
    texts = draft(demo, "Besok kita buka, ayo datang!", "Hubungi 0812-3456-7890 ya")
    sheet = Easel(demo).sheet(Ticket(1, "melati", INVITATION, texts, "feed", full=True))
    assert sheet is not None and sheet.proof is not None and sheet.proof.draft
    workspace = Workspace.open(demo)
    next(iter(texts)).write_text(next(iter(texts.values())), encoding="utf-8", newline="")
    press = Press(workspace, workspace.load(unit="melati"))
    post = next(post for post in press.loaded.posts() if post.id == INVITATION)
    list(press.write(press.proof(post), demo / "keluaran"))
    written = demo / "keluaran" / Path(*press.proof(post).folder) / "feed.jpg"
    assert sheet.jpeg == written.read_bytes(), "the stamp DRAF included"
    with Image.open(BytesIO(sheet.jpeg)) as picture:
        assert picture.size == (1080, 1350)


def test_what_has_no_picture_says_why(demo: Path) -> None:
    easel = Easel(demo)

    def told(texts: dict[Path, str], post: str = INVITATION) -> str:
        sheet = easel.sheet(Ticket(1, "melati", post, texts))
        assert sheet is not None and sheet.image is None and not sheet.jpeg
        return sheet.sentence

    nik = draft(demo, "Besok kita buka, ayo datang!", "NIK 6371010101900001")
    assert "NIK" in told(nik) and told(nik).startswith("Tidak ada gambar")
    assert "tidak ada lagi" in told({}, "hilang")
    assert told(draft(demo, "postingan:", "postingan: [")).startswith("Belum ada gambar")
    assert "kenari" not in told({}, "hilang")


def test_a_draft_with_another_record_of_photos_is_judged_by_it(demo: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    Image.new("RGB", (1200, 1200), (90, 120, 90)).save(source)
    folder = demo / "calendars/melati/foto"
    folder.mkdir(exist_ok=True)
    source.rename(folder / "a.jpg")
    workspace = Workspace.open(demo)
    post = next(p for p in workspace.load(unit="melati").posts() if p.template == "kader-apresiasi")
    pages = Pages(workspace)
    path = pages.month("melati", post.date)
    number = pages.text(path).index(post.id)
    text = pages.text(path)
    at = text.index("isi:\n", number) + len("isi:\n")
    pages.put(path, f"{text[:at]}      foto: a.jpg\n{text[at:]}")
    easel = Easel(demo)
    sheet = easel.sheet(Ticket(1, "melati", post.id, pages.changed()))
    assert sheet is not None and "belum dicatat" in sheet.sentence
    pages.put(pages.photos("melati"), "foto:\n  - berkas: a.jpg\n    orang: tidak_ada\n")
    sheet = easel.sheet(Ticket(2, "melati", post.id, pages.changed()))
    assert sheet is not None and isinstance(sheet.image, Pixels)
    assert date(2026, 12, 1) <= post.date
