"""The office behind `content-kit review`: its policy, its keys, its gate on every way out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_kit.cli import run
from tests.cli.reviewing import CLEAN, FAST, TITLES, edit, held, pack, policy, review, status

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.mark.parametrize(
    "text",
    ["persetujuan: dau\n", "persetujaun: satu\n", "nama: [\n", "- satu\n", "persetujuan: [satu]\n"],
)
def test_a_slip_in_the_office_file_does_not_open_the_gate(
    root: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "calendars" / "kantor.yaml").write_text(text, encoding="utf-8")
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina", "--no-pictures")
    assert status(root, capsys)["waiting_for"] == (
        "pengaturan persetujuan di kantor.yaml tidak terbaca"
    )


def test_nothing_delays_news_of_a_service_day(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An office file, a log and roles that nobody can read, and a person on duty who is nobody."""
    (root / "calendars" / "kantor.yaml").write_text("persetujuan: [", encoding="utf-8")
    (root / "calendars" / "peran.yaml").write_bytes(b"\xff\x00")
    (tmp_path / "luar").mkdir()
    (root / "calendars" / "melati" / "tinjauan").symlink_to(tmp_path / "luar")
    edit(root, "petugas: kader-rusminah", f"petugas: {'x' * 99}")
    code, told = pack(root)
    assert code == 1  # the files must be mended
    assert TITLES[FAST] not in held(told)
    assert TITLES[CLEAN] in told
    assert list((root / "keluaran" / "paket" / "melati" / "2026-W50").glob("*jadwal-melati.jpg"))
    assert "tidak dapat dicatat" in capsys.readouterr().err
    assert list((tmp_path / "luar").iterdir()) == []


