"""A kept draft as a machine of states: typed, killed, opened, answered, quit; nothing goes unasked."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from content_kit.files.drafts import NEW, Drafts
from content_kit.planning.draft import Draft
from content_kit.tui.drafting import Form
from content_kit.tui.recovery import Recovery

NOW = datetime(2026, 12, 7, 10, tzinfo=UTC)
UNIT, POST = "melati", "m4x7q2"
WORDS = st.sampled_from(["satu", "dua", "tiga", "empat"])


class Life(RuleBasedStateMachine):
    """One post, its kept draft, and a model of what must still be found: the last word typed.

    Nothing is read back from the objects under test but what lies on the disk.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.drafts = Drafts(Path(self.folder.name) / "draf", Path(self.folder.name))
        self.in_file = "tersimpan"
        self.owed = ""  # what a person typed and neither saved nor threw away
        self.form: Form | None = None
        self.recovery = Recovery(self.drafts, UNIT, POST)

    def teardown(self) -> None:
        """The folder goes."""
        self.folder.cleanup()

    def _draft(self, words: str) -> Draft:
        return Draft(UNIT, POST, {"isi": {"judul": words}})

    def _form(self, words: str) -> Form:
        base = self._draft(self.in_file)
        return Form(self._draft(words), base, object())  # type: ignore[arg-type]

    @precondition(lambda self: self.form is None)
    @rule()
    def open(self) -> None:
        """The program starts, the post is opened: what was typed before is offered."""
        self.recovery = Recovery(self.drafts, UNIT, POST)
        kept = self.recovery.found()
        self.form = self._form(self.in_file)
        if self.owed:
            assert kept is not None
            assert kept.values["isi"] == {"judul": self.owed}

    @precondition(lambda self: self.form is not None)
    @rule()
    def pause(self) -> None:
        """What runs after a breath without a key, the window of the offer open or not."""
        assert self.form is not None
        self.recovery.keep(self.form, NOW)

    @precondition(lambda self: self.form is not None and not self.recovery.asking)
    @rule(words=WORDS)
    def type(self, words: str) -> None:
        """A person types, and breathes."""
        self.form = self._form(words)
        self.recovery.keep(self.form, NOW)
        self.owed = words if words != self.in_file else ""

    @precondition(lambda self: self.form is not None and self.recovery.asking)
    @rule(go_on=st.booleans())
    def answer(self, go_on: bool) -> None:
        """Lanjutkan, or Buang."""
        if go_on:
            self.recovery.go_on()
            self.form = self._form(self.owed or self.in_file)
        else:
            self.recovery.throw_away()
            self.owed = ""

    @precondition(lambda self: self.form is not None and not self.recovery.asking)
    @rule(more=st.none() | WORDS)
    def save(self, more: str | None) -> None:
        """Saved; perhaps something was typed while the disk was busy."""
        assert self.form is not None
        self.recovery.keep(self.form, NOW)
        self.in_file = str(self.form.draft.get("isi.judul"))
        self.form = self._form(more or self.in_file)
        self.recovery.saved(self.form, NOW)
        self.owed = more if more and more != self.in_file else ""

    @rule()
    def kill(self) -> None:
        """The power fails: nothing runs any more."""
        self.form = None

    @precondition(lambda self: self.form is not None)
    @rule()
    def quit(self) -> None:
        """Ctrl+Q: the form is closed, the window of the offer open or not."""
        assert self.form is not None
        self.recovery.keep(self.form, NOW)
        self.form = None

    @invariant()
    def nothing_owed_is_lost(self) -> None:
        """At every moment the disk has what was typed and neither saved nor thrown away."""
        if self.owed and self.owed != self.in_file:
            kept = self.drafts.find(UNIT, POST)
            assert kept is not None
            assert kept.values["isi"] == {"judul": self.owed}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@pytest.mark.slow
def test_a_long_life() -> None:
    """The full count of the same machine."""
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Life, settings=settings(max_examples=1200, stateful_step_count=40, deadline=None)
    )


def test_a_new_post_that_is_saved_is_kept_under_its_id(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "draf", tmp_path)
    base = Draft(UNIT, POST, {"tanggal": "2026-12-07"})
    form = Form(base.put("isi.judul", "baru"), base)
    recovery = Recovery(drafts, UNIT, NEW)
    recovery.keep(form, NOW)
    saved = replace(form, draft=form.draft.put("isi.judul", "sesudahnya"))
    recovery.moved(POST, saved, NOW)
    assert drafts.find(UNIT, NEW) is None
    kept = drafts.find(UNIT, POST)
    assert kept is not None
    assert kept.values["isi"] == {"judul": "sesudahnya"}


def test_a_thread_that_is_late_brings_nothing_back(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "draf", tmp_path)
    base = Draft(UNIT, POST, {"tanggal": "2026-12-07"})
    form = Form(base.put("isi.judul", "baru"), base)
    recovery = Recovery(drafts, UNIT, NEW)
    recovery.saved(None, NOW)
    recovery.keep(form, NOW)
    assert drafts.find(UNIT, NEW) is None
