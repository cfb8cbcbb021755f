"""Plans as spreadsheets: the columns by every name that people give them, filled from the files.

A sheet is a view of what the files say, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from content_kit.files.assets import load_channels, load_services, palette_names
from content_kit.files.headings import heading, headings
from content_kit.files.reader import Findings, read_date
from content_kit.files.splice import Path
from content_kit.files.templates import FieldSpec, Template, load_template
from content_kit.files.workbook import Book, Column, Page
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import NOWHERE
from content_kit.model import Audience, Bidang, Pillar, Zone
from content_kit.planning.cells import Cell, Data, Kind, dig
from content_kit.schedule.dates import day_name

POSYANDU: Final[tuple[Cell, ...]] = (
    Cell("unit", width=16, kept=True, help="Nama folder. Boleh kosong: dibuatkan dari nama.", example="melati"),
    Cell("id", ("id",), width=30, kept=True, help="Tanda tetap. Boleh kosong: dibuatkan.", example="contoh-desa-contoh-melati"),
    Cell("nama", ("nama",), flat=True, width=24, help="Nama yang dibaca warga.", example="Posyandu Melati"),
    Cell("desa", ("desa",), flat=True, width=20, help="Desa atau kelurahan, lengkap.", example="Desa Contoh"),
    Cell("kecamatan", ("kecamatan",), flat=True, width=20, help="Kecamatan, lengkap.", example="Kecamatan Contoh"),
    Cell("kabupaten", ("kabupaten",), flat=True, width=20, help="Kabupaten atau kota, lengkap.", example="Kabupaten Contoh"),
    Cell("kode_wilayah", ("kode_wilayah",), width=14, help="Kode wilayah, boleh kosong.", example="63.00"),
    Cell("zona", ("zona",), width=9, choices="zona", help="WIB, WITA, atau WIT.", example="WITA"),
    Cell("whatsapp", ("kontak", "whatsapp"), Kind.PHONE, width=17, help="Nomor posyandu, bukan nomor warga.", example="0812-0000-0000"),
    Cell("facebook", ("kontak", "facebook"), width=20, help="Halaman Facebook posyandu.", example="Posyandu Melati"),
    Cell("instagram", ("kontak", "instagram"), width=20, help="Akun Instagram posyandu.", example="posyandu.melati"),
    Cell("palet", ("palet",), width=11, kept=True, choices="palet", help="Warna. Boleh kosong: teluk.", example="teluk"),
)  # fmt: skip
"""The columns of a posyandu; those `kept` leave what is there when their cell is empty."""

SERVICE_DAY: Final[tuple[Cell, ...]] = (
    Cell("kode_hari_buka", ("id",), width=14, kept=True, help="Satu kata. Boleh kosong: dibuatkan.", example="bulanan"),
    Cell("nama_hari_buka", ("nama",), flat=True, width=18, kept=True, help="Boleh kosong: Hari buka.", example="Hari buka"),
    Cell("aturan", ("aturan",), flat=True, width=26, help="Kapan buka, dengan kata-kata sendiri.", example="selasa ke-2"),
    Cell("jam", ("jam",), Kind.HOURS, width=14, help="Jam buka.", example="08.00-11.00"),
    Cell("tempat", ("tempat",), Kind.PLACES, width=26, help="Tempat buka. Bergiliran: pisahkan dengan titik koma.", example="Balai RW 05"),
    Cell("sasaran", ("sasaran",), Kind.LIST, width=26, kept=True, words=Audience, choices="sasaran", help="Siapa yang dilayani, pisahkan dengan koma.", example="bayi, balita_apras"),
    Cell("layanan", ("layanan",), Kind.LIST, width=26, kept=True, choices="layanan", help="Layanan, pisahkan dengan koma.", example="timbang, imunisasi"),
    Cell("bawa", ("bawa",), Kind.LIST, width=18, kept=True, help="Yang perlu dibawa, pisahkan dengan koma.", example="Buku KIA"),
)  # fmt: skip
"""The columns of a service day, one row each; the columns before them may then stay empty."""

PEOPLE: Final[tuple[Cell, ...]] = (
    Cell("nama", ("nama",), flat=True, width=24, help="Nama orangnya, dengan gelar bila perlu.", example="Rusminah"),
    Cell("peran", ("peran",), flat=True, width=14, help="kader, kim, atau diskominfo.", example="kader"),
    Cell("posyandu", ("unit",), Kind.LIST, width=30, help="Posyandunya, pisahkan dengan titik koma.", example="Posyandu Melati"),
    *(Cell(name, kind=Kind.DERIVED) for name in ("desa", "kecamatan", "kabupaten")),
)  # fmt: skip
"""The columns of a list of people; no telephone number of theirs is kept."""

WHERE: Final = ("desa", "kecamatan", "kabupaten")
"""What tells posyandu of one name apart."""

_REMARKS: Final = {
    "": Cell("no", kind=Kind.DERIVED),
    "keterangan": Cell("keterangan", kind=Kind.DERIVED),
}
_OF_PERSON: Final = {
    "nama_lengkap": "nama", "nama_kader": "nama", "nama_petugas": "nama", "nama_anggota": "nama",
    "name": "nama", "jabatan": "peran", "tugas": "peran", "role": "peran", "sebagai": "peran",
    "nama_posyandu": "posyandu", "unit": "posyandu", "desa/kelurahan": "desa", "kelurahan": "desa",
    "desa/kel": "desa", "kec": "kecamatan", "kab/kota": "kabupaten", "kabupaten/kota": "kabupaten",
}  # fmt: skip

_POST_HEAD: Final[tuple[Cell, ...]] = (
    Cell("id", ("id",), width=10, help="Tanda tetap. Jangan diubah; kosongkan untuk postingan baru.", example="m4x7q2"),
    Cell("tanggal", ("tanggal",), Kind.DATE, width=12, help="Tanggal tayang.", example="2026-12-07 atau 07/12/2026"),
    Cell("hari", kind=Kind.DERIVED, width=9, help="Dihitung dari tanggal; tidak dibaca kembali."),
    Cell("jam", ("jam",), Kind.CLOCK, width=8, help="Jam tayang menurut zona posyandu.", example="18.30"),
    Cell("zona", kind=Kind.DERIVED, width=8, help="Zona posyandu; tidak diubah di sini."),
    Cell("unit", width=14, choices="unit", help="Posyandu: nama foldernya.", example="melati"),
    Cell("jenis", ("jenis",), width=13, words=Pillar, choices="jenis", help="Jenis isi.", example="edukasi"),
    Cell("bidang", ("bidang",), width=18, words=Bidang, choices="bidang", help="Satu dari enam bidang. Bila kosong: kesehatan.", example="kesehatan"),
    Cell("sasaran", ("sasaran",), Kind.LIST, width=24, words=Audience, choices="sasaran", help="Untuk siapa, pisahkan dengan koma.", example="bayi, balita_apras"),
    Cell("model", ("model",), width=18, choices="model", help="Model gambar.", example="jadwal-kartu"),
    Cell("kanal", ("kanal",), Kind.LIST, width=24, choices="kanal", help="Tempat posting, pisahkan dengan koma. Bila kosong: menurut kantor.", example="wa-grup, fb"),
    Cell("hari_buka", ("acara", "hari_buka"), width=14, help="Kode hari buka yang diumumkan.", example="bulanan"),
    Cell("tanggal_hari_buka", ("acara", "tanggal"), Kind.DATE, width=14, help="Tanggal ASLI hari buka itu; perubahan ikut sendiri.", example="2026-12-08"),
    Cell("petugas", ("petugas",), width=16, choices="petugas", help="Siapa yang memposting.", example="kader-1"),
)  # fmt: skip
_POST_TAIL: Final[tuple[Cell, ...]] = (
    Cell("sumber", ("sumber",), Kind.SOURCES, width=34, help="Satu sumber satu baris (Alt+Enter):\nnama | V, D, atau U | fakta | penelaah | nama tercetak", example="IDAI | V | mpasi-mulai"),
    Cell("tagar", ("tagar",), Kind.LIST, width=22, help="Tanpa tanda pagar, pisahkan dengan koma.", example="PosyanduMelati, MPASI"),
    Cell("teks_alt", ("teks_alt",), width=26, help="Teks untuk tunanetra. Boleh kosong: dibuatkan."),
    Cell("palet", ("palet",), width=11, choices="palet", help="Warna lain untuk postingan ini saja."),
    Cell("pustaka", ("pustaka",), width=18, help="Isi pustaka asalnya. Jangan diubah."),
    Cell("menunggu", ("menunggu",), Kind.LIST, width=14, help="Isian yang masih ditunggu dari orang.", example="nama, foto"),
)  # fmt: skip

_ALIASES: Final[Mapping[str, str]] = {
    "date": "tanggal", "tgl": "tanggal", "day": "hari", "time": "jam", "pukul": "jam",
    "waktu": "jam", "zone": "zona", "timezone": "zona", "zona_waktu": "zona",
    "posyandu": "unit", "pillar": "jenis", "pilar": "jenis", "type": "jenis", "field": "bidang",
    "audience": "sasaran", "template": "model", "templat": "model", "channels": "kanal",
    "channel": "kanal", "platform": "kanal", "service_day": "hari_buka",
    "service_date": "tanggal_hari_buka", "tanggal_buka": "tanggal_hari_buka", "duty": "petugas",
    "sources": "sumber", "source": "sumber", "hashtags": "tagar", "hashtag": "tagar",
    "alt": "teks_alt", "alt_text": "teks_alt", "palette": "palet", "library": "pustaka",
    "waiting": "menunggu", "title": "isi judul", "folder": "unit",
}  # fmt: skip

_FIELD: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


# Columns


def field_cell(path: Path, spec: FieldSpec | None = None, label: str = "") -> Cell:
    """The column of a value in `isi`: `("isi", "langkah", 0, "judul")` is "isi langkah 1 judul"."""
    name = " ".join(str(step + 1) if isinstance(step, int) else step for step in path)
    limit = (
        f" Paling panjang {spec.max} huruf." if spec and spec.type == "text" and spec.max else ""
    )
    told = f"{label or (spec.label if spec else '')}.{limit} {spec.help if spec else ''}".strip(
        " ."
    )
    wide = spec is not None and spec.type in ("text", "list")
    return Cell(name, path, width=28 if wide else 15, help=told)


def isi_cells(templates: Iterable[Template], posts: Iterable[Data] = ()) -> tuple[Cell, ...]:
    """A column for every field of these templates, and for what posts say beyond them."""
    found: dict[Path, Cell] = {}
    for template in templates:
        for spec in template.fields:
            for cell in _of_field(("isi", spec.name), spec):
                found.setdefault(cell.path, cell)
    for data in posts:
        for path in _texts_in(dig(data, ("isi",)), ("isi",)):
            found.setdefault(path, field_cell(path))
    order = {path[1]: number for number, path in reversed(list(enumerate(found)))}
    return tuple(
        sorted(found.values(), key=lambda cell: (order[cell.path[1]], _sortable(cell.path)))
    )


def _sortable(path: Path) -> tuple[tuple[int, str], ...]:
    # Items in their order; the fields of one item as the template has them (the sort is stable).
    return tuple((step, "") for step in path if isinstance(step, int))


def _of_field(path: Path, spec: FieldSpec, label: str = "") -> Iterator[Cell]:
    if spec.type != "list":
        yield field_cell(path, spec, label)
        return
    for number in range(spec.max or 4):
        if not spec.items:
            yield field_cell((*path, number), spec, f"{spec.label} {number + 1}")
        for inner in spec.items:
            yield from _of_field((*path, number, inner.name), inner, f"{inner.label} {number + 1}")


def _texts_in(data: Data, path: Path) -> Iterator[Path]:
    if isinstance(data, str) and len(path) > 1:
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            if _FIELD.fullmatch(key):
                yield from _texts_in(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data[:50]):
            yield from _texts_in(value, (*path, number))


class Headers:
    """Knows the names of columns, in Indonesian or English, in sheets of either kind."""

    def __init__(self, fields: Iterable[str] = ()) -> None:
        self.fields = frozenset(fields)
        self.posts = {cell.name: cell for cell in (*_POST_HEAD, *_POST_TAIL)}
        # Read, never written: with its desa an office names a posyandu, as it has no folder names.
        self.posts |= {name: Cell(name, kind=Kind.DERIVED) for name in WHERE}
        self.people = {cell.name: cell for cell in PEOPLE}
        self.posyandu = {cell.name: cell for cell in (*SERVICE_DAY, *POSYANDU)}

    def post(self, title: str) -> Cell | None:
        """The column of a month's sheet with this header."""
        name = _header(title)
        name = _ALIASES.get(name, name)
        if name in self.posts:
            return self.posts[name]
        steps = re.split(r"[ .]+", _spaced(title) if name != "isi judul" else name)
        if steps[0] != "isi" and steps[0] in self.fields:
            steps.insert(0, "isi")
        if steps[0] != "isi" or len(steps) < 2:
            return None
        path: list[str | int] = []
        for step in steps:
            if step.isdecimal() and 1 <= int(step) <= 50:
                path.append(int(step) - 1)
            elif _FIELD.fullmatch(step):
                path.append(step)
            else:
                return None
        return field_cell(tuple(path)) if isinstance(path[1], str) else None

    def unit(self, title: str) -> Cell | None:
        """The column of a list of posyandu with this header."""
        name = heading(title)
        return _REMARKS.get(name) or self.posyandu.get(name) if name is not None else None

    def person(self, title: str) -> Cell | None:
        """The column of a list of people with this header."""
        name = _header(title)
        return self.people.get(_OF_PERSON.get(name, name))

    def kind_of(self, titles: Sequence[str]) -> str:
        """Which sheet this row would be the header of: "posts", "people", "posyandu" or none ("")."""
        posts = {cell.name for cell in map(self.post, titles) if cell}
        if {"tanggal", "jam"} <= posts and posts & {"model", "jenis"}:
            return "posts"
        people = {cell.name for cell in map(self.person, titles) if cell}
        if {"nama", "peran"} <= people:
            return "people"
        units = set(headings(titles))
        day = units & {"desa", "kecamatan", "aturan", "jam", "tempat"}
        if ("nama" in units and day) or {"unit", "aturan"} <= units:
            return "posyandu"
        return ""

    def count(self, titles: Sequence[str]) -> int:
        """How many cells of a row are names of columns."""
        return max(
            sum(self.post(title) is not None for title in titles),
            sum(self.unit(title) is not None for title in titles),
        )


