"""Reads a template's folder: its fields, scenes, captions and examples, all checked once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.errors import KitError, SystemFailure, UsageError, reason
from content_kit.files.looks import GROUNDS, LOOKS, SHADE
from content_kit.files.overlay import present, read_bytes
from content_kit.files.paths import is_inside, safe_join
from content_kit.files.reader import Findings, Reader
from content_kit.files.records import blank, emptied
from content_kit.files.sandbox import Expr, Leaf, Sandbox, TemplateError
from content_kit.files.save import atomic_write
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map, Node, Scalar, Seq, decode, parse_bytes
from content_kit.findings import NOWHERE, Finding, Place, clipped, nearest
from content_kit.model import Pillar

CAPTIONS: Final[Mapping[str, str]] = {
    "long": "caption.j2",
    "short": "caption.short.j2",
    "alt": "alt.j2",
}
FIELD_TYPES: Final = ("text", "list", "photo", "art", "choice")
FORMATS: Final = ("feed", "story", "square", "wide", "a4")
"""Every picture format that a template may speak of; `assets/channels.yaml` has their sizes."""
EXAMPLES: Final = ("pendek", "biasa", "panjang")
MAX_FILES: Final = 100
MAX_TRAIL: Final = 10
"""How deep parts may use parts; the binder stops earlier."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_FIELD: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EACH: Final = re.compile(r"\s*([A-Za-z]\w*)\s+in\s+(\S.*)", re.DOTALL)
_MONTH: Final = re.compile(rb"(?<![\w.])bulan\.(?:nama|tahun|acara|minggu)\b")
_SINGLE: Final = re.compile(r"(?<!\{)\{ *(?:isi|acara|posyandu|postingan)\.[^{}]*\}(?!\})")
_TEXT_FILES: Final = frozenset({".yaml", ".yml", ".j2", ".svg", ".md", ".txt", ".css"})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a post may fill in: `max` and `min` count characters of a text, items of a list.

    `items` are the fields of each item of a list; a list of plain texts has none.
    """

    name: str
    label: str
    type: str = "text"
    max: int | None = None
    min: int | None = None
    optional: bool = False
    help: str = ""
    items: tuple[FieldSpec, ...] = ()
    choices: tuple[str, ...] = ()
    at: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A picture with its captions.

    `scenes` has "scene" and perhaps "scene_wide"; `parts` the shared parts that these use;
    `captions` "long", "short" and "alt"; `examples` "pendek", "biasa" and "panjang".
    `formats` is empty when it supports all; `palette` is that of its examples.
    `month` tells that it speaks of a whole month (`bulan`). `digest` covers every file of
    the folder and every part, with LF line ends.
    """

    name: str
    title: str
    folder: Path
    file: str
    fields: tuple[FieldSpec, ...]
    scenes: Mapping[str, Map]
    parts: Mapping[str, Map]
    captions: Mapping[str, Leaf]
    examples: Mapping[str, Map]
    digest: str
    about: str = ""
    formats: tuple[str, ...] = ()
    palette: str = ""
    month: bool = False
    pillar: Pillar | None = None
    """The kind of content it is for; None when it fits several."""
    look: str = ""
    """Its composition, one of `LOOKS`; a plan chooses among templates that name one."""
    ground: str = ""
    """The field of colour that fills most of it, one of `GROUNDS`."""

    @property
    def example(self) -> Map | None:
        """The everyday example."""
        return self.examples.get("biasa")

    def field(self, name: str) -> FieldSpec | None:
        """The field with this name, if the template has it."""
        return next((spec for spec in self.fields if spec.name == name), None)

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds a post may choose from, or the one it has; none when it does not say."""
        shade = self.field(SHADE)
        return shade.choices if shade else (self.ground,) if self.ground else ()

    def scene(self, format_name: str) -> Map | None:
        """The scene for a format: its own, else the common one; None if it supports others only."""
        own = self.scenes.get(f"scene_{format_name}")
        if own is not None:
            return own
        if self.formats and format_name not in self.formats:
            return None
        return self.scenes.get("scene")


def load_template(
    workspace: Workspace, name: str, at: Place = NOWHERE, sandbox: Sandbox | None = None
) -> tuple[Template | None, list[Finding]]:
    """A template by name; None when it is not there or its template.yaml cannot be read.

    `at` is where the name was written, for the finding `model-tidak-ada`. A template that comes
    together with findings of level error can be looked at, but not relied on.
    """
    folder = workspace.template_folder(name) if _NAME.fullmatch(name) else None
    if folder is None:
        return None, [
            Finding(
                "model-tidak-ada",
                f'model gambar "{clipped(name)}" tidak ada.',
                at,
                hint=nearest(name, workspace.template_names()),
            )
        ]
    loading = _Loading(workspace, folder, sandbox or Sandbox())
    return loading.template(name), list(dict.fromkeys(loading.findings))


def copy_template(workspace: Workspace, name: str, new: str) -> Path:
    """Copy a template's folder into the workspace under a new name; the new folder.

    UsageError when there is no such template, the name is no folder name, or it is taken.
    """
    source = workspace.template_folder(name)
    if source is None:
        there = ", ".join(workspace.template_names())
        raise UsageError(f'Model "{clipped(name)}" tidak ada. Yang ada: {there}.')
    if not _NAME.fullmatch(new):
        raise UsageError(
            f'"{clipped(new)}" tidak bisa menjadi nama model. Pakai huruf kecil, angka, dan tanda hubung.'
        )
    target = safe_join(workspace.root, f"templates/{new}")
    if target.exists():
        raise UsageError(f'Model "{new}" sudah ada di folder kerja. Pilih nama lain.')
    half = target.with_name(f".{new}.setengah")  # no template has such a name
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for path in sorted(source.iterdir()):
            inside = is_inside(path, source) and path.is_file()
            if inside and not path.name.startswith("."):
                atomic_write(half / path.name, path.read_bytes())
        half.rename(target)
    except (KitError, OSError) as error:
        shutil.rmtree(half, ignore_errors=True)
        why = f"{reason(error)}." if isinstance(error, OSError) else str(error)
        raise SystemFailure(f'Model "{new}" belum disalin: {why}') from error
    return target


class _Loading:
    """One reading of one template's folder."""

    def __init__(self, workspace: Workspace, folder: Path, sandbox: Sandbox) -> None:
        self.workspace = workspace
        self.folder = folder
        self.root = folder.parent.parent
        self.sandbox = sandbox
        self.findings = Findings()
        self.hashed: dict[str, bytes] = {}

    def template(self, name: str) -> Template | None:
        path = self.folder / "template.yaml"
        file = self.workspace.relative(path)
        node = self._yaml(path)
        if not isinstance(node, Map):
            if not self.findings:
                self.findings.at(
                    "model-rusak", "berkas ini tidak berisi model.", Place(file, 1, 1),
                    "Isi name, fields, dan scene.",
                )  # fmt: skip
            return None
        top = Reader(node, self.findings)
        title = top.text("name", required=True)
        before = len(self.findings)
        about = top.text("about")
        palette = top.text("palette")
        pillar = top.choice("pillar", Pillar)
        look, ground = self._word(top, "look", LOOKS), self._word(top, "ground", GROUNDS)
        formats = tuple(self._formats(top))
        fields = tuple(self._fields(top, "fields"))
        scenes = self._scenes(top)
        top.finish()
        whole = len(self.findings) == before
        parts = self._parts(scenes)
        self._folder()
        captions = self._captions()
        examples = self._examples()
        self._check_leaves(fields if whole else None, scenes, parts, captions)
        return Template(
            name=name,
            title=title or name,
            folder=self.folder,
            file=file,
            fields=fields,
            scenes=scenes,
            parts=parts,
            captions=captions,
            examples=examples,
            digest=self._digest(),
            about=about,
            formats=formats,
            palette=palette,
            month=any(_MONTH.search(data) for data in self.hashed.values()),
            pillar=pillar,
            look=look,
            ground=ground,
        )

    def _word(self, top: Reader, key: str, known: tuple[str, ...]) -> str:
        word = top.text(key)
        if word and word not in known:
            self._wrong(f'{key} "{clipped(word)}" tidak dikenal.', top.at(key),
                        nearest(word, known, f"Yang ada: {', '.join(known)}."))  # fmt: skip
            return ""
        return word

    def _formats(self, top: Reader) -> Iterator[str]:
        for word in top.scalars("formats"):
            if word.text in FORMATS:
                yield word.text
            else:
                self._wrong(f'bentuk gambar "{clipped(word.text)}" tidak ada.', word.place,
                            f"Yang ada: {', '.join(FORMATS)}.")  # fmt: skip

    def _fields(self, reader: Reader, key: str, nested: bool = False) -> Iterator[FieldSpec]:
        table = reader.child(key)
        if table is None:
            return
        for name, _ in table.node.entries:
            spec = table.child(name.text)
            if not _FIELD.fullmatch(name.text):
                self._wrong(f'nama isian "{clipped(name.text)}" tidak dapat dipakai.', name.place,
                            "Pakai huruf kecil, angka, dan garis bawah.")  # fmt: skip
            elif spec is not None:
                yield self._field(name.text, spec, nested)

    def _field(self, name: str, reader: Reader, nested: bool) -> FieldSpec:
        kind = reader.text("type", default="text")
        if kind not in FIELD_TYPES or (nested and kind == "list"):
            self._wrong(f'jenis isian "{clipped(kind)}" tidak ada.', reader.at("type"),
                        f"Yang ada: {', '.join(FIELD_TYPES)}.")  # fmt: skip
            kind = "text"
        choices = reader.texts("choices")
        if (kind == "choice") != bool(choices):
            self._wrong(
                '"choices" diisi hanya dan selalu untuk type: choice.', reader.at("choices")
            )
        spec = FieldSpec(
            name=name,
            label=reader.text("label", default=name.replace("_", " ").capitalize()),
            type=kind,
            max=self._count(reader, "max"),
            min=self._count(reader, "min"),
            optional=reader.flag("optional"),
            help=reader.text("help"),
            items=tuple(self._fields(reader, "items", nested=True)) if not nested else (),
            choices=choices,
            at=replace(reader.node.place, field=reader.path),
        )
        if spec.items and kind != "list":
            self._wrong('"items" hanya untuk type: list.', reader.at("items"))
        reader.finish()
        return spec

    def _count(self, reader: Reader, key: str) -> int | None:
        if reader.get(key) is None:
            return None
        number = reader.number(key)
        if number == int(number) and 0 <= number <= 10_000:
            return int(number)
        self._wrong(f'"{key}" harus angka bulat.', reader.at(key))
        return None

    def _scenes(self, top: Reader) -> dict[str, Map]:
        scenes: dict[str, Map] = {}
        for key in ("scene", *(f"scene_{name}" for name in FORMATS)):
            reader = top.child(key, required=key == "scene")
            if reader is not None:
                scenes[key] = reader.node
        return scenes

    def _parts(self, scenes: Mapping[str, Map]) -> dict[str, Map]:
        """The shared parts that scenes use, and those that these use; a circle is a finding."""
        parts: dict[str, Map] = {}
        for scene in scenes.values():
            self._follow(scene, (), parts)
        return parts

    def _follow(self, node: Map, trail: tuple[str, ...], parts: dict[str, Map]) -> None:
        """Add what `node` uses to `parts`; each part is gone through once, however often it is used."""
        for word in _uses(node):
            name = word.text.strip()
            if name in trail:
                self._wrong(f'bagian "{clipped(name)}" memakai dirinya sendiri.', word.place)
            elif name not in parts and len(trail) < MAX_TRAIL:
                part = self._part(name, word)
                if part is not None:
                    parts[name] = part
                    self._follow(part, (*trail, name), parts)

    def _part(self, name: str, word: Scalar) -> Map | None:
        path = self.workspace.template_part(name) if _NAME.fullmatch(name) else None
        if path is None:
            there = self.workspace.template_parts()
            self._wrong(
                f'bagian "{clipped(name)}" tidak ada di templates/_parts.',
                word.place,
                nearest(name, there),
            )
            return None
        node = self._yaml(path, hashed=f"_parts/{path.name}")
        if isinstance(node, Map):
            return node
        if node is not None:
            self._wrong("bagian harus berupa satu box, text, atau image.", node.place)
        return None

    def _captions(self) -> dict[str, Leaf]:
        captions: dict[str, Leaf] = {}
        for kind, name in CAPTIONS.items():
            path = self.folder / name
            place = Place(self.workspace.relative(path), 1, 1)
            if not present(path):
                self._wrong(f"berkas {name} belum ada.", place, "Buat berkas itu.")
                continue
            data, problems = read_bytes(path, self.root, place.file)
            text, more = decode(data, place.file) if data is not None else ("", [])
            if data is not None and blank(data):
                more = [emptied(place.file)]
            self.findings.extend([*problems, *more])
            if problems or more:
                continue
            try:
                captions[kind] = self.sandbox.template(text.rstrip(), place)
            except TemplateError as error:
                self.findings.append(error.finding)
        return captions

    def _examples(self) -> dict[str, Map]:
        path = self.folder / "example.yaml"
        if not present(path):
            return {}
        node = self._yaml(path)
        if not isinstance(node, Map):
            return {}
        top = Reader(node, self.findings)
        examples: dict[str, Map] = {}
        for key in EXAMPLES:
            example = top.child(key)
            if example is not None:
                examples[key] = example.node
        top.finish()
        return examples

    def _check_leaves(
        self, fields: tuple[FieldSpec, ...] | None, scenes: Mapping[str, Map],
        parts: Mapping[str, Map], captions: Mapping[str, Leaf],
    ) -> None:  # fmt: skip
        """Every leaf is read, and `isi.…` speaks only of fields that exist.

        `fields` is None when template.yaml has problems already: a field that could not be read
        would be told once more for every place that names it.
        """
        known = [spec.name for spec in fields or ()]
        leaves: list[Leaf | Expr] = list(captions.values())
        for scene in (*scenes.values(), *parts.values()):
            leaves.extend(self._leaves(scene))
        for caption in captions.values():
            if single := _SINGLE.search(caption.source):
                self._single_brace(single[0], _line_of(caption, single[0]))
        for leaf in leaves if fields is not None else ():
            for path in leaf.paths:
                first, _, rest = path.partition(".")
                name = rest.partition(".")[0]
                if first == "isi" and name and name not in known:
                    self._wrong(
                        f'isian "{clipped(name)}" tidak ada di fields.',
                        _line_of(leaf, f"isi.{name}"),
                        nearest(name, known),
                    )

    def _leaves(self, node: Node, key: str = "") -> Iterator[Leaf | Expr]:
        if isinstance(node, Map):
            for name, value in node.entries:
                yield from self._leaves(value, name.text)
        elif isinstance(node, Seq):
            for item in node.items:
                yield from self._leaves(item)
        else:
            if single := _SINGLE.search(node.text):
                self._single_brace(single[0], node.place)
            try:
                if key == "when":
                    yield self.sandbox.expression(node.text, node.place)
                elif key == "each":
                    _, over = each(node.text, node.place)
                    yield self.sandbox.expression(over, node.place)
                elif "{{" in node.text or "{%" in node.text:
                    yield self.sandbox.template(node.text, node.place)
            except TemplateError as error:
                self.findings.append(error.finding)

    def _single_brace(self, found: str, at: Place) -> None:
        said = f'"{clipped(found)}" akan tertulis apa adanya.'
        self._wrong(said, at, "Pakai dua kurung kurawal di kedua sisi: {{ … }}.")

    def _folder(self) -> None:
        """Remember every file of the folder for the digest."""
        try:
            paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        except OSError:
            paths = []
        if len(paths) > MAX_FILES:
            place = Place(self.workspace.relative(self.folder), 1, 1)
            self.findings.at(
                "batas-terlampaui", f"folder model ini berisi lebih dari {MAX_FILES} berkas.", place
            )
            paths = paths[:MAX_FILES]
        for path in paths:
            inside = path.relative_to(self.folder).as_posix()
            if any(part.startswith(".") for part in inside.split("/")):
                continue
            data, problems = read_bytes(path, self.root, self.workspace.relative(path))
            self.findings.extend(problems)
            if data is not None:
                self.hashed[inside] = data

    def _digest(self) -> str:
        digest = sha256()
        for name in sorted(self.hashed):
            data = self.hashed[name]
            if Path(name).suffix in _TEXT_FILES:
                data = data.replace(b"\r\n", b"\n")
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()

    def _yaml(self, path: Path, hashed: str = "") -> Node | None:
        file = self.workspace.relative(path)
        root = self.root if path.is_relative_to(self.folder) else path.parent.parent.parent
        data, problems = read_bytes(path, root, file)
        self.findings.extend(problems)
        if data is None:
            return None
        if hashed:
            self.hashed[hashed] = data
        node, problems = parse_bytes(data, file) if not blank(data) else (None, [])
        self.findings.extend(problems if problems or node else [emptied(file)])
        return node

    def _wrong(self, message: str, at: Place, hint: str = "") -> None:
        self.findings.at("model-rusak", message, at, hint)


def each(text: str, at: Place) -> tuple[str, str]:
    """`layanan in acara.layanan` as the name and what it goes over; else TemplateError."""
    match = _EACH.fullmatch(text)
    if match is None:
        raise TemplateError(
            Finding(
                "model-rusak",
                f'each "{clipped(text)}" tidak terbaca.',
                at,
                hint="Tulis misalnya each: layanan in acara.layanan.",
            )
        )
    return match[1], match[2]


def _line_of(leaf: Leaf | Expr, words: str) -> Place:
    """The line of a caption on which some words first stand; a scene's leaf is its own place."""
    before = leaf.source.partition(words)[0].count("\n")
    return replace(leaf.at, line=leaf.at.line + before) if leaf.at.file.endswith(".j2") else leaf.at


def _uses(node: Node, key: str = "") -> Iterator[Scalar]:
    if isinstance(node, Map):
        for name, value in node.entries:
            yield from _uses(value, name.text)
    elif isinstance(node, Seq):
        for item in node.items:
            yield from _uses(item)
    elif key == "use":
        yield node
