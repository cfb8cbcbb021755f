"""How long one poster takes, as ratios of one run: `python bench/poster.py [--posters 30] [--markdown]`.

Times are CPU time and medians. What is compared is measured in turns (A B C D, A B C D, …), each
poster with words of its own, because a machine that others share changes its pace by the second.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, time, timedelta
from importlib import resources
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final, TypeVar

from naive import poster as naive_poster
from PIL import Image, ImageDraw, ImageFilter

from content_kit.context import build
from content_kit.files.assets import load_channels, load_palette
from content_kit.files.sandbox import Sandbox
from content_kit.files.templates import load_template
from content_kit.files.workspace import Workspace
from content_kit.model import Contact, FieldValue, Insets, Pillar, Post, Posyandu, Zone
from content_kit.picture import art, encode
from content_kit.picture.bind import Leaves, bind
from content_kit.picture.renderer import Renderer
from content_kit.schedule.dates import long_date

T = TypeVar("T")

HERE: Final = Path(__file__).resolve().parent
UNIT: Final = "melati"
FORMAT: Final = "feed"
POST: Final = "tolokx"
PHOTO: Final = (1600, 1200)
WARM_UP: Final = 6
"""Posters made before the clock starts: by then the atlas has every common letter."""

TASK: Final = 5
"""Posters that a worker process is given at once."""

BARE: Final = "import click, jinja2, yaml; from PIL import Image"
"""What a cold command is compared with."""

POSYANDU: Final = Posyandu(
    id="contoh-desa-contoh-melati",
    slug=UNIT,
    name="Posyandu Melati",
    village="Desa Contoh",
    district="Kecamatan Contoh",
    regency="Kabupaten Contoh",
    zone=Zone.WITA,
    contact=Contact(whatsapp="0812-0000-0000"),
    fictional=True,
)


# Words


@dataclass(frozen=True, slots=True)
class Words:
    """What one poster says: about 490 characters with the head and the foot."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    message: str
    link: str

    def fields(self) -> dict[str, FieldValue]:
        """The words as a post's fields."""
        return {
            "judul": self.title,
            "baris": tuple(
                {"gambar": icon, "label": label, "nilai": value} for icon, label, value in self.rows
            ),
            "pesan": self.message,
            "tautan": self.link,
            "foto": "foto.jpg",
        }


def words(chance: random.Random) -> Iterator[Words]:
    """Posters without end, each with other words than the one before."""
    pick = chance.choice
    while True:
        who = pick(("Balita", "Ibu Hamil", "Lansia", "Remaja", "Bayi", "Dewasa", "Keluarga"))
        place = (
            f"{pick(('Balai', 'Poskesdes', 'Rumah Ibu', 'Musala', 'Aula'))} RW 0{pick('1234567')}"
        )
        opens = pick((7, 8, 9, 14, 15))
        rows = (
            ("kalender", "Hari", long_date(_FIRST + timedelta(chance.randrange(800)))),
            ("jam", "Jam", f"{opens:02}.{pick(('00', '15', '30'))}–{opens + 3:02}.00 WITA"),
            ("pin-lokasi", "Tempat", f"{place}, dekat {pick(_NEAR)}"),
            ("dacin", "Layanan", f"{pick(_WEIGH)}, {pick(_SERVICES)}"),
            ("buku-kia", "Bawa", f"{pick(_BRING)} dan {pick(_ALSO)}"),
            (
                "telepon",
                "Tanya",
                f"{pick(_CALLED)} {pick(_NAMES)}, 0812-{chance.randint(1000, 9999)}",
            ),
        )
        yield Words(
            title=f"{pick(_TITLES)} {who} {pick(_WHEN)}",
            rows=rows,
            message=f"{pick(_INVITES)} {pick(_REASONS)} {pick(_HINTS)} {pick(_THANKS)}",
            link=f"https://posyandu.example/{UNIT}/{chance.randint(100_000, 999_999)}",
        )


