"""A text that a scheduling program itself would refuse is told, and not put into its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from content_kit.model import Channel, Post, Posyandu
from content_kit.planning.schedulers import too_long
from content_kit.render import Proof, Text


@pytest.mark.parametrize(
    ("program", "channel", "count", "most"),
    [
        ("buffer", "fb", 5_001, 5_000),
        ("buffer", "ig", 2_197, 2_196),
        ("publer", "fb", 10_001, 10_000),
        ("buffer", "fb", 5_000, None),
        ("publer", "fb", 5_001, None),
        ("buffer", "wa-grup", 9_999, None),
    ],
)
def test_each_program_has_limits_of_its_own(
    program: str,
    channel: str,
    count: int,
    most: int | None,
    channels: Mapping[str, Channel],
    make_post: Callable[..., Post],
    melati: Posyandu,
) -> None:
    target = channels.get(channel) or replace(channels["fb"], id=channel)
    proof = Proof(make_post(), melati, None, {}, (Text(target, "a" * count),))
    found = too_long(program, proof, channel)
    assert (found is None) == (most is None)
    if found:
        assert found.message.endswith(f"{program.capitalize()} menerima {most}.")
        assert found.hint.startswith("Kurangi 1 huruf")