def headers_of(workspace: Workspace) -> Headers:
    """The names of columns in a workspace, those of its templates' fields among them."""
    names = []
    for template in _templates(workspace, workspace.template_names()):
        names += [spec.name for spec in template.fields]
    return Headers(names)


def _header(title: str) -> str:
    return re.sub(r"[ _]+", "_", re.sub(r" ?/ ?", "/", _spaced(title)))


def _spaced(title: str) -> str:
    return " ".join(title.lower().replace("*", "").split())


def _templates(workspace: Workspace, names: Iterable[str]) -> Iterator[Template]:
    for name in names:
        template, _ = load_template(workspace, name)
        if template is not None:
            yield template


# Books


def month_page(
    workspace: Workspace,
    loaded: Loaded,
    posts: Sequence[tuple[str, Data]],
    *,
    blank: Sequence[str] = (),
) -> Page:
    """The sheet of some posts (unit and what its file says), or an empty one for these units.

    An empty sheet has the columns of every template, a filled one those of the templates in it.
    """
    used = {str(dig(data, ("model",))) for _, data in posts}
    names = workspace.template_names()
    templates = _templates(workspace, [name for name in names if blank or name in used])
    cells, printed = _in_order(
        (*_POST_HEAD, *isi_cells(templates, (data for _, data in posts)), *_POST_TAIL)
    )
    zones = {slug: unit.zone.name for slug, unit in loaded.posyandu.items()}
    rows = [tuple(_shown(cell, unit, data, zones) for cell in cells) for unit, data in posts]
    if len(blank) == 1:
        known = {"unit": blank[0], "zona": zones.get(blank[0], "")}
        rows += [tuple(known.get(cell.name, "") for cell in cells)] * 40
    lists = choices(workspace, loaded)
    columns = tuple(_column(cell, lists) for cell in cells)
    return Page("Postingan", columns, tuple(rows), frozen=2, printed=printed)


