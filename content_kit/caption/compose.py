"""Composes what is pasted beside a picture and measures it against the channel's limits.

The template writes the body. Around it come the source line, the contact, a slogan that the
office turned on and the hashtags, so that no template can forget them. The short form is for WhatsApp: at most 500 characters, no
hashtags, and a schedule post opens with day, hours and place, because a reader who sees one
line in a busy group must know when to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from content_kit.caption.counting import COUNTS, hashtags, links, utf16
from content_kit.context import NO_CHANNEL, channel_words, hashtag
from content_kit.files.marks import data_unmarked, for_whatsapp, unmarked
from content_kit.files.phones import chat_link
from content_kit.files.sandbox import TemplateError
from content_kit.files.templates import Template
from content_kit.findings import Finding, Place
from content_kit.model import Channel, Contact, Pillar, Post, Posyandu

SHORT_MAX: Final = 500
"""Characters of a short caption: our own rule, about what a phone shows without "baca lainnya"."""

ALT_MAX: Final = 1_000
"""Characters of an alt text: the lowest number named for any channel (X, Threads)."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A finished text and what is wrong with it."""

    text: str
    findings: tuple[Finding, ...] = ()


def length(text: str, channel: Channel | None = None) -> int:
    """Characters as a channel counts them; without one as the strictest platform does."""
    return COUNTS[channel.count if channel else "utf16"](text)


def compose(
    template: Template,
    context: Mapping[str, object],
    channel: Channel,
    *,
    post: Post,
    posyandu: Posyandu,
    motto: str = "",
) -> Caption:
    """The caption of a post for one channel; `context` is `context.build`'s, `motto` the day's."""
    words = context if channel.bold else data_unmarked(context)
    data = {**words, "kanal": channel_words(channel)}
    body, findings = _rendered(template, channel.caption, data, post)
    if findings:
        return Caption(body, tuple(findings))
    if channel.bold:
        body = for_whatsapp(body)
    tags = _hashtags(post, channel, body)
    tail = _tail(body, channel, data["sumber"], posyandu, motto, tags)
    text = "\n\n".join(filter(None, [_greeting(channel, data["sapaan"]), body, *tail]))
    found = [*_opening(text, channel, post, data), *_over(text, channel, post)]
    found += [*_too_many_tags(post, channel, body), *_too_many_links(post, channel, text)]
    return Caption(text, tuple(finding.of_post(post.id) for finding in found))


def alt_text(template: Template, context: Mapping[str, object], *, post: Post) -> Caption:
    """One plain paragraph for people who cannot see the picture: the post's own or the template's."""
    findings: list[Finding] = []
    text = post.alt_text
    if not text.strip():
        data = {**data_unmarked(context), "kanal": dict(NO_CHANNEL)}
        text, findings = _rendered(template, "alt", data, post)
    text = _spoken(unmarked(" ".join(text.split())))
    place = post.place("teks_alt")
    if not text and not findings:
        findings.append(
            Finding(
                "wajib-diisi",
                "teks untuk tunanetra masih kosong.",
                place,
                hint='Isi "teks_alt": ceritakan gambarnya dengan satu atau dua kalimat.',
            )
        )
    if length(text) > ALT_MAX:
        findings.append(
            Finding(
                "teks-terlalu-panjang",
                f"teks untuk tunanetra {length(text)} huruf, paling banyak {ALT_MAX}.",
                place,
                hint=f"Kurangi {length(text) - ALT_MAX} huruf.",
            )
        )
    return Caption(text, tuple(finding.of_post(post.id) for finding in findings))


def _rendered(
    template: Template, form: str, data: Mapping[str, object], post: Post
) -> tuple[str, list[Finding]]:
    leaf = template.captions.get(form)
    if leaf is None:
        missing = Finding(
            "model-rusak",
            f'model "{template.name}" belum punya keterangan bentuk "{form}".',
            post.place("model"),
            hint="Pilih model lain, atau lengkapi model ini.",
        )
        return "", [missing.of_post(post.id)]
    try:
        return _tidy(leaf.render(data)), []
    except TemplateError as error:
        return "", [error.finding.of_post(post.id)]


def _tidy(text: str) -> str:
    """Without spaces at line ends, at most one empty line in a row, one mark after a sentence.

    A template ends a value with "." or ":" without knowing whether the value already did.
    """
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    lines = re.sub(r"([.?!…][”\"’']|[?!…]\)?|(?<!\.)\.)[.:](?=\s|$)", r"\1", lines)
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _spoken(text: str) -> str:
    """Signs as words, because screen readers skip or spell them: "6–8" is "6 sampai 8"."""
    text = re.sub(r"(?<=\d)\s?–\s?(?=\d)", " sampai ", text)
    return text.replace(" & ", " dan ").replace(" · ", ", ")


def _tail(
    body: str,
    channel: Channel,
    sources: object,
    posyandu: Posyandu,
    motto: str,
    tags: tuple[str, ...],
) -> Iterator[str]:
    """The lines after the body; what the body already says is not said twice."""
    if isinstance(sources, list) and sources and "sumber:" not in body.lower():
        yield f"Sumber: {'; '.join(sources)}"
    if channel.caption == "long":
        yield _contact(posyandu.contact, body)
        yield motto if motto not in body else ""
        yield " ".join(tags)


