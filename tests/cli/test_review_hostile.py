"""What honest slips and hostile hands do to a review: nothing unapproved leaves, and nobody is stuck or wrongly accused."""

from __future__ import annotations

import csv
import hashlib
import importlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.review import keys

pytestmark = pytest.mark.usefixtures("own_folders")

CLEAN, FAST, PRAISE = "m3r9t1", "m4x7q2", "m9v3n6"
WEEK = ("--unit", "melati", "--week", "2026-12-08")
Read = pytest.CaptureFixture[str]


@pytest.fixture
def signed(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Read) -> Path:
    """The same office with keys, in which Rina may approve."""
    monkeypatch.setenv("CONTENT_KIT_PASSPHRASE", "empat kata yang panjang")
    run(["review", "key", "new", "--office"])
    capsys.readouterr()
    run(["review", "key", "new", "rina", "--json"])
    key = json.loads(capsys.readouterr().out)["key"]
    run(["review", "role", "add", "rina", "--key", key, "--role", "kim", "--workspace", str(root)])
    capsys.readouterr()
    return root


def review(root: Path, kind: str, by: str, post: str = CLEAN, *more: str) -> int:
    quick = ("--no-pictures",) if kind == "approve" else ()
    return run(["review", kind, str(root), "--by", by, "--post", post, *quick, *more])


def row(root: Path, capsys: Read, post: str = CLEAN, *more: str) -> dict[str, object]:
    capsys.readouterr()
    assert run(["review", "status", str(root), "--post", post, "--json", *more]) == 0
    told = json.loads(capsys.readouterr().out)
    found = told["posts"][0]
    assert isinstance(found, dict)
    return found | {"codes": {finding["code"] for finding in told["findings"]}}


def clock(monkeypatch: pytest.MonkeyPatch, **ahead: float) -> None:
    """Sit down at a computer whose clock is not right."""
    for name in ("review", "pack", "done", "keys"):
        module = importlib.import_module(f"content_kit.cli.{name}")
        monkeypatch.setattr(module, "now", lambda: datetime.now(UTC) + timedelta(**ahead))


def forge(folder: Path) -> bytes:
    """Put another picture in the place of one, with a manifest that says that it is right."""
    picture = folder / "feed.jpg"
    Image.new("RGB", (1080, 1350), (200, 0, 0)).save(picture)
    raw = picture.read_bytes()
    manifest = json.loads((folder / "manifes.json").read_text("utf-8"))
    manifest["gambar"]["feed"] |= {"sha256": hashlib.sha256(raw).hexdigest(), "byte": len(raw)}
    (folder / "manifes.json").write_text(json.dumps(manifest), "utf-8")
    return raw


def test_a_forged_picture_in_the_output_folder_does_not_leave_a_signed_office(signed: Path) -> None:
    review(signed, "submit", "Hendra")
    review(signed, "approve", "rina")
    run(["pack", str(signed), *WEEK])
    out = signed / "keluaran"
    forged = [forge(out / "melati" / "2026-W50" / post) for post in (CLEAN, FAST)]
    run(["pack", str(signed), *WEEK])
    packed = [path.read_bytes() for path in (out / "paket").rglob("*.jpg")]
    assert len(packed) == 9
    assert not [picture for picture in packed if picture in forged]