_ON_PAPER: Final = ("tanggal", "hari", "jam", "unit", "isi judul", "jenis", "kanal", "petugas")
"""What a month on the wall shows: when, whose, what, where, and who posts it."""


def _in_order(cells: Iterable[Cell]) -> tuple[tuple[Cell, ...], int]:
    """The columns for people first, and how many those are: only they go to paper."""
    found = tuple(cells)
    paper = [cell for name in _ON_PAPER for cell in found if cell.name == name]
    return (*paper, *(cell for cell in found if cell not in paper)), len(paper)


def _shown(cell: Cell, unit: str, data: Data, zones: Mapping[str, str]) -> str:
    if cell.name == "unit":
        return unit
    if cell.name == "zona":
        return zones.get(unit, "")
    if cell.name == "hari":
        written = dig(data, ("tanggal",))
        day = read_date(written, NOWHERE, Findings()) if isinstance(written, str) else None
        return day_name(day) if day else ""
    return cell.said(data)


def posyandu_page(workspace: Workspace, loaded: Loaded, units: Sequence[tuple[str, Data]]) -> Page:
    """The sheet of posyandu, a row for each service day."""
    rows = []
    for slug, data in units:
        who = [slug if cell.name == "unit" else cell.said(data) for cell in POSYANDU]
        days = dig(data, ("hari_buka",))
        for day in days if isinstance(days, list) and days else [None]:
            rows.append((*who, *(cell.said(day) for cell in SERVICE_DAY)))
    lists = choices(workspace, loaded)
    cells = (*POSYANDU, *SERVICE_DAY)
    return Page("Posyandu", tuple(_column(cell, lists) for cell in cells), tuple(rows), frozen=3)