def _greeting(channel: Channel, address: object) -> str:
    """How the office greets; a short caption has no room, and a schedule must open with its day."""
    if channel.caption != "long" or not isinstance(address, dict):
        return ""
    return str(address.get("salam", ""))


def _contact(contact: Contact, body: str) -> str:
    ways = (
        ("WhatsApp" if chat_link(contact.whatsapp) else "Telepon", contact.whatsapp),
        ("Facebook", contact.facebook),
        ("Instagram", contact.instagram),
    )
    told = [f"{name} {value}" for name, value in ways if value and value not in body]
    return f"Tanya kami: {' · '.join(told)}" if told else ""


def _hashtags(post: Post, channel: Channel, body: str) -> tuple[str, ...]:
    """The post's hashtags that its text lacks, cut to what the channel takes (an unsure limit counts too)."""
    said = hashtags(body)
    tags = _missing_tags(post, said)
    limit = channel.limits.get("tagar")
    return tags[: max(0, limit.value - len(said))] if limit else tags


def _missing_tags(post: Post, said: Sequence[str]) -> tuple[str, ...]:
    there = {tag.casefold() for tag in said}
    return tuple(tag for tag in _unique_tags(post) if tag[1:].casefold() not in there)


def _unique_tags(post: Post) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for tag in filter(None, map(hashtag, post.hashtags)):
        tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())


def _too_many_tags(post: Post, channel: Channel, body: str) -> Iterator[Finding]:
    limit = channel.limits.get("tagar")
    if limit is None:
        return
    said = hashtags(body)
    own = _missing_tags(post, said) if channel.caption == "long" else ()
    if len(said) > limit.value:
        yield _limited(
            "tagar-terlalu-banyak",
            limit.grade,
            f"ada {len(said)} tagar di dalam tulisan, {channel.name} menerima {limit.value}.",
            post.place("isi"),
            f"Hapus {len(said) - limit.value} tagar dari tulisannya.",
        )
    elif len(said) + len(own) > limit.value:
        yield _limited(
            "tagar-terlalu-banyak",
            limit.grade,
            f"ada {len(said) + len(own)} tagar, {channel.name} menerima {limit.value}; "
            "sisanya tidak dipakai.",
            post.place("tagar"),
            f"Pilih {limit.value} tagar yang paling penting.",
        )


def _too_many_links(post: Post, channel: Channel, text: str) -> Iterator[Finding]:
    limit = channel.limits.get("tautan")
    if limit is not None and links(text) > limit.value:
        yield _limited(
            "tautan-terlalu-banyak",
            limit.grade,
            f"ada {links(text)} tautan, {channel.name} menerima {limit.value}.",
            post.place("isi"),
            f"Hapus {links(text) - limit.value} tautan.",
        )


def _over(text: str, channel: Channel, post: Post) -> Iterator[Finding]:
    """The limit that the channel has itself speaks first; then our own for short texts."""
    count, limit = length(text, channel), channel.limits.get("teks")
    if limit and count > limit.value and limit.grade != "U":
        most, why = limit.value, ""
    elif channel.caption == "short" and utf16(text) > SHORT_MAX:
        count, most, why = utf16(text), SHORT_MAX, f" supaya terbaca di {channel.name}"
    elif limit and count > limit.value:
        most, why = limit.value, ""
    else:
        return
    yield _limited(
        "keterangan-terlalu-panjang",
        limit.grade if limit and most == limit.value else "C",
        f"keterangan {channel.name} {count} huruf, paling banyak {most}.",
        post.place("isi"),
        f"Kurangi {count - most} huruf{why}.",
    )


def _limited(code: str, grade: str, message: str, place: Place, hint: str) -> Finding:
    """A finding about a platform's number; a number nobody verified only informs."""
    if grade == "U":
        code, message = "batas-belum-terverifikasi", f"{message} Batas ini belum terverifikasi."
    return Finding(code, message, place, hint=hint)


def _opening(
    text: str, channel: Channel, post: Post, data: Mapping[str, object]
) -> Iterator[Finding]:
    """A short caption of a schedule post must open with the day, the hours and the place."""
    event = data["acara"]
    if channel.caption != "short" or post.pillar is not Pillar.JADWAL:
        return
    if not isinstance(event, dict) or not event:
        return
    wanted = {"hari": "hari", "tanggal": "tanggal", "mulai": "jam", "tempat": "tempat"}
    if event["batal"]:  # nobody is to come: which day is enough
        wanted = {"hari": "hari", "tanggal": "tanggal"}
    first = text.partition("\n")[0]
    lost = [word for key, word in wanted.items() if str(event[key]) not in first]
    if lost:
        yield Finding(
            "keterangan-tanpa-acara",
            f"baris pertama keterangan {channel.name} belum memuat {', '.join(lost)}.",
            post.place("model"),
            hint=f'Awali dengan "{event["baris"]}".',
        )
