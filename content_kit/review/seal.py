"""The seal of a post: one digest over everything it is made from, so a changed post is another post.

Inputs only, never pixels: the same files give the same seal on another computer, in another time
zone and with other line ends. Who is on duty and which library entry a text came from are not in
it, because nobody who receives the post sees them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from content_kit.model import Photo
from content_kit.render import Press, Proof

_NAMESPACE: Final = b"content-kit/segel/1\n"
_DERIVED: Final = ("keterangan", "teks_alt", "bentuk")
"""What follows from other fields: told last when a difference is named."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal with the normalised inputs it stands for: field path to text."""

    seal: str
    inputs: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as it was; an empty text where there was or is none."""

    field: str
    before: str
    after: str


def sealed(press: Press, proof: Proof) -> Sealed:
    """The seal of a whole proof (of every channel, never of a single one)."""
    photos = press.loaded.photos.get(proof.post.unit, {})
    inputs = ingredients(proof, press.files_of(proof), photos, press.typeface)
    return Sealed(seal(inputs), inputs)


def ingredients(
    proof: Proof, files: Mapping[str, str], photos: Mapping[str, Photo], typeface: str
) -> dict[str, str]:
    """Everything a post is made from as flat text, without a clock or a disk.

    `files` maps each art, photo and logo to its digest. The context is the data that templates
    may speak of and they can speak of nothing else, so a moved service day or a new telephone
    number is in here without being listed.
    """
    post = proof.post
    found = _flat(proof.context or {"isi": post.fields}, "", {})
    found |= {
        "unit": proof.posyandu.id,
        "waktu": post.instant(proof.posyandu.zone).isoformat(),
        "kanal": ", ".join(post.channels),
        "model": f"{post.template} {proof.template.digest if proof.template else ''}".strip(),
        "teks_alt": proof.alt,
        "huruf": typeface,
    }
    if post.occurrence is not None:
        found["acara.hari_buka"] = post.occurrence.service_day
        found["acara.semula_tanggal"] = post.occurrence.date.isoformat()
    if proof.occurrence is not None:
        found["acara.berlaku_tanggal"] = proof.occurrence.date.isoformat()
    if proof.palette is not None:
        colours = sorted(proof.palette.colours.items())
        words = " ".join(f"{name}=#{bytes(colour).hex()}" for name, colour in colours)
        found["palet"] = f"{proof.palette.name} {words}"
    for number, source in enumerate(post.sources):
        told = (source.name, source.state.value, source.fact, source.reviewed_by)
        found[f"sumber.{number}"] = " | ".join(told)
    for text in proof.texts:
        found[f"keterangan.{text.channel.id}"] = text.words
    for name, scene in proof.scenes.items():
        found[f"bentuk.{name}"] = f"{scene.width}×{scene.height}"
    for text in proof.texts:
        safe = text.channel.safe
        sides = f"{safe.top} {safe.right} {safe.bottom} {safe.left}"
        found[f"bentuk.{text.channel.id}"] = f"{text.channel.format}, aman {sides}"
    for source_name, digest in files.items():
        found[f"berkas.{source_name}"] = digest
        photo = photos.get(source_name.removeprefix("photo:"))
        if photo is not None and source_name.startswith("photo:"):
            x, y = photo.focus
            found[f"berkas.{source_name}.fokus"] = f"{x:g} {y:g}"
            # Nobody sees this word, but it decides who must approve.
            found[f"berkas.{source_name}.orang"] = photo.people.value
    return {path: text.replace("\r\n", "\n") for path, text in found.items()}


def seal(inputs: Mapping[str, str]) -> str:
    """The digest of normalised inputs."""
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(_NAMESPACE + text.encode("utf-8", "surrogatepass")).hexdigest()


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every field that differs, causes before what follows from them."""
    paths = sorted(before.keys() | after.keys(), key=lambda path: (_is_derived(path), path))
    return tuple(
        Difference(path, before.get(path, ""), after.get(path, ""))
        for path in paths
        if before.get(path) != after.get(path)
    )


def named(changes: tuple[Difference, ...], most: int = 6) -> str:
    """The fields of some differences in a few words: "isi.judul, acara, keterangan"."""
    names = list(dict.fromkeys(_short(change.field) for change in changes))
    more = f", dan {len(names) - most} lainnya" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _short(path: str) -> str:
    top, _, rest = path.partition(".")
    if top == "isi":
        return ".".join(path.split(".")[:2])
    return rest if top == "berkas" else top


def _is_derived(path: str) -> bool:
    return path.partition(".")[0] in _DERIVED


def _flat(value: object, path: str, found: dict[str, str]) -> dict[str, str]:
    """A tree as paths and texts; a dot in a key is escaped, so two trees never look alike."""
    if isinstance(value, str):
        found[path] = value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            name = str(key)
            if "." in name or "\\" in name:
                name = name.replace("\\", "\\\\").replace(".", "\\.")
            _flat(inner, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _flat(inner, f"{path}.{number}", found)
    elif isinstance(value, bool):
        found[path] = "ya" if value else "tidak"
    else:
        found[path] = str(value)
    return found
