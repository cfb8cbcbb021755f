"""The use-case: posts in, proofs, pictures and texts out, one event for each picture.

A `Proof` is all that will be printed of a post together with every finding about it: its words
are composed and its scenes laid out, but no pixel is painted yet, so checking is quick. A
picture's recipe is the digest of its scene and of the files that the scene draws from. What
changes a pixel changes the recipe, and a second run paints only what has a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from content_kit import __version__
from content_kit.caption.compose import alt_text, compose
from content_kit.checks import check_post, check_workspace
from content_kit.context import build
from content_kit.errors import UsageError
from content_kit.files.assets import load_channels, load_palette, load_services
from content_kit.files.paths import safe_join
from content_kit.files.save import atomic_write, atomic_write_if_new, sweep_leftovers
from content_kit.files.templates import Template, load_template
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import NO_PICTURE, Finding, Level, by_place, has_errors
from content_kit.model import (
    Channel,
    Format,
    Insets,
    Occurrence,
    Palette,
    Post,
    Posyandu,
)
from content_kit.picture.renderer import Renderer, draft_stamp
from content_kit.picture.scene import Scene
from content_kit.schedule.occurrences import resolve
from content_kit.schedule.week import Week

MANIFEST: Final = "manifes.json"
BYTE_BUDGET: Final = 300_000
"""The most a picture weighs unless the office says otherwise: light on a weak signal."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which posts are meant: a range of days (both ends count) and what narrows it further."""

    first: date | None = None
    last: date | None = None
    post: str | None = None
    unit: str | None = None
    channel: str | None = None

    def has(self, post: Post) -> bool:
        """Whether a post is meant."""
        return (
            (self.first is None or self.first <= post.date)
            and (self.last is None or post.date <= self.last)
            and self.post in (None, post.id)
            and self.unit in (None, post.unit)
            and (self.channel is None or self.channel in post.channels)
        )


@dataclass(frozen=True, slots=True)
class Text:
    """The words that go with a picture in one channel."""

    channel: Channel
    words: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One post as it will go out: a scene for each format, the words for each channel, every finding."""

    post: Post
    posyandu: Posyandu
    occurrence: Occurrence | None
    scenes: Mapping[str, Scene] = field(hash=False)
    texts: tuple[Text, ...] = ()
    alt: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def draft(self) -> bool:
        """Whether its pictures are stamped DRAF."""
        return has_errors(self.findings)

    @property
    def forbidden(self) -> bool:
        """Whether it may have no picture at all: consent, NIK, broken photos."""
        return any(finding.code in NO_PICTURE for finding in self.findings)

    @property
    def folder(self) -> tuple[str, str, str]:
        """Unit, ISO week and post: where its files lie below the output folder."""
        return (self.posyandu.slug, str(Week.of(self.post.date)), self.post.id)

    def channels_of(self, format: str) -> tuple[str, ...]:
        """The channels that share the picture of this format."""
        return tuple(text.channel.id for text in self.texts if text.channel.format == format)


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one picture."""

    event: Literal["done", "skipped", "failed"]
    unit: str
    post: str
    format: str
    channels: tuple[str, ...]
    path: str
    findings: tuple[Finding, ...] = ()
    draft: bool = False

    def as_json(self) -> dict[str, object]:
        """The published shape of a line of `render --json`."""
        return {
            "event": self.event,
            "unit": self.unit,
            "post": self.post,
            "format": self.format,
            "channels": list(self.channels),
            "path": self.path,
            "findings": [finding.as_json() for finding in self.findings],
        }


