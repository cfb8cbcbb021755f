"""One status of a post: the same word wherever it is read, and no fact hides what is over."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from content_kit.review.life import Facts, Status, stage

FACTS = st.builds(Facts, **{each.name: st.booleans() for each in fields(Facts)})


def test_every_status_has_its_own_word_and_its_own_mark() -> None:
    assert len({status.word for status in Status}) == len(Status)
    assert len({status.mark for status in Status}) == len(Status)
    assert all(len(status.mark) == 1 for status in Status)


@given(FACTS)
def test_what_went_out_is_posted_whatever_else_is_true(facts: Facts) -> None:
    assert stage(replace(facts, posted=True)) is Status.POSTED


@given(FACTS)
def test_a_mistake_or_an_empty_field_is_never_called_ready(facts: Facts) -> None:
    for name in ("wrong", "waiting"):
        assert stage(replace(facts, **{name: True})) not in (
            Status.READY, Status.APPROVED, Status.SUBMITTED, Status.UNSUBMITTED,
        )  # fmt: skip


@given(FACTS)
def test_ready_means_that_nobody_is_asked(facts: Facts) -> None:
    assert stage(replace(facts, asked=True)) is not Status.READY
    assert stage(Facts()) is Status.READY
