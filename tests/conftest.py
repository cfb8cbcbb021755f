"""The posyandu, channels and posts that tests of several rooms speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from uuid import uuid4

import pytest
from PIL import Image

from content_kit.files.sandbox import Sandbox
from content_kit.files.templates import FieldSpec, Template
from content_kit.findings import Place
from content_kit.model import (
    Audience,
    Channel,
    Contact,
    Hours,
    Insets,
    Limit,
    OccurrenceRef,
    Pillar,
    Post,
    Posyandu,
    Service,
    ServiceDay,
    Zone,
)

LONGEST_ID = 40
"""Letters of one input in a test's id: a longer one is told by its beginning and its length."""


def pytest_make_parametrize_id(val: object) -> str | None:
    """A readable id for a text or bytes: hostile inputs are long, or hold what a terminal acts on."""
    if not isinstance(val, str | bytes):
        return None
    text = val.decode("latin-1") if isinstance(val, bytes) else val
    if len(text) <= LONGEST_ID and text.isascii() and text.isprintable():
        return None
    seen = "".join(char if char.isascii() and char.isprintable() else "~" for char in text[:24])
    return f"{seen.strip()}…{len(text)}" if len(text) > 24 else f"{seen.strip()}~{len(text)}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An id that nobody can read is a mistake in the test."""
    for item in items:
        if len(item.name) > 400:
            raise pytest.UsageError(f"the id of {item.name[:80]}… has {len(item.name)} letters")


@pytest.fixture(scope="session", autouse=True)
def no_real_machine() -> Iterator[Path]:
    """What this user keeps of the program is neither read nor written: caches lie here meanwhile."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as here,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name in names:
            patch.setenv(name, str(Path(here) / "bersama"))
        yield Path(here)


@pytest.fixture(autouse=True)
def machine_of_its_own(no_real_machine: Path) -> Iterator[None]:
    """Each test sits at a machine that remembers nothing: the sample's posyandu have the same ids everywhere."""
    # Not the fixture `monkeypatch`: what a test patches is undone before its own fixtures end.
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(no_real_machine / uuid4().hex))
        yield


MakePost = Callable[..., Post]
MakeTemplate = Callable[..., Template]


@pytest.fixture
def melati() -> Posyandu:
    """Opens every second Tuesday, 08.00 to 11.00 WITA; in December 2026 that is the 8th."""
    return Posyandu(
        id="contoh-desa-contoh-melati",
        slug="melati",
        name="Posyandu Melati",
        village="Desa Contoh",
        district="Kecamatan Contoh",
        regency="Kabupaten Contoh",
        zone=Zone.WITA,
        contact=Contact(whatsapp="0812-0000-0000", facebook="Posyandu Melati Desa Contoh"),
        service_days=(
            ServiceDay(
                id="bulanan",
                name="Hari buka",
                rule="selasa ke-2",
                hours=Hours(time(8), time(11)),
                place="Balai RW 05",
                audience=(Audience.BAYI, Audience.BALITA_APRAS),
                services=("timbang", "imunisasi"),
                bring=("Buku KIA",),
            ),
        ),
    )


@pytest.fixture
def make_post() -> MakePost:
    """A factory of posts: by default the invitation of Monday 7 December 2026, 18.30."""
    invitation = Post(
        id="m4x7q2",
        unit="melati",
        date=date(2026, 12, 7),
        time=time(18, 30),
        pillar=Pillar.JADWAL,
        template="jadwal-kartu",
        channels=("wa-grup",),
        occurrence=OccurrenceRef("bulanan", date(2026, 12, 8)),
        fields={"judul": "Besok kita buka, ayo datang!"},
    )
    return lambda **changes: replace(invitation, **changes)


@pytest.fixture
def services() -> Mapping[str, Service]:
    """Two services as assets/layanan.yaml has them."""
    return {
        "timbang": Service("timbang", "Timbang & ukur", "dacin"),
        "imunisasi": Service("imunisasi", "Imunisasi", "suntik"),
    }


def _channel(id: str, name: str, *, short: bool = False, **limits: Limit) -> Channel:
    return Channel(
        id=id,
        name=name,
        file_label=name,
        format="feed",
        safe=Insets(),
        caption="short" if short else "long",
        bold=short,
        limits=limits,
    )


@pytest.fixture
def channels() -> Mapping[str, Channel]:
    """A WhatsApp group, a Facebook page and Instagram with its five hashtags."""
    checked = date(2026, 11, 21)

    def limit(value: int, grade: str) -> Limit:
        return Limit(value, grade, "contoh", checked)

    found = (
        _channel("wa-grup", "Grup WhatsApp", short=True, teks=limit(1_024, "U")),
        _channel("fb", "Facebook", teks=limit(63_206, "B")),
        _channel("ig", "Instagram", teks=limit(2_200, "B"), tagar=limit(5, "B")),
        _channel("saluran", "Saluran", teks=limit(300, "U"), tagar=limit(1, "U")),
    )
    return {channel.id: channel for channel in found}


@pytest.fixture
def make_template() -> MakeTemplate:
    """A factory of templates without a picture: fields, and captions as Jinja text."""

    def make(*fields: FieldSpec, **captions: str) -> Template:
        leaves = {
            form: Sandbox().template(source, Place("templates/contoh/caption.j2", 1, 1))
            for form, source in captions.items()
        }
        return Template(
            name="contoh",
            title="Contoh",
            folder=Path("templates/contoh"),
            file="templates/contoh/template.yaml",
            fields=fields or (FieldSpec("judul", "Judul", max=60),),
            scenes={},
            parts={},
            captions=leaves,
            examples={},
            digest="",
        )

    return make


class Mono:
    """A fake typeface, six tenths of its size wide for every letter; only the snowman is missing."""

    def advances(
        self, text: str, weight: int, size: int, tracking: float = 0.0
    ) -> tuple[tuple[str, int], ...]:
        """The letters and their x."""
        each = self.width("x", weight, size) + round(tracking * size)
        return tuple((char, number * each) for number, char in enumerate(text))

    def width(self, text: str, weight: int, size: int, tracking: float = 0.0) -> int:
        """The width of a line."""
        return len(text) * (size * 6 // 10) + round(tracking * size) * max(0, len(text) - 1)

    def covers(self, char: str) -> bool:
        """Whether a letter can be drawn."""
        return char != "☃"

    def descent(self, size: int) -> int:
        """Below the baseline."""
        return size // 4

    def cap_height(self, size: int) -> int:
        """The height of capitals."""
        return size * 7 // 10


@pytest.fixture(scope="session")
def mono() -> Mono:
    """A typeface whose widths can be worked out in one's head."""
    return Mono()


LETTERS = {
    "_": (255, 255, 255),
    "R": (255, 0, 0),
    "G": (0, 255, 0),
    "B": (0, 0, 255),
    "s": (255, 127, 127),  # red at one half on white
}
"""What a letter of a drawn picture stands for; `.` is any colour."""


@pytest.fixture
def looks_like() -> Callable[..., None]:
    """Compare a picture with its drawing in letters, each channel within `tolerance`."""

    def compare(image: Image.Image, drawing: str, tolerance: int = 0) -> None:
        rows = dedent(drawing).strip().splitlines()
        assert (len(rows[0]), len(rows)) == image.size
        for y, row in enumerate(rows):
            for x, letter in enumerate(row):
                found = image.getpixel((x, y))
                assert isinstance(found, tuple)
                wanted = LETTERS.get(letter, found)
                worst = max(abs(a - b) for a, b in zip(found, wanted, strict=True))
                assert worst <= tolerance, f"({x}, {y}) is {found}, drawn as {letter}"

    return compare
