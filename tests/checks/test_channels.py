"""A post goes to channels that exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from content_kit.checks import Case
from content_kit.checks.channels import known
from content_kit.findings import Finding
from content_kit.model import Channel, Post, Posyandu

MakePost = Callable[..., Post]


def test_a_channel_that_is_not_known_gets_the_nearest_name(
    melati: Posyandu, make_post: MakePost, channels: Mapping[str, Channel]
) -> None:
    def found(*names: str) -> list[Finding]:
        return list(known(Case(make_post(channels=names), melati, channels=channels)))

    assert found("wa-grup", "fb") == []
    assert [finding.code for finding in found()] == ["wajib-diisi"]
    (finding,) = found("fb", "wa-group")
    assert (finding.code, finding.hint) == ("kanal-tidak-dikenal", 'Maksudnya "wa-grup"?')