_FIRST: Final = date(2026, 9, 1)
_TITLES: Final = ("Jadwal Posyandu", "Hari Buka Posyandu", "Ayo ke Posyandu", "Posyandu untuk")
_WHEN: Final = ("bulan ini", "pekan depan", "besok pagi", "awal tahun", "hari Selasa", "pekan ini")
_NEAR: Final = ("masjid", "pasar lama", "dermaga", "kantor desa", "sekolah dasar", "jembatan")
_WEIGH: Final = ("Timbang dan ukur", "Ukur tinggi badan", "Pantau tumbuh kembang", "Periksa gizi")
_SERVICES: Final = ("imunisasi", "vitamin A", "periksa kehamilan", "tensi", "konsultasi menyusui")
_BRING: Final = ("Buku KIA", "Kartu identitas", "Buku kesehatan lansia", "Kartu berobat")
_ALSO: Final = ("botol minum", "selendang", "hasil periksa terakhir", "camilan si kecil")
_CALLED: Final = ("Bidan", "Kader", "Ibu")
_NAMES: Final = ("Rahmah", "Fitri", "Siti Aisyah", "Aminah", "Norhayati", "Mariana", "Jumiati")
_INVITES: Final = (
    "Ayo datang bersama keluarga dan ajak tetangga di sekitar rumah.",
    "Kami tunggu Ibu dan Bapak bersama si kecil, jangan lupa sarapan dulu.",
    "Datang lebih awal supaya tidak menunggu lama, tempat sudah kami siapkan.",
    "Mari jaga tumbuh kembang anak-anak kita bersama para kader.",
)
_REASONS: Final = (
    "Semua layanan tanpa biaya, untuk siapa saja.",
    "Anak yang ditimbang setiap bulan lebih cepat terbantu.",
    "Satu kali datang, semua terpantau.",
    "Yang sudah lewat jadwal juga boleh datang.",
)
_HINTS: Final = (
    "Kabari kader lewat WhatsApp bila Ibu berhalangan hadir.",
    "Tempat parkir dan ruang menyusui tersedia di sana.",
    "Hujan atau panas, kami tetap buka sampai jam tutup.",
)
_THANKS: Final = ("Terima kasih!", "Sampai jumpa di sana.", "Sehat selalu untuk kita semua.")


# The workspace


def make_workspace(root: Path) -> Workspace:
    """A folder with one posyandu, a photo, a logo and the benchmark's template."""
    shutil.copytree(HERE / "templates", root / "templates")
    unit = root / "calendars" / UNIT
    for folder in ("foto", "logo"):
        (unit / folder).mkdir(parents=True)
    chance = random.Random(7)
    _photo(chance).save(unit / "foto" / "foto.jpg", quality=88)
    _logo().save(unit / "logo" / "logo.png")
    _write(
        unit / "posyandu.yaml",
        {
            "id": POSYANDU.id,
            "nama": POSYANDU.name,
            "desa": POSYANDU.village,
            "kecamatan": POSYANDU.district,
            "kabupaten": POSYANDU.regency,
            "zona": "WITA",
            "rekaan": "ya",
            "kontak": {"whatsapp": POSYANDU.contact.whatsapp},
        },
    )
    _write(unit / "foto.yaml", {"foto": [{"berkas": "foto.jpg", "orang": "tidak_ada"}]})
    post = {
        "id": POST,
        "tanggal": "2026-12-07",
        "jam": "16.00",
        "jenis": "kegiatan",
        "bidang": "kesehatan",
        "model": "poster",
        "kanal": ["wa-grup"],
        "isi": next(words(chance)).fields(),
    }
    _write(unit / "2026-12.yaml", {"bulan": "2026-12", "postingan": [post]})
    return Workspace.open(root)


