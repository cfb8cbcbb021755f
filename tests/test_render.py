"""Proofs: what one post needs of the workspace, laid out and not painted yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.render import Press, Selection


@pytest.fixture(scope="module")
def press() -> Press:
    """The bundled sample, loaded."""
    workspace = Workspace(bundled.root())
    return Press(workspace, workspace.load())


def test_channels_that_share_a_format_share_one_picture(press: Press) -> None:
    post = replace(press.loaded.posts()[0], channels=("wa-status", "ig-story"))
    both, alone = press.proof(post), press.proof(post, "wa-status")
    assert [text.channel.id for text in alone.texts] == ["wa-status"]
    assert alone.scenes["story"].items == both.scenes["story"].items


def test_a_post_outside_the_days_that_are_meant_is_left_out_and_an_unknown_one_refused(
    press: Press,
) -> None:
    post = press.loaded.posts()[0]
    elsewhere = Selection(post=post.id, unit="no-such-day", last=post.date.replace(year=2000))
    with pytest.raises(UsageError, match="no-such-day"):
        press.select(elsewhere)
    assert press.select(replace(elsewhere, unit=post.unit)) == []
    assert press.select(Selection(post=post.id)) == [post]
    with pytest.raises(UsageError, match="zzz"):
        press.select(Selection(post="zzz"))
