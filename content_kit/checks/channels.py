"""Where a post goes: places that exist, and at least one of them."""

from __future__ import annotations

from collections.abc import Iterator

from content_kit.checks.case import Case
from content_kit.findings import Finding, nearest


def known(case: Case) -> Iterator[Finding]:
    """Every channel of the post is one we know."""
    names = list(case.channels)
    if not case.post.channels:
        yield case.at(
            "wajib-diisi",
            "belum ada tempat posting.",
            "kanal",
            f"Pilih dari: {', '.join(names)}." if names else "Isi tempat posting.",
        )
    for number, channel in enumerate(case.post.channels):
        if channel not in case.channels:
            yield case.at(
                "kanal-tidak-dikenal",
                f'tempat posting "{channel}" tidak dikenal.',
                f"kanal.{number}",
                nearest(channel, names),
            )