class Press:
    """Everything one run shares: the loaded workspace, its assets, and a `Renderer`.

    `problems` are the findings that belong to no single post.
    """

    def __init__(self, workspace: Workspace, loaded: Loaded) -> None:
        self.workspace = workspace
        self.loaded = loaded
        self.channels, self.formats, problems = load_channels(workspace)
        self.services, more = load_services(workspace)
        self.problems: tuple[Finding, ...] = tuple(problems) + tuple(more)
        self.renderer = Renderer(workspace)
        self.budget = loaded.office.byte_budget or BYTE_BUDGET
        self._templates: dict[str, tuple[Template | None, list[Finding]]] = {}
        self._palettes: dict[str, tuple[Palette | None, list[Finding]]] = {}
        self._together = tuple(check_workspace(loaded, services=self.services))

    def general_findings(self) -> list[Finding]:
        """What was found while reading the workspace, before looking at any single post."""
        told = [*self.problems, *self.loaded.findings, *self._together]
        return by_place(finding for finding in told if not finding.post)

    def select(self, selection: Selection) -> list[Post]:
        """The posts that are meant, in the order they go out; a name nobody has is a UsageError."""
        posts = self.loaded.posts()
        if selection.unit and selection.unit not in self.loaded.posyandu:
            units = ", ".join(sorted(self.loaded.posyandu)) or "belum ada"
            raise UsageError(f'Posyandu "{selection.unit}" tidak ada. Yang ada: {units}.')
        if selection.channel and selection.channel not in self.channels:
            raise UsageError(
                f'Tempat posting "{selection.channel}" tidak ada. '
                f"Yang ada: {', '.join(self.channels)}."
            )
        chosen = [post for post in posts if selection.has(post)]
        if selection.post and not chosen:
            raise UsageError(
                f'Postingan "{selection.post}" tidak ada. Jalankan content-kit check untuk melihat daftarnya.'
            )
        return chosen

    def proof(self, post: Post, channel: str | None = None) -> Proof:
        """A post with its words composed and its pictures laid out, and every finding about it."""
        posyandu = self.loaded.posyandu[post.unit]
        occurrence = resolve(posyandu, post.occurrence) if post.occurrence else None
        template, findings = self._template(post)
        palette, more = self._palette(post.palette or posyandu.palette)
        findings = [*findings, *more]
        channels = [
            self.channels[name]
            for name in post.channels
            if name in self.channels and channel in (None, name)
        ]
        photos = self.loaded.photos.get(post.unit, {})
        scenes: dict[str, Scene] = {}
        texts: list[Text] = []
        alt = ""
        if template is not None:
            context = build(
                post, posyandu, occurrence, services=self.services, fields=template.fields
            )
            for target in channels:
                caption = compose(template, context, target, post=post, posyandu=posyandu)
                texts.append(Text(target, caption.text))
                findings += caption.findings
            described = alt_text(template, context, post=post)
            alt = described.text
            findings += described.findings
            if palette is not None:
                for format in self._formats(channels):
                    scene = self.renderer.scene(
                        template,
                        format,
                        context,
                        palette,
                        _safe_area(channels, format),
                        unit=post.unit,
                        photos=photos,
                    )
                    scenes[format.name] = scene
                    findings += (_at_post(finding, post) for finding in scene.findings)
        findings += check_post(
            post,
            posyandu,
            occurrence=occurrence,
            template=template,
            captions={text.channel.id: text.words for text in texts},
            alt_text=alt,
            photos=photos,
            channels=self.channels,
        )
        findings += (
            finding
            for finding in (*self.loaded.findings, *self._together)
            if finding.post == post.id and finding.place.file == post.at.file
        )
        told = by_place(finding.of_post(post.id) for finding in findings)
        return Proof(post, posyandu, occurrence, scenes, tuple(texts), alt, tuple(told))

    def write(self, proof: Proof, out: Path, *, narrowed: bool = False) -> Iterator[Event]:
        """Paint and save what is new of one post below `out`; an event for each format.

        Pictures and texts that the post no longer has are removed, but only ours: those that
        the manifest lists. `narrowed` (a single channel was asked for) leaves the others alone.
        """
        folder = safe_join(out, *proof.folder)
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        before = _read_manifest(folder)
        pictures: dict[str, Mapping[str, object]] = dict(before.pictures) if narrowed else {}
        reasons = tuple(f.message for f in proof.findings if f.level is Level.ERROR)
        for name, scene in proof.scenes.items():
            target = folder / f"{name}.jpg"
            channels = proof.channels_of(name)
            shown = self.workspace.relative(target)
            told = (proof.posyandu.slug, proof.post.id, name, channels, shown, proof.findings)
            if proof.forbidden:
                # A picture made before its consent was withdrawn must not lie around.
                target.unlink(missing_ok=True)
                pictures.pop(name, None)
                yield Event("failed", *told)
                continue
            stamped = draft_stamp(scene, reasons, self.renderer.fonts) if reasons else scene
            recipe = self._recipe(stamped, proof.post.unit)
            known = before.pictures.get(name)
            if known and known.get("resep") == recipe and _is(target, str(known.get("sha256"))):
                pictures[name] = known
                yield Event("skipped", *told, proof.draft)
                continue
            jpeg = self.renderer.jpeg(stamped, unit=proof.post.unit, budget=self.budget)
            atomic_write(target, jpeg)
            pictures[name] = {
                "resep": recipe,
                "sha256": hashlib.sha256(jpeg).hexdigest(),
                "byte": len(jpeg),
                "draf": proof.draft,
                "kanal": list(channels),
            }
            yield Event("done", *told, proof.draft)
        texts = set(self._write_texts(proof, folder))
        if narrowed:
            texts.update(before.texts)
        written = {f"{name}.jpg" for name in before.pictures} | set(before.texts)
        for stale in written - texts - {f"{name}.jpg" for name in pictures}:
            safe_join(folder, stale).unlink(missing_ok=True)
        _write_manifest(folder, proof, pictures, texts)

    def _write_texts(self, proof: Proof, folder: Path) -> list[str]:
        if proof.forbidden:
            return []
        files = {f"{text.channel.id}.txt": text.words for text in proof.texts}
        files["alt.txt"] = proof.alt
        for name, words in files.items():
            atomic_write_if_new(folder / name, (words.rstrip("\n") + "\n").encode())
        return list(files)

    def _template(self, post: Post) -> tuple[Template | None, list[Finding]]:
        if post.template not in self._templates:
            self._templates[post.template] = load_template(self.workspace, post.template)
        template, findings = self._templates[post.template]
        at = post.place("model")
        return template, [
            Finding(f.code, f.message, at, hint=f.hint) if not f.place.line else f for f in findings
        ]

    def _palette(self, name: str) -> tuple[Palette | None, list[Finding]]:
        if name not in self._palettes:
            self._palettes[name] = load_palette(self.workspace, name)
        return self._palettes[name]

    def _formats(self, channels: Iterable[Channel]) -> list[Format]:
        names = dict.fromkeys(channel.format for channel in channels)
        return [self.formats[name] for name in names if name in self.formats]

    def _recipe(self, scene: Scene, unit: str) -> str:
        digest = hashlib.sha256(f"{__version__} {self.budget}".encode())
        digest.update(repr((scene.width, scene.height, scene.unit, scene.items)).encode())
        digest.update(self.renderer.ingredients(scene, unit).encode())
        return digest.hexdigest()


