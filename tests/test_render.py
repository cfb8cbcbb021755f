"""Proofs: what one post needs of the workspace, laid out and not painted yet."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

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


@pytest.mark.parametrize(
    ("office", "shown"),
    [
        ("", False),
        ("semboyan: tidak", False),
        ("semboyan: ya", True),
        ("semboyan: ya\nmasa_pemilu: ya", False),
    ],
)
def test_slogans_and_themes_are_shown_only_when_the_office_wants_them_and_no_election_is_near(
    tmp_path: Path, office: str, shown: bool
) -> None:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    (tmp_path / "calendars" / "kantor.yaml").write_text(f"nama: Contoh\n{office}\n", "utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "observances.yaml").write_text(
        "peringatan: []\n"
        "semboyan:\n"
        "  - {teks: Waja Sampai Kaputing, mulai: 2020-01-01, aktif: ya}\n"
        "  - {teks: Belum Dipilih, mulai: 2020-01-01}\n"
        "tema:\n"
        "  - {teks: Rakat Babarakat, mulai: 2020-01-01, sampai: 2099-12-31, aktif: ya}\n"
        "  - {teks: Tahun Lama, mulai: 2020-01-01, sampai: 2020-12-31, aktif: ya}\n",
        "utf-8",
    )
    workspace = Workspace.open(tmp_path)
    press = Press(workspace, workspace.load())
    post = replace(press.loaded.posts()[0], channels=("fb", "wa-grup"))
    long, short = press.proof(post).texts
    assert ("\n\nWaja Sampai Kaputing · Rakat Babarakat" in long.words) == shown
    for hidden in ("Belum Dipilih", "Tahun Lama"):
        assert hidden not in long.words
    assert "Waja" not in short.words
    assert press.problems == ()


def test_election_time_looks_for_what_is_not_neutral(press: Press) -> None:
    post = press.loaded.posts()[0]
    post = replace(post, fields={**post.fields, "judul": "Salam dua jari, ayo datang!"})

    def codes(election: bool) -> list[str]:
        office = replace(press.loaded.office, election_mode=election)
        near = Press(press.workspace, replace(press.loaded, office=office))
        return [finding.code for finding in near.proof(post).findings]

    assert codes(True).count("tidak-netral") == 1
    assert "tidak-netral" not in codes(False)


def test_the_sample_is_neutral(press: Press) -> None:
    office = replace(press.loaded.office, election_mode=True)
    near = Press(press.workspace, replace(press.loaded, office=office))
    for post in near.loaded.posts():
        assert "tidak-netral" not in [finding.code for finding in near.proof(post).findings]