def _write(path: Path, data: Mapping[str, object]) -> None:
    # JSON is YAML too.
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _photo(chance: random.Random) -> Image.Image:
    """A gradient, soft blotches and a little grain: as hard to decode as a photo of a phone."""
    across = Image.linear_gradient("L").rotate(90).resize(PHOTO)
    down = Image.linear_gradient("L").resize(PHOTO)
    light = Image.merge("RGB", (across, down, Image.radial_gradient("L").resize(PHOTO)))
    small = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3))
    blotches = small.resize(PHOTO, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(20))
    fine = Image.frombytes("L", (800, 600), chance.randbytes(800 * 600)).resize(PHOTO)
    return Image.blend(Image.blend(light, blotches, 0.3), fine.convert("RGB"), 0.06)


def _logo() -> Image.Image:
    logo = Image.new("RGBA", (256, 256))
    pen = ImageDraw.Draw(logo)
    pen.ellipse((4, 4, 251, 251), fill="#F2A72E")
    pen.ellipse((40, 40, 215, 215), fill="#FFFFFF")
    pen.polygon(((128, 60), (190, 160), (66, 160)), fill="#0A635A")
    return logo


# One poster


class Maker:
    """What one process needs to make posters of the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.renderer = Renderer(workspace)
        template, problems = load_template(workspace, "poster")
        palette, more = load_palette(workspace, "teluk")
        _, formats, _ = load_channels(workspace)
        if template is None or palette is None or problems or more:
            raise SystemExit(f"the benchmark's template is broken: {problems + more}")
        self.template, self.palette, self.format = template, palette, formats[FORMAT]
        self.photo = workspace.photo_path(UNIT, "foto.jpg")
        self.logo = workspace.logo_path(UNIT, "logo.png")
        self._leaves = Leaves(Sandbox())
        self._touched = 0

    def new_photo(self) -> None:
        """Make the photo one that was never seen, so that it is opened and decoded again."""
        self._touched += 1
        os.utime(self.photo, (self._touched, self._touched))

    def context(self, said: Words) -> dict[str, object]:
        """The data of a post with these words."""
        post = Post(
            id=POST,
            unit=UNIT,
            date=date(2026, 12, 7),
            time=time(16),
            pillar=Pillar.KEGIATAN,
            template="poster",
            channels=(),
            fields=said.fields(),
        )
        return build(post, POSYANDU, None, services={}, fields=self.template.fields)

    def bind(self, said: Words) -> None:
        """Only the first stage: from the words to plain nodes."""
        context = {**self.context(said), "format": {"nama": FORMAT, "ruang": 125}}
        source = self.template.scene(FORMAT)
        assert source is not None
        bind(source, FORMAT, context, self.palette, leaves=self._leaves)

    def poster(self, said: Words) -> tuple[Image.Image, tuple[float, float, float]]:
        """The painted poster; CPU seconds of laying out, painting and encoding it."""
        start = process_time()
        scene = self.renderer.scene(
            self.template, self.format, self.context(said), self.palette, Insets(), unit=UNIT
        )
        laid_out = process_time()
        image = self.renderer.image(scene, unit=UNIT)
        painted = process_time()
        encode.jpeg(image)
        if scene.findings:
            raise SystemExit(f"the benchmark's poster has findings: {scene.findings}")
        return image, (laid_out - start, painted - laid_out, process_time() - painted)

    def naive(self, said: Words, icons: Mapping[str, Image.Image], font: Path) -> Image.Image:
        """The same poster as a newcomer to Pillow paints it."""
        foot = f"{POSYANDU.name}, {POSYANDU.village} · WA {POSYANDU.contact.whatsapp}"
        return naive_poster(
            font,
            f"{POSYANDU.name} · {POSYANDU.village}",
            said.title,
            [(icons[icon], label, value) for icon, label, value in said.rows],
            said.message,
            said.link,
            foot,
            self.photo,
            self.logo,
        )


# What is measured


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    value: str
    target: str = ""


def stages(maker: Maker, posters: int, *, as_ratios: bool) -> list[Line]:
    """Time by stage, and what a poster costs beside its own JPEG, in turns."""
    font = _font()
    icons = _icons(maker)
    said = words(random.Random(11))
    for one in islice(said, WARM_UP):
        maker.new_photo()
        maker.poster(one)
        maker.bind(one)
        maker.naive(one, icons, font)
    fresh, kept, naive, bound, alone = [], [], [], [], []
    for one, other, third in islice(zip(said, said, said, strict=True), posters):
        maker.new_photo()
        image, spent = maker.poster(one)
        fresh.append(spent)
        # The encoder alone, on the image that was just made: nothing else can be as quick.
        alone.append(_timed(encode.jpeg, image))
        # The words of `one` would find their shapes; the photo is the one just seen.
        kept.append(maker.poster(other)[1])
        bound.append(_timed(maker.bind, third))
        naive.append(_timed(lambda said: encode.jpeg(maker.naive(said, icons, font)), third))
    # A README keeps no times: they are worth nothing on another machine, or an hour later.
    size, unit = (median(alone), "in JPEGs alone") if as_ratios else (1e-3, "ms")
    binding = median(bound)
    heavy, light = (
        [median(stage) for stage in zip(*times, strict=True)] for times in (fresh, kept)
    )
    rows = (
        ("bind", binding, binding),
        ("lay out, look at the photo", heavy[0] - binding, light[0] - binding),
        ("paint", heavy[1], light[1]),
        ("encode", heavy[2], light[2]),
        ("together", sum(heavy), sum(light)),
    )
    whole = [sum(times) for times in fresh]
    return [
        *(
            Line(f"{what}, {unit} (photo kept)", f"{first / size:.1f} ({second / size:.1f})")
            for what, first, second in rows
        ),
        Line(
            "(render + JPEG) / JPEG alone, photo decoded",
            _ratio(whole, alone),
            "at most 10, aim 4.5",
        ),
        Line("the same, thumbnail kept", _ratio(map(sum, kept), alone), "at most 3"),
        Line("naive Pillow / JPEG alone", _ratio(naive, alone)),
        Line("naive Pillow / ours, photo decoded", _ratio(naive, whole)),
    ]


def _ratio(times: Iterable[float], others: Iterable[float]) -> str:
    # Of two that were measured one after the other: the machine's pace is the same for both.
    return f"{median(one / other for one, other in zip(times, others, strict=True)):.1f}"


def memory(workspace: Workspace) -> Line:
    """The most memory a worker held while it made posters; told by the system, so not on Windows."""
    what = "peak memory of a worker, MB"
    if sys.platform == "win32":
        return Line(what, "not measured on Windows", "at most 100")
    with _pool(workspace, 1) as pool:
        return Line(what, f"{pool.submit(_peak_after, 20).result() / 1e6:.0f}", "at most 100")


def cold(workspace: Workspace, times: int) -> Line:
    """`content-kit render` of one post in a new process, beside one that only imports."""
    # An installed package has its bytecode: here the first run writes it.
    known = {"PYTHONPYCACHEPREFIX": str(workspace.root / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    bare = (sys.executable, "-c", BARE)
    ours = (sys.executable, "-m", "content_kit", "render", str(workspace.root), "--post", POST)
    ratios = []
    for number in range(times + 1):
        out = workspace.root / f"keluaran-{number}"
        start = _ended()
        subprocess.run(bare, env=os.environ | known, check=True)
        between = _ended()
        subprocess.run(
            (*ours, "--out", str(out)), env=os.environ | known, check=True, capture_output=True
        )
        ratios.append((_ended() - between) / (between - start))
        if not list(out.rglob("*.jpg")):
            raise SystemExit("the cold command made no picture")
    return Line(
        "one poster from a cold command / imports alone", f"{median(ratios[1:]):.1f}", "at most 2"
    )


def _ended() -> float:
    """CPU seconds of the processes that have ended; Windows does not sum them up, so the clock."""
    if sys.platform == "win32":
        return perf_counter()
    import resource

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def cores(workspace: Workspace, posters: int, rounds: int) -> Line:
    """How much quicker two processes are than one, beside what a bare loop gains here, in turns."""
    tasks = posters // TASK
    with _pool(workspace, 1) as one, _pool(workspace, 2) as two:
        _wall(one, _make, 2)
        _wall(two, _make, 4)
        ours, loop = [], []
        for _ in range(rounds):
            ours.append(_wall(one, _make, tasks) / _wall(two, _make, tasks))
            loop.append(_wall(one, _count, tasks) / _wall(two, _count, tasks))
    value = f"{median(ours):.2f} ({median(loop):.2f})"
    return Line(f"2 processes against 1, {posters} posters (a bare loop)", value, "at least 1.6")


def _timed(work: Callable[[T], object], given: T) -> float:
    start = process_time()
    work(given)
    return process_time() - start


def _font() -> Path:
    package = resources.files("fontpkg_plus_jakarta_sans")
    return Path(str(package / "files" / "PlusJakartaSans[wght].ttf"))


def _icons(maker: Maker) -> dict[str, Image.Image]:
    """The rows' icons as the naive version wants them: pictures, larger than needed."""
    found = {}
    for icon, _, _ in next(words(random.Random(3))).rows:
        path = maker.renderer.workspace.asset(f"art/{icon}.svg")
        assert path is not None
        drawing, _ = art.read(path.read_bytes(), icon)
        assert drawing is not None
        image, _ = art.draw(drawing, 128, 128, maker.palette.colours)
        assert image is not None
        found[icon] = image
    return found


