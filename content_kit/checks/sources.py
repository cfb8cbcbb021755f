"""Where a post's facts come from: that a source is named, read, may be printed, and still holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from content_kit.checks.case import Case
from content_kit.files.sandbox import join_words
from content_kit.findings import Finding, clipped
from content_kit.model import CheckState, Pillar
from content_kit.schedule.dates import long_date


def read(case: Case) -> Iterator[Finding]:
    """A text that teaches says where its facts come from, and a health worker has read them.

    Of every bidang: washing hands is public works in the official list and health all the same.
    All sources of a post that are wanting are told in one finding for each reason.
    """
    post = case.post
    if post.pillar not in (Pillar.EDUKASI, Pillar.TANYA_JAWAB):
        return
    # A question of the library states no fact, so it names no source.
    if not post.sources and not (post.pillar is Pillar.TANYA_JAWAB and case.library.says(post)):
        yield case.at(
            "tanpa-sumber",
            "tulisan ini belum menyebut sumber.",
            "sumber",
            'Isi "sumber", misalnya Buku KIA, Kemenkes 2024.',
        )
    wanting: dict[str, list[int]] = {}
    unread = case.library.unread(post)
    for number, source in enumerate(post.sources):
        if source.state is not CheckState.VERIFIED:
            wanting.setdefault(_STATES[source.state], []).append(number)
        if number in unread:
            wanting.setdefault("belum dibaca tenaga kesehatan", []).append(number)
    for reason, numbers in wanting.items():
        names = dict.fromkeys(f'"{post.sources[number].name}"' for number in numbers)
        yield case.at(
            "sumber-belum-ditelaah",
            f"sumber {join_words(list(names))} {reason}.",
            f"sumber.{numbers[0]}",
            _to_read(case),
        )


def _to_read(case: Case) -> str:
    """What to have read, and where it is written down: the post, or the text of the library it says."""
    post = case.post
    if not post.entry:
        return "Minta bidan atau petugas puskesmas membacanya, lalu catat: namanya di isian Sumber."
    if not case.library.says(post):
        return (
            "Tulisannya tidak sama lagi dengan pustaka. Minta bidan atau petugas puskesmas membaca "
            "postingan ini, lalu tulis nama dan perannya di isian Sumber."
        )
    return (
        "Minta bidan atau petugas puskesmas membacanya, lalu catat: d di Pustaka atau di Tinjau "
        f"(di terminal: content-kit library read {post.entry} --by NAMA --role PERAN)."
    )


_STATES: Final = {
    CheckState.NAMED: "baru disebut, belum dibuka",
    CheckState.UNVERIFIED: "belum ditemukan",
}


def names(case: Case) -> Iterator[Finding]:
    """Only names that an office can stand behind are printed; the others are told to the writer.

    A ready text with such a name is a fault of the library, and stops the post.
    """
    if case.institutions is None:
        return
    for number, source in enumerate(case.post.sources):
        if name := case.institutions.weak(source):
            yield case.at(
                "sumber-pustaka-lemah" if case.post.entry else "sumber-lemah",
                f'sumber "{clipped(name)}" tidak boleh dicetak, jadi tidak dicetak.',
                f"sumber.{number}",
                case.institutions.hint(name),
            )


def facts(case: Case) -> Iterator[Finding]:
    """A number holds until it is measured anew; a fact until another takes its place."""
    for number, source in enumerate(case.post.sources):
        fact = case.library.facts.get(source.fact)
        if fact is None:
            continue
        if fact.until is not None and fact.expired(case.post.date):
            yield case.at(
                "fakta-kedaluwarsa",
                f'angka pada fakta "{fact.id}" hanya berlaku sampai {long_date(fact.until)}.',
                f"sumber.{number}",
                "Pakai angka yang baru dari lembaganya, atau ganti tulisannya.",
            )
        if fact.replaced_by:
            yield case.at(
                "fakta-diganti",
                f'fakta "{fact.id}" sudah diganti "{fact.replaced_by}".',
                f"sumber.{number}",
                "Ambil tulisannya lagi dari pustaka, lalu minta dibaca.",
            )