def test_a_unit_that_cannot_be_written_to_stops_no_other(root: Path, capsys: Read) -> None:
    for unit in ("melati", "kenanga"):
        run(["review", "submit", str(root), "--by", "Budi", "--month", "2026-12", "--unit", unit])
    lock = root / "calendars" / "melati" / "tinjauan" / ".content-kit.lock"
    lock.unlink()
    lock.mkdir()
    capsys.readouterr()
    approve = ["review", "approve", str(root), "--by", "Rina", "--month", "2026-12", "--json"]
    assert run([*approve, "--no-pictures"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["unit"] for one in told["done"]} == {"kenanga"}
    assert all("tidak dapat disimpan" in o["why"] for o in told["refused"] if o["post"] == CLEAN)
    assert row(root, capsys, "k2p8f4")["status"] == "disetujui"
    assert run([*approve, "--no-pictures", "--unit", "melati"]) == 5, "nothing at all was written"


def test_a_post_that_was_marked_as_posted_by_mistake_can_still_be_approved(
    root: Path, capsys: Read
) -> None:
    run(["done", PRAISE, "--by", "Rina", "--workspace", str(root)])
    assert review(root, "submit", "Hendra", PRAISE) == 0
    assert review(root, "approve", "Rina", PRAISE) == 0
    assert row(root, capsys, PRAISE)["approved_by"] == ["Rina"]
    assert review(root, "submit", "Hendra", PRAISE) == 1, "it is out, and it was approved"


def test_a_template_with_a_part_of_somebodys_own_waits_for_an_approval(
    root: Path, capsys: Read
) -> None:
    assert row(root, capsys, FAST)["fast"] is True
    part = bundled.root() / "templates" / "_parts" / "kaki-nama.yaml"
    own = root / "templates" / "_parts" / part.name
    own.parent.mkdir(parents=True)
    own.write_text("# milik sendiri\n" + part.read_text("utf-8"), "utf-8")
    assert row(root, capsys, FAST)["fast"] is False


def test_a_return_from_a_clock_that_is_ahead_holds_back_its_own_posts_only(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Read
) -> None:
    for post in (CLEAN, PRAISE):
        review(root, "submit", "Hendra", post)
        review(root, "approve", "Rina", post)
    with monkeypatch.context() as wrong:
        clock(wrong, days=3)
        review(root, "return", "Rina", PRAISE, "--note", "Salah")
    assert row(root, capsys, CLEAN)["status"] == "disetujui"
    assert row(root, capsys, PRAISE)["status"] == "diajukan"
    capsys.readouterr()
    assert review(root, "approve", "Sari", PRAISE) == 1
    assert "tidak berlaku" in capsys.readouterr().err, "what does not count is not called approved"


def test_a_clock_that_is_behind_accuses_nobody(
    signed: Path, monkeypatch: pytest.MonkeyPatch, capsys: Read
) -> None:
    review(signed, "submit", "Hendra")
    review(signed, "approve", "rina")
    with monkeypatch.context() as wrong:
        clock(wrong, days=-400)
        assert row(signed, capsys)["codes"] == {"tinjauan-rusak"}
    with (
        monkeypatch.context() as wrong
    ):  # by less than anybody notices, right after Rina got her key
        clock(wrong, hours=-5)
        review(signed, "submit", "Hendra", PRAISE)
        assert review(signed, "approve", "rina", PRAISE) == 0
    assert row(signed, capsys, PRAISE)["status"] == "disetujui"
    assert row(signed, capsys)["codes"] == set()


def test_without_the_extra_a_kader_hands_in_and_is_told_what_to_install(
    signed: Path, monkeypatch: pytest.MonkeyPatch, capsys: Read
) -> None:
    review(signed, "submit", "Hendra")
    review(signed, "approve", "rina")
    with monkeypatch.context() as poor:
        poor.setattr(keys, "available", lambda: False)
        assert review(signed, "submit", "Hendra", PRAISE) == 0
        said = capsys.readouterr().err
        assert "content-kit[sign]" in said
        assert "Tanyakan kepada kantor" not in said
        assert run(["pack", str(signed), *WEEK]) == 1
        assert len(list((signed / "keluaran" / "paket").rglob("*jadwal*.jpg"))) == 6
        # What cannot be looked at is not accepted: the memory would be gone for nothing.
        assert run(["review", "trust", "--yes", "--workspace", str(signed)]) == 2
    assert row(signed, capsys)["status"] == "disetujui"
    text = (signed / "calendars" / "peran.yaml").read_text("utf-8")
    (signed / "calendars" / "peran.yaml").write_text(text.replace("kim", "diskominfo"), "utf-8")
    assert row(signed, capsys)["codes"] == {"peran-tidak-sah"}


def test_who_is_not_registered_is_told_so(signed: Path, capsys: Read) -> None:
    review(signed, "submit", "Hendra")
    capsys.readouterr()
    assert review(signed, "approve", "Budi") == 1
    assert '"Budi" belum terdaftar sebagai penyetuju' in capsys.readouterr().err


def test_an_id_that_two_units_have_is_decided_for_one_of_them(root: Path, capsys: Read) -> None:
    calendar = root / "calendars" / "kenanga" / "2026-12.yaml"
    calendar.write_text(calendar.read_text("utf-8").replace("k2p8f4", CLEAN), "utf-8")
    assert review(root, "submit", "Hendra") == 2
    assert "--unit" in capsys.readouterr().err
    assert review(root, "submit", "Hendra", CLEAN, "--unit", "kenanga") == 0
    assert row(root, capsys, CLEAN, "--unit", "melati")["status"] == "belum diajukan"


def test_in_a_signed_office_a_library_of_ones_own_makes_nothing_clean(
    signed: Path, capsys: Read
) -> None:
    entry: dict[str, object] = {
        "judul": "Pilih yang mana saja asal ramai", "label": "Pesan", "gambar": "posyandu",
        "langkah": [{"judul": "Satu", "isi": "Datang ramai-ramai.", "gambar": "posyandu"}] * 2,
    }  # fmt: skip
    about: dict[str, object] = {"jenis": "kegiatan", "bidang": "sosial", "sasaran": ["dewasa"]}
    about |= {"model": "edukasi-langkah"}
    library = signed / "assets" / "library" / "sendiri.yaml"
    library.parent.mkdir(parents=True)
    library.write_text(json.dumps({"pustaka": [{"id": "sendiri", **about, **entry}]}), "utf-8")
    post: dict[str, object] = {
        "id": "zzzzz2",
        "tanggal": "2026-12-17",
        "pustaka": "sendiri",
        **about,
    }
    post |= {"jam": "09.00", "kanal": ["wa-grup"], "isi": entry}
    with (signed / "calendars" / "melati" / "2026-12.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"  - {json.dumps(post)}\n")
    assert review(signed, "submit", "Hendra", "zzzzz2") == 0
    capsys.readouterr()
    clean = ["roster", "clean", str(signed), "--month", "2026-12", "--by", "rina", "--json"]
    assert run(clean) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


def test_a_table_is_signed_with_one_passphrase_and_its_notes_have_a_limit(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Read
) -> None:
    posts = (CLEAN, PRAISE, FAST)
    lines = [["keputusan", "catatan", "unit", "postingan", "segel"]]
    for post, note in zip(posts, ("Bagus", "Terima\u202e kasih", "x" * 501), strict=True):
        review(signed, "submit", "Hendra", post)
        lines.append(["setujui", note, "melati", post, str(row(signed, capsys, post)["seal"])])
    table = tmp_path / "daftar.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    opened: list[str] = []
    unlock = keys.unlock

    def counted(key: keys.OwnKey, said: str) -> keys.Signer:
        opened.append(said)
        return unlock(key, said)

    monkeypatch.setattr(keys, "unlock", counted)
    capsys.readouterr()
    assert run(["review", "import", str(table), str(signed), "--by", "rina", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["post"] for one in told["done"]} == {CLEAN, PRAISE}
    assert "501" in told["findings"][0]["message"]
    assert len(opened) == 1
    assert told["signed"] and row(signed, capsys, PRAISE)["status"] == "disetujui"


def test_a_copy_beside_the_units_stops_only_what_it_may_change(root: Path, capsys: Read) -> None:
    calendars = root / "calendars"
    for name in ("daftar_unit (1).yaml", "catatan rapat (1).yaml"):
        (calendars / name).write_text("unit: []\n", "utf-8")
    assert review(root, "submit", "Hendra") == 0
    (calendars / "kantor (1).yaml").write_text("persetujuan: tidak_ada\n", "utf-8")
    capsys.readouterr()
    assert review(root, "approve", "Rina") == 1
    assert "kantor (1).yaml: " in capsys.readouterr().err, "which file it is"
