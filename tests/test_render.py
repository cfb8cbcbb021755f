"""Proofs: what one post needs of the workspace, laid out and not painted yet."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.model import Post
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


_OWN_TEMPLATE = """\
name: Dua baris
fields:
  judul: {type: text, label: Judul, max: 60}
scene:
  box: column
  pad: safe
  children:
    - {text: "{{ isi.judul }}", style: body, size: 4, in: {story: {width: 12, lines: 1}}}
    - {text: "{{ posyandu.nama }}, {{ acara.tempat }}", style: small}
"""


def _with_a_tight_story(tmp_path: Path) -> Press:
    """The sample with a template of one's own, whose story has no room for its title."""
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    folder = tmp_path / "templates" / "dua-baris"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(_OWN_TEMPLATE, "utf-8")
    for name in ("caption.j2", "caption.short.j2", "alt.j2"):
        (folder / name).write_text("{{ isi.judul }} {{ acara.baris }}", "utf-8")
    workspace = Workspace(tmp_path)
    return Press(workspace, workspace.load())


def _post_on(press: Press, template: str, title: str) -> Post:
    post = next(p for p in press.loaded.posts() if p.occurrence and p.template == "jadwal-kartu")
    return replace(
        post, template=template, channels=("wa-grup", "wa-status"), fields={"judul": title}
    )


def test_what_is_wrong_in_one_format_stamps_no_other(tmp_path: Path) -> None:
    press = _with_a_tight_story(tmp_path)
    proof = press.proof(_post_on(press, "dua-baris", "Ayo datang bersama-sama besok pagi"))
    wrong = [finding for finding in proof.findings if finding.code == "teks-tidak-muat"]
    assert [finding.formats for finding in wrong] == [("story",)]
    assert press.stamped(proof, "feed") == proof.scenes["feed"]
    assert press.stamped(proof, "story") != proof.scenes["story"]
    events = {event.format: event.draft for event in press.write(proof, tmp_path / "keluaran")}
    assert events == {"feed": False, "story": True}


@pytest.mark.parametrize(
    ("line", "longer", "field"),
    [
        ("nama: ", "Melati " * 300, "nama"),
        ("desa: ", "Contoh " * 300, "desa"),
        ("    tempat: ", "Balai " * 300, "tempat"),
    ],
)
def test_a_name_without_end_is_told_of_posyandu_yaml(
    tmp_path: Path, line: str, longer: str, field: str
) -> None:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    workspace = Workspace(tmp_path)
    unit = _post_on(Press(workspace, workspace.load()), "jadwal-kartu", "Besok buka!").unit
    path = tmp_path / "calendars" / unit / "posyandu.yaml"
    lines = path.read_text("utf-8").splitlines()
    at = next(number for number, text in enumerate(lines) if text.startswith(line))
    lines[at] = f"{line}{longer}"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    press = Press(workspace, workspace.load())
    proof = press.proof(_post_on(press, "jadwal-kartu", "Besok buka!"))
    wrong = [f for f in proof.findings if f.code in ("teks-tidak-muat", "isi-meluber")]
    assert wrong
    for finding in wrong:
        assert finding.place.file == f"calendars/{unit}/posyandu.yaml"
        assert finding.place.line == at + 1
        assert finding.place.field.endswith(field)


def test_a_scene_does_not_depend_on_what_was_laid_out_before() -> None:
    workspace = Workspace(bundled.root())
    loaded = workspace.load()
    posts = list(loaded.posts())
    there, back = Press(workspace, loaded), Press(workspace, loaded)
    first = {(post.unit, post.id): there.proof(post).scenes for post in posts}
    again = {(post.unit, post.id): back.proof(post).scenes for post in reversed(posts)}
    assert first == again
    assert first == {(post.unit, post.id): there.proof(post).scenes for post in posts}
