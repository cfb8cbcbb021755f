"""Undo takes back the last edit of a sitting, all of it, and never somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.save import EditConflict
from content_kit.files.workspace import Workspace
from content_kit.planning import history as module
from content_kit.planning.history import MOST, History
from content_kit.planning.pages import Pages

MONTH = "# catatan\nbulan: 2026-12\npostingan: []\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one month of one unit."""
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "2026-12.yaml").write_text(MONTH, encoding="utf-8", newline="")
    return tmp_path


def edit(root: Path, history: History, *texts: tuple[str, str], what: str = "Diubah") -> None:
    """Give files of the unit new texts in one edit."""
    pages = Pages(Workspace.open(root))
    for name, text in texts:
        pages.put(root / "calendars" / "melati" / name, text)
    history.save(pages, what)


def files(root: Path) -> dict[str, str]:
    """What the unit's folder holds."""
    found = (root / "calendars" / "melati").glob("*.yaml")
    return {path.name: path.read_bytes().decode() for path in found}


def test_the_last_edit_is_taken_back_first(root: Path) -> None:
    history = History()
    assert history.last == ""
    edit(root, history, ("2026-12.yaml", MONTH + "# satu\n"), what="Satu")
    edit(root, history, ("2026-12.yaml", MONTH + "# dua\n"), what="Dua")
    assert history.last == "Dua"
    assert history.undo() == "Dua" and files(root) == {"2026-12.yaml": MONTH + "# satu\n"}
    assert history.undo() == "Satu" and files(root) == {"2026-12.yaml": MONTH}
    with pytest.raises(UsageError, match="Tidak ada yang bisa dibatalkan"):
        history.undo()


def test_an_edit_of_two_files_goes_back_in_both(root: Path) -> None:
    history = History()
    edit(root, history, ("2026-12.yaml", MONTH + "# a\n"), ("2027-01.yaml", "bulan: 2027-01\n"))
    history.undo()
    assert files(root) == {"2026-12.yaml": MONTH}


def test_a_file_that_the_edit_made_is_gone_again(root: Path) -> None:
    history = History()
    edit(root, history, ("2027-01.yaml", "bulan: 2027-01\npostingan: []\n"))
    assert "2027-01.yaml" in files(root)
    history.undo()
    assert files(root) == {"2026-12.yaml": MONTH}


def test_a_file_that_the_edit_emptied_comes_back(root: Path) -> None:
    history = History()
    edit(root, history, ("2026-12.yaml", ""))
    history.undo()
    assert files(root) == {"2026-12.yaml": MONTH}


def test_what_changed_nothing_is_not_remembered(root: Path) -> None:
    history = History()
    edit(root, history, ("2026-12.yaml", MONTH), what="Tidak ada")
    assert history.last == ""


def test_somebody_elses_later_change_stays_and_the_edit_is_forgotten(root: Path) -> None:
    history = History()
    edit(root, history, ("2026-12.yaml", MONTH + "# a\n"), ("2027-01.yaml", "bulan: 2027-01\n"))
    other = root / "calendars" / "melati" / "2026-12.yaml"
    other.write_text("bulan: 2026-12\n", encoding="utf-8")
    with pytest.raises(EditConflict, match=r"2026-12\.yaml"):
        history.undo()
    # Nothing of the edit is taken back by halves.
    assert files(root) == {"2026-12.yaml": "bulan: 2026-12\n", "2027-01.yaml": "bulan: 2027-01\n"}
    assert history.last == ""


def test_a_sittings_worth_is_remembered_and_no_more(root: Path) -> None:
    history = History()
    for number in range(MOST + 5):
        edit(root, history, ("2026-12.yaml", MONTH + f"# {number}\n"), what=str(number))
    for _ in range(MOST):
        history.undo()
    assert history.last == "" and files(root)["2026-12.yaml"] == MONTH + "# 4\n"


def test_what_was_made_of_an_edit_is_put_away_with_it(root: Path) -> None:
    history, pages = History(), Pages(Workspace.open(root))
    pages.put(root / "calendars" / "melati" / "2026-12.yaml", MONTH + "# a\n")
    history.save(pages, "Diubah.", after=lambda: "Paketnya dihapus.")
    assert history.last == "Diubah."
    assert history.undo() == "Diubah. Paketnya dihapus."


def test_large_edits_push_the_oldest_out_of_memory_and_the_last_always_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_TEXT", 100)
    history = History()
    for what in ("Satu", "Dua", "Tiga"):
        edit(root, history, ("2026-12.yaml", MONTH + "x: " + 90 * what), what=what)
    assert history.undo() == "Tiga"
    assert history.last == ""


def test_what_was_taken_back_can_be_done_again_step_by_step(root: Path) -> None:
    history = History()
    steps = [MONTH + "# satu\n", MONTH + "# dua\n"]
    for number, text in enumerate(steps):
        edit(root, history, ("2026-12.yaml", text), what=str(number))
    edit(root, history, ("2027-01.yaml", "bulan: 2027-01\n"), what="baru")
    whole = files(root)
    for _ in range(2):
        assert [history.undo() for _ in range(3)] == ["baru", "1", "0"]
        assert files(root) == {"2026-12.yaml": MONTH}
        assert [history.redo() for _ in range(3)] == ["0", "1", "baru"]
        assert files(root) == whole
    with pytest.raises(UsageError, match="Tidak ada yang bisa diulangi"):
        history.redo()


def test_a_new_edit_ends_what_could_be_done_again(root: Path) -> None:
    history = History()
    edit(root, history, ("2026-12.yaml", MONTH + "# satu\n"))
    history.undo()
    edit(root, history, ("2026-12.yaml", MONTH + "# lain\n"))
    with pytest.raises(UsageError):
        history.redo()


def test_nothing_is_done_again_over_what_somebody_else_wrote(root: Path) -> None:
    history = History()
    edit(root, history, ("2026-12.yaml", MONTH + "# satu\n"))
    history.undo()
    other = MONTH + "# orang lain\n"
    (root / "calendars/melati/2026-12.yaml").write_bytes(other.encode())
    with pytest.raises(EditConflict):
        history.redo()
    assert files(root) == {"2026-12.yaml": other}