# Other processes

_maker: list[Maker] = []
"""The `Maker` of a worker process; a pool's tasks have nowhere else to find it."""


def _pool(workspace: Workspace, processes: int) -> ProcessPoolExecutor:
    # Spawned everywhere, as on Windows: a fork would start with this process's caches and memory.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, context, _start_worker, (workspace.root,))


def _start_worker(root: Path) -> None:
    _maker.append(Maker(Workspace.open(root)))


def _make(seed: int) -> int:
    """Make one task's posters; how many bytes they have together."""
    said = islice(words(random.Random(seed)), TASK)
    return sum(len(encode.jpeg(_maker[0].poster(one)[0])) for one in said)


def _count(seed: int) -> int:
    """A task that needs nothing but a core."""
    return sum(number % 7 for number in range(seed, seed + 2_000_000))


def _peak_after(posters: int) -> int:
    """The most bytes of memory this process ever held, after making some posters."""
    import resource  # not on Windows

    for one in islice(words(random.Random(5)), posters):
        _maker[0].new_photo()
        _maker[0].poster(one)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _wall(pool: ProcessPoolExecutor, work: Callable[[int], int], tasks: int) -> float:
    start = perf_counter()
    list(pool.map(work, range(tasks)))
    return perf_counter() - start


# The table


def table(lines: Sequence[Line], *, markdown: bool) -> str:
    """The lines as a table of three columns, for a terminal or for a README."""
    rows = [("what", "value", "target"), *((line.what, line.value, line.target) for line in lines)]
    if markdown:
        rows.insert(1, ("---", "---:", "---"))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{what:<{wide[0]}}  {value:>{wide[1]}}  {target}".rstrip() for what, value, target in rows
    )


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    asked.add_argument("--posters", type=int, default=30, help="how many of each (default 30)")
    asked.add_argument(
        "--markdown", action="store_true", help="print the table of a README, ratios only"
    )
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder).resolve())
        # First, while this process is small: a child counts what its parent held at its birth.
        peak = memory(workspace)
        lines = [
            *stages(Maker(workspace), given.posters, as_ratios=given.markdown),
            peak,
            cold(workspace, max(2, given.posters // 4)),
            cores(workspace, 2 * max(5, given.posters), rounds=3),
        ]
    print(table(lines, markdown=given.markdown))


if __name__ == "__main__":
    main()
