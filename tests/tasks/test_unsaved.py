"""What was typed for a post that is gone is never lost silently: named, copied, or thrown away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.drafts import NEW, Drafts, Kept
from content_kit.files.workspace import Workspace
from content_kit.model import FieldValue
from content_kit.start import create_demo
from content_kit.tasks import unsaved

NOW = datetime(2026, 12, 7, 10, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return create_demo(tmp_path / "contoh", date(2026, 12, 7))


@pytest.fixture
def drafts(root: Path) -> Drafts:
    return Drafts(root.parent / "draf", root)


def kept(words: str, **more: FieldValue) -> Kept:
    values: dict[str, FieldValue] = {"tanggal": "2026-12-09", "isi": {"judul": words}, **more}
    return Kept(NOW, "zz9", {"isi": {"judul": "lama"}}, values, {"isi": {"lain": "simpanan"}})


@pytest.mark.parametrize(
    ("unit", "post", "gone"),
    [
        ("melati", "m4x7q2", False),
        ("melati", NEW, False),
        ("melati", "m4x7q2#catatan", False),
        ("melati", "zz9", True),
        ("melati", "zz9#catatan", True),
        ("anggrek", "m4x7q2", True),
        ("anggrek", NEW, True),
    ],
)
def test_a_draft_is_gone_when_its_post_or_its_posyandu_is(
    unit: str, post: str, gone: bool, root: Path, drafts: Drafts
) -> None:
    drafts.keep(unit, post, kept("Ayo datang"))
    loaded = Workspace(root).load()
    assert [each.post for each in unsaved.gone(drafts, loaded)] == ([post] if gone else [])
    told = unsaved.findings(drafts, loaded)
    assert ["Ayo datang" in found.message for found in told] == ([True] if gone else [])


def test_what_cannot_be_read_is_not_gone(root: Path, drafts: Drafts) -> None:
    drafts.keep("melati", "m4x7q2", kept("a"))
    (root / "calendars/melati/2026-12.yaml").write_bytes(b"")
    assert unsaved.gone(drafts, Workspace(root).load()) == []


def test_another_folder_has_drafts_of_its_own(root: Path, drafts: Drafts) -> None:
    Drafts(root.parent / "draf", root.parent).keep("melati", "zz9", kept("a"))
    assert unsaved.gone(drafts, Workspace(root).load()) == []


def test_it_becomes_a_new_post_and_is_nowhere_lost_on_the_way(root: Path, drafts: Drafts) -> None:
    drafts.keep("melati", "zz9", kept("Ayo datang"))
    (draft,) = unsaved.gone(drafts, Workspace(root).load())
    drafts.keep("melati", NEW, kept("sedang ditulis"))
    with pytest.raises(UsageError, match="Simpan atau buang"):
        unsaved.copy_to_new(drafts, draft, "melati")
    assert drafts.find("melati", "zz9") is not None
    drafts.forget("melati", NEW)
    unsaved.copy_to_new(drafts, draft, "melati")
    new = drafts.find("melati", NEW)
    assert new is not None
    assert (new.id, new.seen, new.values["isi"]) == ("", {}, {"judul": "Ayo datang"})
    assert drafts.find("melati", "zz9") is None


def test_a_disk_that_refuses_keeps_the_old_one(
    root: Path, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep("melati", "zz9", kept("Ayo datang"))
    (draft,) = unsaved.gone(drafts, Workspace(root).load())
    monkeypatch.setattr(Drafts, "keep", lambda *_: False)
    with pytest.raises(UsageError, match="Belum dapat disalin"):
        unsaved.copy_to_new(drafts, draft, "melati")
    assert drafts.find("melati", "zz9") is not None


BROKEN = {
    "empty": b"", "zeros": bytes(40), "list": b"[]", "cut": b'{"waktu": "2026',
    "letter": b"\xff", "number": b'{"folder": 3}', "deep": b"[" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("data", BROKEN.values(), ids=[*BROKEN])
def test_a_broken_draft_is_named(data: bytes, root: Path, drafts: Drafts) -> None:
    drafts.keep("melati", "m4x7q2", kept("a"))
    (path,) = (root.parent / "draf").glob("*.json")
    path.write_bytes(data)
    (told,) = unsaved.findings(drafts, Workspace(root).load())
    assert (told.code, told.place.line) == ("berkas-sendiri-rusak", 1)
    assert told.place.file.endswith(path.name)
    assert drafts.find("melati", "m4x7q2") is None
