"""Every panel as a picture that was looked at; `--snapshot-update` after looking again.

A panel is shown in each state that it can be in: empty, typical, findings (something wrong, said
beside its field) and narrow (80x24; the others are 120x40). What is missing here is elsewhere or
cannot be:

- help, who, month and change are narrow in test_looks; filter, unit, balance and delete (confirm)
  in test_calendar_looks; done in test_send, add in test_library, return in test_reviewing, a folder
  in test_first_run, the job in test_exchange, art (choose), channels (many) and day in
  test_post_looks.
- conflict is in test_conflict, the list of photos in test_photos, the pages of the wizard and its
  findings in test_first_run, exchange itself in test_exchange.
- help, month, resume, confirm and day ask nothing that could be answered wrongly: no findings; nor
  do lists that one only chooses from (choose, many, who, filter, unit, entries, balance).
- help, month, change, confirm, resume, return, add, day and the form of a photo are never empty:
  they open only with something to show.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

import pytest
from PIL import Image
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.model import Consent, PeopleInPhoto, Person, Photo, Pillar
from content_kit.planning.adding import Advice
from content_kit.planning.strategy import load_strategy
from content_kit.review.policy import Item
from content_kit.start import create_demo
from content_kit.tui import jobs
from content_kit.tui.app import KitApp
from content_kit.tui.board import Board
from content_kit.tui.filters import Filter
from content_kit.tui.looking import Looker
from content_kit.tui.screens import intake
from content_kit.tui.screens.add import AddPanel
from content_kit.tui.screens.balance import BalancePanel
from content_kit.tui.screens.base import HelpPanel, Panel
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.choose import ChoosePanel, DayPanel, ManyPanel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.done import DonePanel
from content_kit.tui.screens.entries import EntriesPanel
from content_kit.tui.screens.filters import FilterPanel, UnitPanel
from content_kit.tui.screens.folder import FolderPanel
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.intake import TablePanel, TrialPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.month import MonthPanel
from content_kit.tui.screens.photo_form import PhotoForm, WithdrawPanel
from content_kit.tui.screens.resume import ResumePanel
from content_kit.tui.screens.verdict import ApprovePanel, ReturnPanel
from content_kit.tui.screens.who import WhoPanel
from content_kit.tui.screens.wizard import WizardPanel
from content_kit.tui.standing import standing
from content_kit.tui.widgets.balance import standing_lines

EVENING = datetime(2026, 12, 7, 10, 2, tzinfo=UTC)
TODAY = date(2026, 12, 7)
KADER = "kader-rusminah"
HOSTILE = "[red]Gratis[/] [/x] \x1b]0;x\x07"
TABLE = "id;tanggal;jam;unit;jenis;bidang;sasaran;model;isi judul\n"
ROWS = (
    "m4x7q2;7 Desember 2026;18.00;melati;jadwal;kesehatan;bayi;jadwal-kartu;Besok kita buka!\n"
    ";21 Desember 2026;16.00;melati;edukasi;kesehatan;bayi;edukasi-langkah;Menyusui itu nyaman\n"
)
ITEMS = (
    Item("fakta", "Faktanya benar dan ada sumbernya"),
    Item("waktu", "Hari, jam, dan tempatnya benar"),
    Item("asing", HOSTILE),
)
CHANNELS = (("wa-grup", "Grup WhatsApp"), ("fb", "Facebook"), ("asing", HOSTILE))


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], **options: object) -> bool: ...


@dataclass(frozen=True)
class Stage:
    """What panels are made from."""

    root: Path
    board: Board
    home: Path

    def melati(self, **changes: Any) -> Board:
        """The board with something else loaded."""
        return replace(self.board, loaded=replace(self.board.loaded, **changes))


@dataclass(frozen=True)
class Case:
    """A panel, what is written into its fields, and keys that are pressed then."""

    make: Callable[[Stage], Panel[Any]]
    fill: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()


def bars(stage: Stage, *, planned: bool = True) -> Panel[None]:
    board = stage.board if planned else stage.melati(calendars=())
    board = board if planned else replace(board, known_index=None)
    strategy, _ = load_strategy(Workspace(stage.root), "jemput-bola-digital")
    assert strategy is not None
    month = TODAY.replace(day=1)
    found = standing(board, ["melati"], month, strategy)
    return BalancePanel(month, standing_lines(found, HOSTILE))


def days(stage: Stage) -> Panel[date]:
    return DayPanel(TODAY, TODAY, lambda day: HOSTILE if day == TODAY else "")


def adding(stage: Stage) -> Panel[Any]:
    loaded = stage.board.loaded
    advice = Advice.of(Workspace(stage.root), loaded)
    entry = next(each for each in advice.library if each.pillar is Pillar.EDUKASI)
    return AddPanel(advice, loaded, "melati", replace(entry, title=HOSTILE), TODAY)


def form(stage: Stage) -> Panel[Any]:
    given = Consent(HOSTILE, "media sosial posyandu", given=TODAY)
    before = Photo("timbang.jpg", PeopleInPhoto.CHILDREN, consent=given)
    path = stage.root / "timbang.jpg"
    Image.new("RGB", (64, 48), (40, 120, 90)).save(path)
    return PhotoForm("timbang.jpg", path, 0, TODAY, CHANNELS, ("fb",), before)


def withdrawal(stage: Stage, *, used: bool = True) -> Panel[bool]:
    posts = stage.board.index.posts[:3] if used else ()
    return WithdrawPanel(HOSTILE, posts)


def table(stage: Stage, text: str = TABLE + ROWS) -> Panel[Any]:
    path = stage.home / "Unduhan" / "rencana-melati.csv"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (EVENING.timestamp(),) * 2)
    return TrialPanel(stage.root, path, TODAY)


def tables(stage: Stage, *, some: bool = True) -> Panel[Path]:
    if some:
        table(stage)
    return TablePanel(stage.root)


def folders(stage: Stage, *, some: bool = True) -> Panel[Path]:
    near = stage.home / "Dokumen"
    for name in ("melati", "kenanga") if some else ():
        (near / name / "calendars").mkdir(parents=True)
    near.mkdir(exist_ok=True)
    return FolderPanel(near)


def job(stage: Stage, *, wrong: bool = False) -> Panel[Any]:
    def work(_: jobs.Step) -> jobs.Report:
        if wrong:
            raise UsageError(f"Folder keluaran tidak dapat ditulis: {HOSTILE}")
        lines = ("6 gambar siap dikirim.", HOSTILE)
        return jobs.Report(
            "Gambar minggu ini sudah jadi", lines, f"*{HOSTILE}*\nBesok kita buka!", stage.root
        )

    return JobPanel("Membuat gambar minggu ini", work)


def choice(stage: Stage, number: int = 3) -> Panel[str]:
    rows = [(str(n), f"Posyandu Contoh {n}") for n in range(1, number)]
    return ChoosePanel("Untuk posyandu mana?", [*rows, ("asing", HOSTILE)], "asing", empty="Semua")


def some(stage: Stage, rows: tuple[tuple[str, str], ...] = CHANNELS) -> Panel[Any]:
    note = "Bila tidak ada yang ditandai: Grup WhatsApp."
    return ManyPanel("Diposting di", rows, ("fb",), note)


def stranger(stage: Stage) -> Panel[str]:
    people = {**stage.board.loaded.people, "asing": Person("asing", HOSTILE, "kader", ("melati",))}
    return WhoPanel(stage.melati(people=people))


def entries(stage: Stage) -> Panel[Any]:
    return EntriesPanel(stage.root, Pillar.EDUKASI, {})


def done(stage: Stage) -> Panel[Any]:
    return DonePanel(
        HOSTILE, CHANNELS, warning="Masih ada 1 hal yang perlu diperbaiki di postingan ini."
    )


def approval(stage: Stage, *, asked: bool = True) -> Panel[Any]:
    about = "Melati · Sen, 7 Des 18.30 · " + HOSTILE
    return ApprovePanel("Setujui postingan ini?", about, ITEMS if asked else (), key=asked)


def change(stage: Stage, me: str = KADER) -> Panel[Any]:
    return ChangePanel(stage.board, me)


def units(stage: Stage) -> Panel[str]:
    return UnitPanel(
        stage.board, ["melati", "kenanga"], "Tambah pada Sel, 8 Des, untuk posyandu mana?"
    )


def month(stage: Stage) -> Panel[date]:
    return MonthPanel(stage.root, stage.board.units(KADER), TODAY, EVENING)


LONG = ("Jamnya belum sama dengan spanduk di balai, dan tempatnya berubah. " * 9).strip()
CASES: Mapping[str, Case] = {
    "help-typical": Case(lambda _: HelpPanel(HomeScreen.HELP)),
    "change-typical": Case(change, {"#value": "10 desember", "#reason": HOSTILE}),
    "change-findings": Case(change, {"#value": "kapan-kapan"}),
    "change-missing-narrow": Case(partial(change, me=""), {"#value": "10 desember"}, ("ctrl+s",)),
    "who-typical": Case(stranger),
    "who-empty": Case(lambda stage: WhoPanel(stage.melati(people={}))),
    "month-typical": Case(month),
    "filter-typical": Case(
        lambda stage: FilterPanel(stage.board, Filter(units=frozenset(["melati"]))), {}, ("down",)
    ),
    "filter-empty": Case(lambda stage: FilterPanel(stage.board, Filter()), {"#search": "zzz"}),
    "unit-typical": Case(units),
    "unit-empty": Case(units, {"#search": "zzz"}),
    "balance-typical": Case(bars),
    "balance-empty": Case(partial(bars, planned=False)),
    "confirm-typical": Case(
        lambda _: ConfirmPanel("Hapus postingan ini?", (HOSTILE, "Ctrl+Z sesudahnya mengembalikannya."), "Hapus (y)")
    ),
    "done-typical": Case(done),
    "done-findings": Case(done, {}, (*("space", "down") * 3, "enter")),
    "job-typical": Case(job),
    "job-findings": Case(partial(job, wrong=True)),
    "table-typical": Case(tables),
    "table-findings": Case(tables, {"#path": "~/tidak-ada.csv"}, ("tab", "enter")),
    "table-narrow": Case(tables),
    "trial-typical": Case(table),
    "trial-empty": Case(partial(table, text=TABLE)),
    "trial-narrow": Case(partial(table, text=TABLE + ROWS + ";31/02/2026;8:00;melati;edukasi;;;;Salah\n")),
    "form-findings": Case(form, {"#until": "kapan-kapan"}, ("ctrl+s",)),
    "withdraw-typical": Case(withdrawal),
    "withdraw-empty": Case(partial(withdrawal, used=False)),
    "withdraw-narrow": Case(withdrawal),
    "choose-typical": Case(choice),
    "choose-empty": Case(partial(choice, number=40), {"#words": "zzz"}),
    "choose-search-narrow": Case(partial(choice, number=40), {"#words": "contoh 1"}),
    "many-typical": Case(some),
    "many-empty": Case(partial(some, rows=())),
    "day-typical": Case(days),
    "entries-typical": Case(entries),
    "entries-empty": Case(entries, {"Input": "zzz"}),
    "entries-narrow": Case(entries, {"Input": "susu"}),
    "approve-typical": Case(approval, {}, ("space",)),
    "approve-empty": Case(partial(approval, asked=False)),
    "approve-findings": Case(approval, {}, ("enter",)),
    "approve-narrow": Case(approval),
    "return-typical": Case(lambda _: ReturnPanel(HOSTILE), {"#note": "Jamnya belum sama."}),
    "return-findings": Case(lambda _: ReturnPanel(HOSTILE), {"#note": LONG}),
    "return-missing-narrow": Case(lambda _: ReturnPanel(HOSTILE), {}, ("tab", "enter")),
    "folder-typical": Case(folders),
    "folder-empty": Case(partial(folders, some=False)),
    "folder-findings": Case(folders, {"#path": f"~/{HOSTILE}"}, ("tab", "enter")),
    "add-typical": Case(adding),
    "add-findings": Case(adding, {"#day": "kapan-kapan"}),
    "resume-typical": Case(lambda _: ResumePanel("Min, 6 Des 17.45")),
    "resume-narrow": Case(lambda _: ResumePanel("Min, 6 Des 17.45")),
    "wizard-typical": Case(lambda _: WizardPanel({"name": HOSTILE})),
    "wizard-place-narrow": Case(lambda _: WizardPanel({"name": "Posyandu Mawar"}), {}, ("enter",)),
    "wizard-missing": Case(lambda _: WizardPanel({}), {}, ("enter",)),
}  # fmt: skip
"""By name: the panel and its state."""


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The sample as it is read at first, in the home of somebody who has a folder of downloads."""
    home = tmp_path / "rumah"
    (home / "Unduhan").mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(Path, "expanduser", lambda path: Path(str(path).replace("~", str(home), 1)))
    monkeypatch.setattr(intake, "downloads_folder", lambda: home / "Unduhan")
    root = create_demo(home / "contoh", TODAY)
    return Stage(root, next(Looker(root).look(EVENING, KADER, lambda: True)), home)


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize("name", list(CASES))
def test_panel(
    name: str, stage: Stage, tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    monkeypatch.setattr(KitApp, "action_reload", lambda _: None)
    monkeypatch.setattr("random.SystemRandom", lambda: Random(1))
    app = KitApp(stage.root, clock=lambda: EVENING, settings=tmp_path / "pengaturan.json")

    async def before(pilot: Pilot[None]) -> None:
        app.set_reactive(KitApp.board, stage.board)
        panel = case.make(stage)
        if isinstance(panel, FilterPanel | UnitPanel | BalancePanel):
            await app.switch_mode("kalender")  # their styles come with it
        await app.push_screen(panel)
        # The screens behind have pictures of their own.
        panel.styles.background = app.theme_variables["background"]
        await settle(pilot)
        for selector, words in case.fill.items():
            one = panel.query_one(selector)
            assert isinstance(one, Input | TextArea)
            if isinstance(one, Input):
                one.value = words
            else:
                one.text = words
        await settle(pilot)
        await pilot.press(*case.keys)
        for line in panel.query("Input, TextArea"):
            assert isinstance(line, Input | TextArea)
            line.cursor_blink = False
        await settle(pilot)
        assert len([each for each in panel.active_bindings.values() if each.binding.show]) <= 6
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "\x07" not in drawn

    size = (80, 24) if name.endswith("narrow") else (120, 40)
    assert snap_compare(app, terminal_size=size, run_before=before)