def book(page: Page, title: str) -> Book:
    """A page as a workbook, with its help and the meaning of every locked word."""
    guide = [
        (title, "", ""),
        ("", "Isi lembar pertama, simpan, lalu: content-kit import BERKAS --dry-run", ""),
        ("", "Kolom yang dihapus tidak disentuh; sel yang dikosongkan menghapus isinya.", ""),
        ("", "Baris yang dihapus tidak menghapus postingan.", ""),
        ("", "", ""),
        ("Kolom", "Isinya", "Contoh"),
    ]
    examples = {cell.name: cell.example for cell in (*_POST_HEAD, *_POST_TAIL)}
    if page.name == "Posyandu":
        examples = {cell.name: cell.example for cell in (*POSYANDU, *SERVICE_DAY)}
        guide[3] = (
            "",
            "Satu baris satu hari buka. Hari buka kedua: baris baru dengan unit yang sama.",
            "",
        )
    guide += [(c.title, c.help.replace("\n", " "), examples.get(c.title, "")) for c in page.columns]
    meanings = {
        str(word.value): word.label for words in (Pillar, Bidang, Audience) for word in words
    }
    return Book((page,), tuple(guide), meanings)


def csv_rows(page: Page) -> list[tuple[str, ...]]:
    """A page as plain rows, the header first."""
    return [tuple(column.title for column in page.columns), *page.rows]


def choices(workspace: Workspace, loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """The words of every drop-down."""
    channels, _, _ = load_channels(workspace)
    services, _ = load_services(workspace)
    return {
        "jenis": tuple(Pillar),
        "bidang": tuple(Bidang),
        "sasaran": tuple(Audience),
        "zona": tuple(zone.name for zone in Zone),
        "unit": tuple(loaded.posyandu),
        "model": workspace.template_names(),
        "kanal": tuple(channels),
        "petugas": tuple(loaded.people),
        "palet": palette_names(workspace),
        "layanan": tuple(services),
    }


def _column(cell: Cell, lists: Mapping[str, tuple[str, ...]]) -> Column:
    words = tuple(str(word) for word in lists.get(cell.choices, ()))
    free = cell.kind is Kind.LIST or cell.choices in ("petugas", "unit")
    return Column(cell.name, cell.width, cell.help, words, free, cell.kind is Kind.DERIVED)