def test_what_went_out_by_the_fast_lane_is_listed_and_looked_at_afterwards(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def listed() -> dict[str, object]:
        capsys.readouterr()
        assert run(["review", "status", str(root), "--fast", "--json"]) == 0
        posts = json.loads(capsys.readouterr().out)["posts"]
        return {row["post"]: row["reviewed_after"] for row in posts}

    assert listed() == {}
    pack(root)
    before = listed()
    assert before[FAST] is False
    assert review(root, "approve", "Rina", "--no-pictures", post=FAST) == 0
    assert listed() == {**before, FAST: True}
    other = next(id for id in before if id != FAST)
    assert review(root, "return", "Rina", "--note", "Jamnya keliru", post=other) == 0
    assert listed()[other] is True


def test_posting_what_was_changed_after_approval_is_told_and_written_down(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina", "--no-pictures")
    edit(root, "Terima kasih sudah datang!", "Terima kasih!")
    capsys.readouterr()
    assert run(["done", CLEAN, "--by", "Rusminah", "--workspace", str(root), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [found["code"] for found in told["findings"]] == ["berubah-setelah-disetujui"]
    row = status(root, capsys)
    assert (row["status"], row["changed"]) == ("sudah diposting", True)


def test_files_for_other_programs_pass_the_same_gate(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def exported() -> tuple[int, str]:
        code = run(["export", "buffer", str(root), "--month", "2026-12", "--unit", "melati"])
        files = list((root / "keluaran" / "ekspor").glob("buffer-*.csv"))
        return code, "".join(file.read_text(encoding="utf-8-sig") for file in files)

    title = "Terima kasih sudah datang!"
    assert title not in exported()[1]
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina", "--no-pictures")
    code, text = exported()
    assert code == 0
    assert title in text
    edit(root, title, "Terima kasih banyak!")
    capsys.readouterr()
    code, text = exported()
    assert code == 4
    assert "banyak" not in text
    assert "berubah setelah disetujui: isi.judul" in capsys.readouterr().err
    assert list((root / "calendars" / "melati" / "tinjauan").glob("*jalur_cepat*"))


def test_a_picture_from_another_machine_is_told_and_takes_no_approval_away(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(root), "--unit", "melati", "--week", "2026-12-08"]
    run(["render", *arguments])
    review(root, "submit", "Hendra")
    review(root, "approve", "Rina")
    folder = root / "keluaran" / "melati" / "2026-W50" / CLEAN
    text = next((root / "calendars" / "melati" / "tinjauan").glob("*setujui*")).read_text("utf-8")
    digest = json.loads((folder / "manifes.json").read_text("utf-8"))["gambar"]["feed"]["sha256"]
    assert digest in text

    def codes() -> list[str]:
        capsys.readouterr()
        run(["review", "status", str(root), "--post", CLEAN, "--json"])
        return [found["code"] for found in json.loads(capsys.readouterr().out)["findings"]]

    assert codes() == []
    with (folder / "feed.jpg").open("ab") as stream:
        stream.write(b"\0")
    assert codes() == ["gambar-berbeda-mesin"]
    assert status(root, capsys)["status"] == "disetujui"


def test_a_risky_post_needs_the_office_concerned_and_its_checklist(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy(root, "risiko")
    path = root / "calendars" / "orang.yaml"
    path.write_text(
        path.read_text("utf-8") + "  - {id: dinsos, nama: Bu Dina, peran: dinsos}\n", "utf-8"
    )
    edit(root, "Terima kasih sudah datang!", "Terima kasih, bansos sudah dibagi")
    review(root, "submit", "Hendra")
    row = status(root, capsys)
    assert (row["risk"], row["missing"]) == ("tinggi", ["seorang penyetuju", "dinas terkait"])
    assert row["risk_because"] == ["menyebut bantuan sosial"]
    assert review(root, "approve", "Rina", "--no-pictures") == 1
    assert "centang" in capsys.readouterr().err
    assert review(root, "approve", "Rina", "--no-pictures", "--checked", "logo,salah") == 2
    assert review(root, "approve", "Rina", "--no-pictures", "--checked", "all") == 0
    assert status(root, capsys)["waiting_for"] == "menunggu: dinas terkait"
    assert review(root, "approve", "dinsos", "--no-pictures", "--checked", "all") == 0
    row = status(root, capsys)
    assert row["status"] == "disetujui"
    assert isinstance(row["checklist"], list)
    assert {one["id"]: one["by"] for one in row["checklist"]}["logo"] in ("Rina", "dinsos")


def test_an_office_with_keys_from_the_first_key_to_a_revoked_one(
    root: Path,
    own_folders: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    secret = tmp_path / "sandi.txt"
    secret.write_text("empat kata yang panjang\n", encoding="utf-8")
    given = ["--passphrase-file", str(secret)]
    place = ["--workspace", str(root)]

    def key(*arguments: str) -> str:
        capsys.readouterr()
        assert run(["review", "key", "new", *arguments, *given, "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        assert len(made["words"].split()) == 8
        return str(made["key"])

    review(root, "submit", "Hendra")
    review(root, "approve", "Rina", "--no-pictures")
    assert run(["review", "key", "new", "x"]) == 2  # nobody can be asked for a passphrase here
    assert "CONTENT_KIT_PASSPHRASE" in capsys.readouterr().err
    key("--office")
    rina = key("rina")
    add = ["review", "role", "add", "rina", "--key", rina, "--role", "kim"]
    assert run([*add, *place, *given]) == 0
    assert not [path for path in root.rglob("*") if path.suffix == ".pem"]
    assert "PRIVATE KEY" in (own_folders / "content-kit/kunci/rina.pem").read_text("utf-8")
    capsys.readouterr()
    assert run(["review", "status", str(root), "--post", CLEAN, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["signed"], told["posts"][0]["status"]) == (True, "diajukan")  # not signed: none
    assert review(root, "approve", "Rina", "--no-pictures") == 2
    assert "--passphrase-file" in capsys.readouterr().err
    assert review(root, "approve", "Rina", "--no-pictures", *given, "--json") == 0
    assert json.loads(capsys.readouterr().out)["signed"] is True
    assert run(["review", "status", str(root), "--post", CLEAN]) == 0
    assert "disetujui oleh rina" in capsys.readouterr().out
    policy(root, "tidak_ada")  # a word in a shared file does not open the gate
    code, text = pack(root)
    assert code == 0
    assert "belum disetujui" in text
    assert "pengaturan" in capsys.readouterr().err or text
    policy(root, "satu")
    assert run(["review", "role", "revoke", "rina", *place, *given]) == 0
    monkeypatch.setenv("CONTENT_KIT_PASSPHRASE", "empat kata yang panjang")
    review(root, "submit", "Hendra", post=FAST)
    assert review(root, "approve", "rina", "--no-pictures", post=FAST) == 1
    assert run(["review", "trust", *place]) == 0
    (root / "calendars" / "peran.yaml").unlink()
    capsys.readouterr()
    assert run(["review", "trust", *place]) == 0
    assert "hilang" in capsys.readouterr().err
    assert run(["review", "role", "sign", *place]) == 2  # nobody signs over a doubt
    assert run(["review", "trust", "--yes", *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signed"] is False