def run(
    press: Press, posts: Iterable[tuple[Selection, Post]], out: Path
) -> Iterator[tuple[Proof, list[Event]]]:
    """Proof and write posts one by one, each with what became of its pictures.

    Stopping in between leaves whole files only; the next run goes on where this one stopped.
    """
    for selection, post in posts:
        proof = press.proof(post, selection.channel)
        yield proof, list(press.write(proof, out, narrowed=selection.channel is not None))


def _safe_area(channels: Iterable[Channel], format: Format) -> Insets:
    """The strictest safe area among the channels that share a format."""
    area = Insets()
    for channel in channels:
        if channel.format == format.name:
            area = area.union(channel.safe)
    return area


def _at_post(finding: Finding, post: Post) -> Finding:
    """A finding about the post's own words, shown where the person wrote them."""
    field = finding.place.field
    return replace(finding, place=post.place(field)) if field.startswith("isi.") else finding


@dataclass(frozen=True, slots=True)
class _Written:
    """What a post's folder held after the last run, as far as its manifest can be believed."""

    pictures: Mapping[str, Mapping[str, object]] = field(default_factory=dict, hash=False)
    texts: tuple[str, ...] = ()


def _read_manifest(folder: Path) -> _Written:
    """The manifest of a folder; a missing or strange one means that nothing is known."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        pictures = {
            name: dict(entry)
            for name, entry in data["gambar"].items()
            if name.isalnum() and isinstance(entry, dict)
        }
        texts = tuple(
            name
            for name in data["teks"]
            if isinstance(name, str) and name.endswith(".txt") and Path(name).name == name
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _Written()
    return _Written(pictures, texts)


def _write_manifest(
    folder: Path, proof: Proof, pictures: Mapping[str, object], texts: Iterable[str]
) -> None:
    data = {
        "content_kit": __version__,
        "unit": proof.posyandu.slug,
        "postingan": proof.post.id,
        "waktu": proof.post.instant(proof.posyandu.zone).isoformat(),
        "gambar": pictures,
        "teks": sorted(texts),
        "perlu_diperbaiki": [finding.as_json() for finding in proof.findings],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    atomic_write_if_new(folder / MANIFEST, text.encode())


def _is(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
