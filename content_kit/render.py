"""The use-case: posts in, proofs, pictures and texts out, one event for each picture.

A `Proof` is all that will be printed of a post together with every finding about it: its words
are composed and its scenes laid out, but no pixel is painted yet, so checking is quick. A
picture's recipe is the digest of its scene and of the files that the scene draws from. What
changes a pixel changes the recipe, and a second run paints only what has a new one.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from content_kit import __version__
from content_kit.caption.compose import alt_text, compose
from content_kit.checks import check_holidays, check_post, check_workspace
from content_kit.checks.content import waits
from content_kit.context import build
from content_kit.errors import KitError, UsageError, reason
from content_kit.files import manifest
from content_kit.files.assets import (
    load_channels,
    load_observances,
    load_palette,
    load_services,
)
from content_kit.files.institutions import load_institutions
from content_kit.files.paths import is_inside, safe_join
from content_kit.files.readings import load_readings
from content_kit.files.save import atomic_write, atomic_write_if_new, sweep_leftovers
from content_kit.files.templates import Template, load_template
from content_kit.files.texts import Texts, load_texts
from content_kit.files.unit_list import load_unit_list
from content_kit.files.user_folders import write_report
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import NO_PICTURE, Finding, Place, by_place, has_errors
from content_kit.model import (
    FORMAT_WORDS,
    Channel,
    Format,
    Insets,
    Motto,
    Occurrence,
    Palette,
    Post,
    Posyandu,
)
from content_kit.picture import fonts
from content_kit.picture.renderer import Renderer, draft_stamp
from content_kit.picture.scene import ImageItem, Scene, walk
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.observances import mottos
from content_kit.schedule.occurrences import resolve
from content_kit.schedule.week import Week

WAITING: Final = "menunggu-isian"
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
    motto: str = ""
    template: Template | None = field(default=None, compare=False, repr=False)
    palette: Palette | None = field(default=None, compare=False, repr=False)
    context: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def draft(self) -> bool:
        """Whether anything is wrong with it, so that it does not go out as it is."""
        return has_errors(self.findings)

    @property
    def waiting(self) -> bool:
        """Whether a person has yet to give a field of it, so that nothing is made of it."""
        return any(finding.code == WAITING for finding in self.findings)

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

    def __init__(
        self, workspace: Workspace, loaded: Loaded, renderer: Renderer | None = None
    ) -> None:
        self.workspace = workspace
        self.loaded = loaded
        self.channels, self.formats, problems = load_channels(workspace)
        self.services, more = load_services(workspace)
        self.institutions, unlisted = load_institutions(workspace)
        self._mottos, unclear = _mottos(workspace, loaded)
        self.problems: tuple[Finding, ...] = (*problems, *more, *unlisted, *unclear)
        self.renderer = renderer or Renderer(workspace)
        self.budget = loaded.office.byte_budget or BYTE_BUDGET
        self._templates: dict[str, tuple[Template | None, list[Finding]]] = {}
        self._palettes: dict[str, tuple[Palette | None, list[Finding]]] = {}
        self._together = tuple(
            check_workspace(loaded, services=self.services, channels=self.channels)
        )
        self.holidays = Holidays(loaded.holidays)
        self._painted: dict[Path, str] = {}
        self.kept: dict[str, Any] = {}
        """What rooms above read once for a run: a copy of this press shares it."""

    def reading(self, loaded: Loaded) -> Press:
        """The same press over another reading of its workspace: its assets and caches are shared."""
        press = copy(self)
        press.loaded = loaded
        press._together = tuple(  # noqa: SLF001 - a copy of itself
            check_workspace(loaded, services=self.services, channels=self.channels)
        )
        press._mottos, _ = _mottos(self.workspace, loaded)  # noqa: SLF001 - a copy of itself
        for told in ("_clashes", "_elsewhere"):
            press.__dict__.pop(told, None)
        press.holidays = Holidays(loaded.holidays)
        return press

    def stamped(self, proof: Proof, format: str) -> Scene:
        """The scene of a format as it is printed: under a DRAF stamp while anything of it is wrong."""
        scene = proof.scenes[format]
        reasons = tuple(f.message for f in proof.findings if f.spoils(format))
        return draft_stamp(scene, reasons, self.renderer.fonts) if reasons else scene

    @property
    def together(self) -> tuple[Finding, ...]:
        """What is wrong with posts side by side: the same hour, the same words."""
        return self._together

    def general_findings(self) -> list[Finding]:
        """What was found while reading the workspace, before looking at any single post."""
        told = [
            *self.problems, *self.loaded.findings, *self._elsewhere, *self._together,
            *self._clashes,
        ]  # fmt: skip
        return by_place(finding for finding in told if not finding.post)

    @cached_property
    def _elsewhere(self) -> tuple[Finding, ...]:
        """What is wrong in files of the workspace that no post is made from."""
        return (*load_readings(self.workspace)[1], *load_unit_list(self.workspace)[1])

    @cached_property  # the first to ask about holidays waits a third of a second for them
    def _clashes(self) -> tuple[Finding, ...]:
        return tuple(check_holidays(self.loaded, self.holidays))

    @property
    def library(self) -> Texts:
        """The ready texts that posts are compared with; the first to ask waits for their reading."""
        if "tulisan" not in self.kept:
            self.kept["tulisan"] = load_texts(self.workspace)
        found: Texts = self.kept["tulisan"]
        return found

    def select(self, selection: Selection) -> list[Post]:
        """The posts that are meant, in the order they go out; a name nobody has is a UsageError."""
        posts = self.loaded.posts()
        if selection.unit:
            self.loaded.unit(selection.unit)
        if selection.channel and selection.channel not in self.channels:
            raise UsageError(
                f'Tempat posting "{selection.channel}" tidak ada. '
                f"Yang ada: {', '.join(self.channels)}."
            )
        if selection.post and all(post.id != selection.post for post in posts):
            raise self.loaded.no_post(selection.post, selection.unit)
        return [post for post in posts if selection.has(post)]

    def proof(self, post: Post, channel: str | None = None) -> Proof:
        """A post with its words composed and its pictures laid out, and every finding about it.

        With `channel` only its words and its picture are made; the picture still keeps clear of
        what any channel of the post covers, because they share it.
        """
        posyandu = self.loaded.posyandu[post.unit]
        occurrence = resolve(posyandu, post.occurrence) if post.occurrence else None
        template, findings = self._template(post)
        palette, more = self._palette(post.palette or posyandu.palette)
        chosen_at = post.place("palet") if post.palette else replace(posyandu.at, field="palet")
        findings = [*findings, *_placed(more, chosen_at)]
        sharing = [self.channels[name] for name in post.channels if name in self.channels]
        channels = [target for target in sharing if channel in (None, target.id)]
        photos = self.loaded.photos.get(post.unit, {})
        scenes: dict[str, Scene] = {}
        texts: list[Text] = []
        alt = motto = ""
        context: dict[str, object] = {}
        if template is not None and not waits(post, template):
            context = build(
                post, posyandu, occurrence, services=self.services, fields=template.fields,
                month=template.month, sources=self.institutions.printed(post.sources),
                address=self.loaded.office.address.as_words(),
            )  # fmt: skip
            motto = " · ".join(m.text for m in mottos(self._mottos, post.date, wanted=True))
            for target in channels:
                caption = compose(
                    template, context, target, post=post, posyandu=posyandu, motto=motto
                )
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
                        _safe_area(sharing, format),
                        unit=post.unit,
                        photos=photos,
                    )
                    scenes[format.name] = scene
                findings += (
                    _at_source(finding, post, posyandu, occurrence)
                    for finding in _by_format(scenes)
                )
        findings += check_post(
            post,
            posyandu,
            occurrence=occurrence,
            template=template,
            captions={text.channel.id: text.words for text in texts},
            alt_text=alt,
            photos=photos,
            channels=self.channels,
            drawn=_photos_in(scenes.values()),
            election=self.loaded.office.election_mode,
            library=self.library if post.entry or post.sources else None,
            institutions=self.institutions,
        )
        findings += (
            finding
            for finding in (*self.loaded.findings, *self._together)
            if finding.post == post.id and finding.place.file == post.at.file
        )
        told = by_place(finding.of_post(post.id) for finding in findings)
        return Proof(
            post, posyandu, occurrence, scenes, tuple(texts), alt, tuple(told),
            motto, template, palette, context,
        )  # fmt: skip

    def proof_anyway(self, post: Post, channel: str | None = None) -> Proof:
        """As `proof`, but one post that nobody can proof is named in its findings and stops no other."""
        try:
            return self.proof(post, channel)
        except (KitError, OSError) as error:
            why = str(error) if isinstance(error, KitError) else f"{reason(error)}."
            found = Finding(
                "hasil-tidak-tersimpan", f"belum dapat disiapkan: {why}", post.at, post.id
            )
        except Exception as bug:  # noqa: BLE001 - a bug in one post must not take the others along
            report = write_report(bug)
            found = Finding(
                "postingan-gagal",
                "ada yang salah di content-kit sendiri pada postingan ini; yang lain tetap dikerjakan.",
                post.at,
                post.id,
                f"Kirimkan {report} kepada pengembang." if report else "",
            )
        return Proof(post, self.loaded.posyandu[post.unit], None, {}, findings=(found,))

    @cached_property
    def typeface(self) -> str:
        """The release of the typeface; asking the installation takes a millisecond."""
        return fonts.version()

    def files_of(self, proof: Proof) -> dict[str, str]:
        """The art, photos and logos that a post's pictures show, each with its digest."""
        found: dict[str, str] = {}
        for scene in proof.scenes.values():
            found |= self.renderer.sources(scene, proof.post.unit)
        return found

    def write(
        self, proof: Proof, out: Path, *, narrowed: bool = False, own_only: bool = False
    ) -> Iterator[Event]:
        """Paint and save what is new of one post below `out`; an event for each format.

        Pictures and texts that the post no longer has are removed, but only ours: those that
        the manifest lists. `narrowed` (a single channel was asked for) leaves the others alone.
        With `own_only` no manifest is believed: whoever may write to a shared folder may have
        written a picture and its manifest, so only what this press painted itself stays.
        """
        folder = safe_join(out, *proof.folder)
        if proof.waiting or proof.forbidden:
            narrowed = False  # what an earlier run made is out of date in every channel
        if proof.waiting and not folder.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        before = manifest.read(folder)
        pictures: dict[str, Mapping[str, object]] = dict(before.pictures) if narrowed else {}
        heavy: list[Finding] = []
        for name in proof.scenes:
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
            draft = any(finding.spoils(name) for finding in proof.findings)
            stamped = self.stamped(proof, name)
            recipe = self._recipe(stamped, proof.post.unit)
            known = before.pictures.get(name)
            same = known and known.get("resep") == recipe and manifest.tells_of(target, known)
            own = known is not None and known.get("sha256") == self._painted.get(target)
            if known and same and (own or not own_only):
                pictures[name] = known
                event = Event("skipped", *told, draft)
            else:
                jpeg = self.renderer.jpeg(stamped, unit=proof.post.unit, budget=self.budget)
                atomic_write(target, jpeg)
                digest = self._painted[target] = hashlib.sha256(jpeg).hexdigest()
                pictures[name] = {
                    "resep": recipe,
                    "sha256": digest,
                    "byte": len(jpeg),
                    "draf": draft,
                    "kanal": list(channels),
                }
                event = Event("done", *told, draft)
            # What a picture weighs is known only now, so this finding stamps no DRAF on it.
            if target.stat().st_size > self.budget:
                heavy.append(_too_heavy(proof.post, name, target.stat().st_size, self.budget))
                event = replace(event, findings=(*event.findings, heavy[-1]))
            yield event
        texts = set(self._write_texts(proof, folder))
        if narrowed:
            texts.update(before.texts)
        written = set(before.files)
        if proof.forbidden:
            # The manifest may be lost or forged: whatever a run can have written here goes.
            written |= {f"{name}.jpg" for name in self.formats}
            written |= {f"{name}.txt" for name in self.channels} | {"alt.txt"}
        for stale in written - texts - {f"{name}.jpg" for name in pictures}:
            safe_join(folder, stale).unlink(missing_ok=True)
        manifest.write(folder, _about(_with(proof, heavy)), pictures, texts)

    def digests(self, proof: Proof, out: Path) -> dict[str, str]:
        """The digest of each picture of a post, as `write` makes it.

        Of the file that lies in `out` when it is just this picture, else painted for the purpose.
        """
        before = manifest.read(safe_join(out, *proof.folder))
        found: dict[str, str] = {}
        for name in () if proof.forbidden else proof.scenes:
            stamped = self.stamped(proof, name)
            known = before.pictures.get(name, {})
            same = known.get("resep") == self._recipe(stamped, proof.post.unit)
            if same and manifest.tells_of(safe_join(out, *proof.folder, f"{name}.jpg"), known):
                found[name] = str(known.get("sha256"))
            else:
                jpeg = self.renderer.jpeg(stamped, unit=proof.post.unit, budget=self.budget)
                found[name] = hashlib.sha256(jpeg).hexdigest()
        return found

    def forget(self, out: Path) -> frozenset[tuple[str, str]]:
        """Remove what earlier runs made of posts that are gone or went to another week.

        Returns the (unit, week) pairs whose posts are all gone. While some file cannot be read
        nothing is removed: its posts are not gone.
        """
        if has_errors(self.loaded.findings):
            return frozenset()
        there = {(post.unit, str(Week.of(post.date)), post.id) for post in self.loaded.posts()}
        weeks = {place[:2] for place in there}
        emptied = set()
        for unit in self.loaded.posyandu:
            for file in sorted(out.glob(f"{unit}/????-W??/*/{manifest.NAME}")):
                folder = file.parent
                place = (unit, folder.parent.name, folder.name)
                if place in there or not is_inside(folder, out):
                    continue
                before = manifest.read(folder)
                for name in (*before.files, manifest.NAME):
                    (folder / name).unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # somebody's own file is in it
                    folder.rmdir()
                if place[:2] not in weeks:
                    emptied.add(place[:2])
        return frozenset(emptied)

    @staticmethod
    def discard(post: Post, out: Path) -> None:
        """Remove what was made of a post that has moved on; only ours, what its manifest lists."""
        folder = safe_join(out, post.unit, str(Week.of(post.date)), post.id)
        before = manifest.read(folder)
        for name in (*before.files, manifest.NAME) if before.files else ():
            safe_join(folder, name).unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()

    def _write_texts(self, proof: Proof, folder: Path) -> list[str]:
        if proof.forbidden or proof.waiting:
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
        return template, _placed(findings, post.place("model"))

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

    Stopping in between leaves whole files only; the next run goes on where this one stopped. What
    the disk refuses is an event and a finding of its post, and the others are finished.
    """
    for selection, post in posts:
        proof = press.proof_anyway(post, selection.channel)
        events: list[Event] = []
        try:
            events.extend(press.write(proof, out, narrowed=selection.channel is not None))
        except (KitError, OSError) as error:
            found = not_written(post, error)
            unit = proof.posyandu.slug
            events.append(Event("failed", unit, post.id, "", post.channels, "", (found,)))
        yield _with(proof, (finding for event in events for finding in event.findings)), events


def not_written(post: Post, error: KitError | OSError) -> Finding:
    """The finding for a post whose pictures or texts the disk refused."""
    path = getattr(error, "filename", None) or ""
    why = str(error) if isinstance(error, KitError) else f"{path}: {reason(error)}.".lstrip(": ")
    return Finding(
        "hasil-tidak-tersimpan",
        f"gambar atau teksnya tidak dapat ditulis: {why}",
        post.at,
        post.id,
        "Postingan lain tetap dikerjakan. Periksa disk dan foldernya, lalu buat lagi.",
    )


def _with(proof: Proof, more: Iterable[Finding]) -> Proof:
    """The proof with what was found after it was laid out."""
    return replace(proof, findings=tuple(by_place([*proof.findings, *more])))


def _about(proof: Proof) -> dict[str, object]:
    """What the manifest says of a post beside its files."""
    return {
        "content_kit": __version__,
        "unit": proof.posyandu.slug,
        "postingan": proof.post.id,
        "waktu": proof.post.instant(proof.posyandu.zone).isoformat(),
        "perlu_diperbaiki": [finding.as_json() for finding in proof.findings],
    }


def _too_heavy(post: Post, format: str, size: int, budget: int) -> Finding:
    return Finding(
        "gambar-terlalu-berat",
        f"gambar {FORMAT_WORDS.get(format, format)} {size // 1000} KB, paling berat {budget // 1000} KB.",
        post.place("model"),
        post.id,
        "Ganti fotonya dengan yang lebih sederhana, atau naikkan gambar_kb di kantor.yaml.",
    )


def _safe_area(channels: Iterable[Channel], format: Format) -> Insets:
    """The strictest safe area among the channels that share a format."""
    area = Insets()
    for channel in channels:
        if channel.format == format.name:
            area = area.union(channel.safe)
    return area


def _mottos(workspace: Workspace, loaded: Loaded) -> tuple[tuple[Motto, ...], list[Finding]]:
    """The slogans of an office that wants them; in election time it has none."""
    if not loaded.office.slogans or loaded.office.election_mode:
        return (), []
    _, found, findings = load_observances(workspace)
    return found, findings


def _photos_in(scenes: Iterable[Scene]) -> list[str]:
    """The files of the photos that some scenes show."""
    items = (item for scene in scenes for item in walk(scene.items))
    sources = {item.source for item in items if isinstance(item, ImageItem)}
    return sorted(name for kind, _, name in (s.partition(":") for s in sources) if kind == "photo")


def _placed(findings: Iterable[Finding], at: Place) -> list[Finding]:
    """Findings that know no line of their own, shown where the name was written."""
    return [finding if finding.place.line else replace(finding, place=at) for finding in findings]


def _by_format(scenes: Mapping[str, Scene]) -> Iterator[Finding]:
    """What was found in the pictures of a post, each with the formats that it is about.

    What is wrong with all of them is wrong with the post.
    """
    seen: dict[Finding, list[str]] = {}
    for format, scene in scenes.items():
        for finding in scene.findings:
            seen.setdefault(finding, []).append(format)
    for finding, formats in seen.items():
        yield replace(finding, formats=tuple(formats) if len(formats) < len(scenes) else ())


def _at_source(
    finding: Finding, post: Post, posyandu: Posyandu, occurrence: Occurrence | None
) -> Finding:
    """A finding about words that a person wrote, shown where they are written.

    What a template shows of the posyandu and its service day stands in posyandu.yaml: a volunteer
    is never sent to a file of ours.
    """
    head, _, rest = finding.place.field.partition(".")
    if head == "isi":
        return replace(finding, place=post.place(finding.place.field))
    if head == "posyandu":
        return replace(finding, place=posyandu.place(rest), hint=_SHORTEN_NAME)
    if head != "acara" or occurrence is None:
        return finding
    day = posyandu.service_day(occurrence.service_day)
    if day is None:
        return finding
    word = rest.removeprefix("semula.").partition(".")[0]
    key = _WRITTEN_AS.get(word, "aturan")
    change = occurrence.change
    if change is not None and (key == "alasan" or (key == "tempat" and change.place)):
        at = change.at
    else:
        at = day.at
    return replace(finding, place=posyandu.place_in(at, key), hint=_SHORTEN_NAME)


_WRITTEN_AS: Final = {
    "tempat": "tempat", "tempat_lengkap": "tempat", "baris": "tempat", "jam": "jam",
    "mulai": "jam", "layanan": "layanan", "bawa": "bawa", "nama": "nama", "alasan": "alasan",
    "kabar_lama": "tempat",
}  # fmt: skip
"""Where the words of `acara` are written: keys of a service day or of its change."""
_SHORTEN_NAME: Final = "Tulis lebih pendek."
