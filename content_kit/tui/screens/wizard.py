"""Five questions to a new posyandu; the service days are understood while one types."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, ContentSwitcher, Input, Label, Select, Static

from content_kit.files.reader import Findings, read_hours
from content_kit.files.safe_text import shown
from content_kit.findings import NOWHERE
from content_kit.model import Zone
from content_kit.schedule.dates import long_date
from content_kit.schedule.words import months_from, understand
from content_kit.start import NewPosyandu
from content_kit.tui.screens.base import Panel

_PAGES: Final = (
    ("Siapa nama posyandunya?", (("name", "Nama", "Posyandu Melati"),)),
    (
        "Di mana?",
        (
            ("village", "Desa atau kelurahan", "Desa Contoh"),
            ("district", "Kecamatan", "Kecamatan Contoh"),
            ("regency", "Kabupaten atau kota", "Kabupaten Contoh"),
        ),
    ),
    ("Kapan buka?", (("rule", "Hari buka, dengan kata-kata Anda", "selasa ke-2"),)),
    (
        "Jam berapa, dan di tempat mana?",
        (("hours", "Jam buka", "08.00-11.00"), ("place", "Tempat", "Balai desa")),
    ),
    ("Nomor WhatsApp posyandu?", (("whatsapp", "Boleh dikosongkan", "0812-0000-0000"),)),
)


class WizardPanel(Panel[NewPosyandu]):
    """One question a page; Enter goes on."""

    CSS_PATH: ClassVar[str] = "wizard.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def compose(self) -> ComposeResult:
        """All pages, one of them shown."""
        zones = [(f"{zone.name} (UTC+{zone.value})", zone.name) for zone in Zone]
        with Vertical(id="panel"):
            yield Static("", id="question", classes="heading", markup=False)
            with ContentSwitcher(initial="page-0"):
                for number, (_, fields) in enumerate(_PAGES):
                    with Vertical(id=f"page-{number}"):
                        for id, label, example in fields:
                            yield Label(label)
                            yield Input(id=id, placeholder=f"misalnya {example}", compact=True)
                        if number == 1:
                            yield Label("Zona waktu")
                            yield Select(
                                zones, value="WITA", allow_blank=False, id="zone", compact=True
                            )
            yield Static("", id="told", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Lanjut (Enter)", variant="primary", id="next")
                yield Button("Kembali", id="back")

    def on_mount(self) -> None:
        """The first question."""
        self._show(0)

    def _show(self, page: int) -> None:
        self._page = page
        question, fields = _PAGES[page]
        self.query_one("#question", Static).update(f"{page + 1} dari {len(_PAGES)}: {question}")
        self.query_one(ContentSwitcher).current = f"page-{page}"
        self.query_one("#told", Static).update("")
        self.query_one(f"#{fields[0][0]}").focus()
        last = page == len(_PAGES) - 1
        self.query_one("#next", Button).label = "Buat (Enter)" if last else "Lanjut (Enter)"
        self._understand()

    @on(Input.Changed)
    def _understand(self) -> None:
        if self._page == 2:
            self._tell(self._dates() if self._value("rule") else ("", ""))
        elif self._page == 3:
            self._tell(("", ""))

    def _tell(self, told: tuple[str, str]) -> None:
        wrong, right = told
        line = self.query_one("#told", Static)
        line.update(shown(wrong or right, lines=True))
        line.set_class(bool(wrong), "wrong")

    def _dates(self) -> tuple[str, str]:
        """What is unclear about the service days, or the dates as they were understood."""
        rule, findings = understand(self._value("rule"))
        if findings:
            return f"{findings[0].message} {findings[0].hint}".strip(), ""
        if rule is None:
            return 'Belum jelas. Tulis misalnya "selasa ke-2".', ""
        today = self.kit.clock().astimezone(Zone[self._zone()].tz).date()
        days = rule.dates(today, months_from(today, 6))[:4]
        dates = "\n".join(f"  ● {long_date(day)}" for day in days)
        return "", f"Kami pahami: {rule.sentence()}.\n{dates}" if days else rule.sentence()

    def _value(self, id: str) -> str:
        return self.query_one(f"#{id}", Input).value.strip()

    def _zone(self) -> str:
        return str(self.query_one("#zone", Select).value)

    def _problem(self) -> str:
        """What keeps this page from being done, "" when nothing does."""
        for id, label, _ in _PAGES[self._page][1]:
            if id != "whatsapp" and not self._value(id):
                self.query_one(f"#{id}").focus()
                return f"{label}: isi dulu."
        if self._page == 2:
            return self._dates()[0]
        if self._page == 3:
            findings = Findings()
            read_hours(self._value("hours"), NOWHERE, findings)
            return f"{findings[0].message} {findings[0].hint}".strip() if findings else ""
        return ""

    @on(Button.Pressed, "#next")
    @on(Input.Submitted)
    def _next(self) -> None:
        problem = self._problem()
        if problem:
            self._tell((problem, ""))
        elif self._page < len(_PAGES) - 1:
            self._show(self._page + 1)
        else:
            ids = [id for _, fields in _PAGES for id, _, _ in fields]
            self.dismiss(NewPosyandu(zone=self._zone(), **{id: self._value(id) for id in ids}))

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        if self._page:
            self._show(self._page - 1)
        else:
            self.dismiss(None)
