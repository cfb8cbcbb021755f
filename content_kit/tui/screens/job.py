"""Long work while one waits: how far, how long still, a way to stop; then what came of it."""

from __future__ import annotations

import threading
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label, ProgressBar, Static

from content_kit.files.safe_text import shown
from content_kit.files.user_folders import homely
from content_kit.tui import jobs
from content_kit.tui.messages import Finished, Stepped
from content_kit.tui.opener import open_folder
from content_kit.tui.screens.base import Panel


class JobPanel(Panel[jobs.Report]):
    """Runs a job on a worker thread and shows its report; answers with it, None without one.

    While it works no button has the focus: Enter pressed once too often must not stop anything.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "open", "Buka folder"),
        Binding("y", "answer(True)", "Ya, sudah"),
        Binding("n", "answer(False)", "Belum"),
    ]

    def __init__(self, title: str, job: jobs.Job) -> None:
        super().__init__()
        self._title = title
        self._job = job
        self._stop = threading.Event()
        self._start = monotonic()
        self._report: jobs.Report | None = None
        self._over = False

    def compose(self) -> ComposeResult:
        """First the progress, later the report in its place."""
        with Vertical(id="panel"):
            yield Static(self._title, classes="heading", id="heading", markup=False)
            yield ProgressBar(total=None, show_eta=False, id="bar")
            yield Static("Sebentar…", id="left", markup=False)
            with VerticalScroll(id="body"):
                yield Static("", id="lines", markup=False)
                yield Static("", id="text", markup=False)
            with Horizontal(id="asked"):
                yield Label("", id="question", markup=False)
                yield Button("Ya, sudah (y)", id="yes", compact=True, action="screen.answer(True)")
                yield Button("Belum (n)", id="not-yet", compact=True, action="screen.answer(False)")
            with Horizontal(classes="buttons"):
                yield Button("Buka folder (b)", id="open")
                yield Button("Batalkan (Esc)", id="close")

    def on_mount(self) -> None:
        """Start the work."""
        self.query_one("#body").display = False
        self.query_one("#open").display = self.query_one("#asked").display = False
        self.query_one("#close").can_focus = False
        self.kit.stop_looking()
        self.run_worker(self._work, thread=True, exit_on_error=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A folder is opened where there is one, a question answered while it stands there."""
        if action == "answer":
            return bool(self._report and self._report.ask) and self.query_one("#asked").display
        return action != "open" or bool(self._report and self._report.folder)

    def _work(self) -> None:
        def step(done: int, total: int) -> None:
            if self._stop.is_set():
                raise jobs.Stopped
            self.post_message(Stepped(done, total))

        try:
            with self.kit.writing:
                self._start = monotonic()
                report = self._job(step)
        except jobs.Stopped:
            told = Finished(None, "Dihentikan. Yang sudah jadi tetap utuh; ulangi kapan saja.")
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            told = Finished(None, jobs.apology(error))
        else:
            told = Finished(report)
        self.post_message(told)

    @on(Stepped)
    def _stepped(self, message: Stepped) -> None:
        if self._over:
            return
        self.query_one(ProgressBar).update(total=message.total, progress=message.done)
        spent = monotonic() - self._start
        told = f"{message.done} dari {message.total}"
        if message.done:
            left = spent / message.done * (message.total - message.done)
            told += f", kira-kira {left:.0f} detik lagi"
        if not self._stop.is_set():
            self.query_one("#left", Static).update(told)

    @on(Finished)
    def _finished(self, message: Finished) -> None:
        self._over = True
        self._report = report = message.report
        heading = self.query_one("#heading", Static)
        lines = report.lines if report else (message.sentence,)
        heading.update(shown(report.heading) if report else "Belum selesai")
        heading.set_class(report is None or report.wrong, "wrong")
        self.query_one("#bar").display = self.query_one("#left").display = False
        self.query_one("#body").display = True
        self.query_one("#lines", Static).update("\n".join(shown(line) for line in lines))
        if report and report.text:
            words = shown(report.text, lines=True)
            self.query_one("#text", Static).update(f"\nTeks untuk WhatsApp:\n\n{words}")
        close = self.query_one("#close", Button)
        close.label = "Selesai (Enter)"
        close.variant = "primary"
        close.disabled = False
        close.can_focus = True
        close.focus()
        self.query_one("#open").display = bool(report and report.folder)
        if report and report.ask:
            self.query_one("#question", Label).update(shown(report.ask.words))
            self.query_one("#asked").display = True
        self.refresh_bindings()
        self.kit.action_reload()

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Stop the work; when it is over, close."""
        if self._over:
            self.dismiss(self._report)
            return
        self._stop.set()
        self.query_one("#left", Static).update("Menghentikan…")
        self.query_one("#close", Button).disabled = True

    def action_answer(self, yes: bool) -> None:
        """Yes is written down, for whoever sits here; no leaves the question for the next change."""
        from content_kit.tui.marking import as_somebody, carry

        ask = self._report.ask if self._report else None
        self.query_one("#asked").display = False
        self.query_one("#close", Button).focus()
        self.refresh_bindings()
        if yes and ask is not None:
            as_somebody(self.kit, lambda: carry(self.kit, lambda: ask.yes(self.kit.me)))

    @on(Button.Pressed, "#open")
    def action_open(self) -> None:
        """Show the folder in the system's own window."""
        folder = self._report.folder if self._report else None
        if folder is not None and not open_folder(folder):
            self.notify(
                f"Jendela folder tidak dapat dibuka di sini. Letaknya: {shown(homely(folder))}",
                markup=False,
            )
