"""Each way in which an office was tampered with, one row each, and what has to come of it.

A row changes one thing by hand, as a person with the shared folder can, and says what the gate,
the log or the desk answers. The two thousand random ones are in `test_tampering`.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, has_errors
from content_kit.model import Approval
from content_kit.render import Press, Proof, Selection
from content_kit.review import keys, roles
from content_kit.review.decide import Decision, decide
from content_kit.review.events import Kind
from content_kit.review.gate import Gate, gate
from content_kit.review.keys import Signer
from content_kit.review.life import Status
from content_kit.review.memory import Memory
from content_kit.review.policy import Role
from content_kit.review.reviews import Reviews
from content_kit.review.roles import Holder, Roles
from content_kit.review.status import State
from content_kit.roster.returned import matched
from content_kit.roster.sheet import read_decisions

NOW: Final = datetime(2026, 12, 6, 1, tzinfo=UTC)
TOLD, FAST, PHOTO = "m3r9t1", "m4x7q2", "fotoku"
"""A report of a service day, its announcement, and a post with a photo."""

OFFICE = "nama: Uji\npersetujuan: {}\n"
PEOPLE = """orang:
  - {id: hendra, nama: Hendra, peran: kim}
  - {id: rina, nama: Rina, peran: kim}
  - {id: budi, nama: Budi, peran: diskominfo}
  - {id: dina, nama: Dina, peran: dinsos}
"""
PICTURED = """  - id: fotoku
    tanggal: 2026-12-08
    jam: "19.30"
    jenis: kader
    model: kader-apresiasi
    kanal: [fb]
    isi: {label: Kader kita, judul: Terima kasih, nama: Ibu R, peran: Kader, foto: rusminah.jpg}

  - id: m3r9t1"""
PERMIT = 'izin: {nomor: "1", tanggal: 2026-11-01, tujuan: unggahan, kanal: [fb]}'


@dataclass
class Office:
    """One posyandu in a folder, a machine that remembers, and a clock that goes on."""

    root: Path
    memory: Memory
    signers: dict[str, Signer]
    at: datetime = NOW

    @property
    def unit(self) -> Path:
        return self.root / "calendars" / "melati"

    @property
    def month(self) -> Path:
        return self.unit / "2026-12.yaml"

    @property
    def events(self) -> list[Path]:
        return sorted((self.unit / "tinjauan").glob("*.yaml"))

    def policy(self, word: str) -> None:
        (self.root / "calendars/kantor.yaml").write_text(OFFICE.format(word), "utf-8")

    def reviews(self, later: timedelta = timedelta()) -> Reviews:
        workspace = Workspace(self.root)
        press = Press(workspace, workspace.load())
        return Reviews(press, self.at + later, memory=self.memory)

    def proof(self, reviews: Reviews, post: str) -> Proof:
        return reviews.press.proof(reviews.press.select(Selection(post=post))[0])

    def state(self, post: str = TOLD, later: timedelta = timedelta()) -> State:
        reviews = self.reviews(later)
        return reviews.state(self.proof(reviews, post))

    def findings(self) -> list[Finding]:
        reviews = self.reviews()
        reviews.log("melati")
        return reviews.findings()

    def gate(self, post: str = TOLD) -> Gate:
        reviews = self.reviews()
        return gate(reviews, [self.proof(reviews, post)])

    def held(self, post: str = TOLD) -> str:
        """Why a post does not go out; "" when it does."""
        found = self.gate(post).held.get(("melati", post))
        return f"{found.message} {found.hint}" if found else ""

    def decide(
        self, kind: Kind, by: str, post: str = TOLD, note: str = "", *, all_ticked: bool = False
    ) -> Decision:
        self.at += timedelta(minutes=10)
        reviews = self.reviews()
        one = reviews.state(self.proof(reviews, post))
        who = reviews.person(by)
        made = decide(kind, [one], who, checked=one.unticked if all_ticked else ())
        signer = self.signers.get(who) if reviews.signed else None
        return reviews.settled(made, reviews.record(kind, who, made.carried, note, signer=signer))

    def why_not(self, kind: Kind, by: str, post: str = TOLD) -> str:
        """Why a decision is refused."""
        (refused,) = self.decide(kind, by, post).refused
        return refused[1]

    def approved(self, post: str = TOLD, *more: str) -> None:
        """Handed in by Hendra and approved by Rina, and by whoever else is named."""
        assert self.decide(Kind.SUBMIT, "hendra", post).carried
        for name in ("rina", *more):
            assert self.decide(Kind.APPROVE, name, post).carried
        assert self.state(post).approved
        assert self.held(post) == ""

    def sign(self, approval: Approval = Approval.ONE) -> None:
        """Give the office keys: from now on only signatures of Hendra, Rina and Budi count."""
        role = {"hendra": Role.KIM, "rina": Role.KIM, "sari": Role.DISKOMINFO}
        since = NOW - timedelta(days=9)
        holders = tuple(Holder(id, self.signers[id].public, role[id], since) for id in role)
        office = self.signers[keys.OFFICE]
        roles.write(Workspace(self.root), Roles(office.public, 1, NOW, holders, approval), office)


@pytest.fixture
def office(tmp_path: Path, signers: dict[str, Signer]) -> Office:
    """Melati of the sample, an office that wants one approval, and a photo with a consent."""
    root = tmp_path / "kerja"
    shutil.copytree(bundled.root() / "calendars/melati", root / "calendars/melati")
    made = Office(root, Memory(), signers)
    made.policy("satu")
    (root / "calendars/orang.yaml").write_text(PEOPLE, "utf-8")
    (made.unit / "foto").mkdir()
    picture(made)
    (made.unit / "foto.yaml").write_text(
        f"foto:\n  - {{berkas: rusminah.jpg, orang: dewasa, {PERMIT}}}\n", "utf-8"
    )
    edit(made.month, "  - id: m3r9t1", PICTURED)
    return made


def picture(office: Office, red: int = 90) -> None:
    Image.new("RGB", (1200, 1200), (red, 120, 150)).save(office.unit / "foto/rusminah.jpg")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def own(office: Office, name: str, old: str = "", new: str = "") -> None:
    """A bundled file or folder in the workspace's own place, with one change."""
    source, target = bundled.root() / name, office.root / name
    folder = source if source.is_dir() else source.parent
    if name.startswith("templates/"):
        shutil.copytree(folder, target if source.is_dir() else target.parent)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    if new:
        edit(target, old, new)


Tamper = Callable[[Office], None]

SEALED: Final[dict[str, tuple[str, Tamper]]] = {
    "caption": (TOLD, lambda o: edit(o.month, "Terima kasih sudah datang!", "Coblos dua!")),
    "contact": (TOLD, lambda o: edit(o.unit / "posyandu.yaml", "0812-", "0813-")),
    "template-words": (
        TOLD,
        lambda o: own(o, "templates/edukasi-langkah/caption.short.j2", "{{", "Hai {{"),
    ),
    "template-scene": (
        TOLD,
        lambda o: own(o, "templates/edukasi-langkah/template.yaml", "fields:", "# x\nfields:"),
    ),
    "template-part": (TOLD, lambda o: own(o, "templates/_parts/kaki-nama.yaml", "box", "# x\nbox")),
    "drawing": (TOLD, lambda o: own(o, "assets/art/dacin.svg", "</svg>", "<!-- x --></svg>")),
    "palette": (TOLD, lambda o: own(o, "assets/palettes/teluk.yaml", "#0A635A", "#123456")),
    "channel-size": (TOLD, lambda o: own(o, "assets/channels.yaml", "tinggi: 1350", "tinggi: 1340")),
    "channel-added": (
        TOLD,
        lambda o: edit(
            o.month,
            "model: edukasi-langkah\n    kanal: [wa-grup,",
            "model: edukasi-langkah\n    kanal: [wa-saluran, wa-grup,",
        ),
    ),
    "time": (TOLD, lambda o: edit(o.month, '"19.00"', '"20.00"')),
    "photo-bytes": (PHOTO, lambda o: picture(o, 91)),
    "photo-people": (PHOTO, lambda o: edit(o.unit / "foto.yaml", "dewasa", "tidak_ada")),
    "fast-title": (FAST, lambda o: edit(o.month, "Besok kita buka, ayo datang!", "Coblos dua!")),
    "fast-advert": (
        FAST,
        lambda o: edit(o.month, "Bawa Buku KIA dan ajak", "Transfer 50 ribu ke BRI dan ajak"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEALED)
def test_what_was_changed_after_an_approval_is_held_and_told(office: Office, name: str) -> None:
    post, tamper = SEALED[name]
    office.approved(post)
    tamper(office)
    one = office.state(post)
    assert one.status is Status.CHANGED
    assert one.changes
    assert office.gate(post).broken  # `pack` ends with exit 4
    assert "berubah setelah disetujui" in office.held(post)


ROWS: Final[dict[str, Callable[[Office, Path], None]]] = {}


def row(name: str) -> Callable[[Callable[[Office, Path], None]], Callable[[Office, Path], None]]:
    """A row of the table."""

    def keep(function: Callable[[Office, Path], None]) -> Callable[[Office, Path], None]:
        ROWS[name] = function
        return function

    return keep


# What may not go out


@row("returned-then-packed")
def _(office: Office, _: Path) -> None:
    assert office.held(FAST) == ""
    office.decide(Kind.SUBMIT, "hendra", FAST)
    office.decide(Kind.RETURN, "budi", FAST, "Jangan dikirim, salah jam")
    assert "dikembalikan oleh Budi: Jangan dikirim, salah jam." in office.held(FAST)


def goes_with_new_facts(office: Office) -> None:
    """Nothing delays news of a service day: it is told as changed, and named as gone by the lane."""
    assert office.state(FAST).status is Status.CHANGED
    (fast,) = office.gate(FAST).fast
    assert fast.changes


@row("hours")
def _(office: Office, _: Path) -> None:
    office.approved(FAST)
    edit(office.unit / "posyandu.yaml", "08.00-11.00", "09.00-11.00")
    goes_with_new_facts(office)


@row("place")
def _(office: Office, _: Path) -> None:
    office.approved(FAST)
    edit(office.unit / "posyandu.yaml", "Balai RW 05", "Balai RW 06")
    goes_with_new_facts(office)


@row("returned-then-edited")
def _(office: Office, _: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra", FAST)
    office.decide(Kind.RETURN, "budi", FAST, "Salah jam")
    edit(office.unit / "posyandu.yaml", "08.00-11.00", "09.00-11.00")
    assert "Salah jam" in office.held(FAST)


@row("part-of-ones-own-with-the-same-bytes")
def _(office: Office, _: Path) -> None:
    assert office.state(FAST).fast
    own(office, "templates/_parts")
    assert office.state(FAST).fast  # the same bytes are the same part
    edit(office.root / "templates/_parts/kaki-nama.yaml", "box", "# x\nbox")
    assert "modelnya bukan model bawaan" in office.held(FAST)


@row("consent-ran-out")
def _(office: Office, _: Path) -> None:
    office.approved(PHOTO)
    edit(
        office.unit / "foto.yaml",
        "tanggal: 2026-11-01",
        "tanggal: 2026-11-01, berlaku_sampai: 2026-12-01",
    )
    one = office.state(PHOTO)
    assert has_errors(one.proof.findings)
    assert one.proof.forbidden


@row("git-merges-an-edit-and-an-approval")
def _(office: Office, tmp: Path) -> None:
    def git(*arguments: str, at: Path = office.root) -> None:
        who = ("-c", "user.name=Uji", "-c", "user.email=uji@example.org")
        subprocess.run(["git", *who, *arguments], cwd=at, check=True, capture_output=True)

    if shutil.which("git") is None:
        pytest.skip("git is not here")
    office.decide(Kind.SUBMIT, "hendra")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "awal")
    git("branch", "lain")
    office.decide(Kind.APPROVE, "rina")
    git("add", ".")
    git("commit", "-q", "-m", "disetujui")
    git("checkout", "-q", "lain")
    edit(office.month, "Terima kasih sudah datang!", "Terima kasih semua!")
    git("commit", "-q", "-a", "-m", "diubah")
    git("merge", "-q", "-m", "gabung", "-")
    assert office.state().status is Status.CHANGED
    assert office.gate().broken


@row("conflict-marks-in-a-calendar")
def _(office: Office, _: Path) -> None:
    office.approved()
    edit(office.month, "      judul: Terima kasih", "<<<<<<< HEAD\n      judul: Terima kasih")
    found = Workspace(office.root).load().findings
    assert has_errors(found)
    assert any(one.place.file == "calendars/melati/2026-12.yaml" for one in found)


# The log


def bent(office: Office, kind: Kind, change: Callable[[bytes], bytes]) -> Path:
    """An event of a kind with other bytes under its old name."""
    path = next(path for path in office.events if f"-{kind}-" in path.name)
    path.write_bytes(change(path.read_bytes()))
    return path


def told_of(office: Office, *words: str) -> None:
    """The log says each of these, and the post waits."""
    said = " ".join(found.message for found in office.findings())
    for word in words:
        assert word in said
    assert not office.state().approved
    assert office.held()


@row("event-of-another-post")
def _(office: Office, _: Path) -> None:
    office.approved()
    bent(office, Kind.APPROVE, lambda data: data.replace(b'id: "m3r9t1"', b'id: "m6d4h8"'))
    told_of(office, "isinya berubah sesudah ditulis")
    assert not office.state("m6d4h8").approved


@row("event-of-another-posyandu")
def _(office: Office, _: Path) -> None:
    office.approved()
    edit(
        office.unit / "posyandu.yaml", "id: contoh-desa-contoh-hulu-melati", "id: lain-desa-melati"
    )
    told_of(office, "catatan posyandu lain")


@row("event-cut-short")
def _(office: Office, _: Path) -> None:
    office.approved()
    bent(office, Kind.APPROVE, lambda data: data[: len(data) // 2])
    told_of(office, "isinya tidak terbaca")


@row("event-in-the-middle-deleted")
def _(office: Office, _: Path) -> None:
    office.memory = Memory()
    office.approved()
    office.decide(Kind.RETURN, "rina", note="Salah hari")
    office.decide(Kind.SUBMIT, "hendra", FAST)
    office.decide(Kind.RETURN, "rina", FAST, "Salah jam")
    next(path for path in office.events if "-kembalikan-rina" in path.name).unlink()
    office.memory = Memory()
    told_of(office, 'catatan "rina"', "tidak lengkap")


@row("older-log-put-back")
def _(office: Office, tmp: Path) -> None:
    office.approved()
    shutil.copytree(office.unit / "tinjauan", tmp / "kemarin")
    office.decide(Kind.RETURN, "rina", note="Salah hari")
    shutil.rmtree(office.unit / "tinjauan")
    shutil.copytree(tmp / "kemarin", office.unit / "tinjauan")
    assert "tinjauan-mundur" in [found.code for found in office.findings()]
    assert office.held()
    office.memory = Memory()
    assert office.held() == ""  # without keys a machine that never saw more cannot know


# Who decides


@row("self-approval-by-id")
def _(office: Office, _: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    assert "orang lain" in office.why_not(Kind.APPROVE, "hendra")


@row("self-approval-by-name")
def _(office: Office, _: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    assert "orang lain" in office.why_not(Kind.APPROVE, "Hendra")


@row("self-approval-in-other-letters")
def _(office: Office, _: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    assert "orang lain" in office.why_not(Kind.APPROVE, "HENDRA ")


@row("approval-by-a-stranger")
def _(office: Office, _: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    office.decide(Kind.APPROVE, "Orang Asing")
    assert office.state().strangers == ("Orang Asing",)
    assert "tidak ada di orang.yaml" in office.reviews().stranger("Orang Asing")


@row("two-steps-in-the-wrong-order")
def _(office: Office, _: Path) -> None:
    office.policy("dua")
    edit(
        office.root / "calendars/orang.yaml",
        "hendra, nama: Hendra, peran: kim",
        "hendra, nama: Hendra, peran: kader",
    )
    office.decide(Kind.SUBMIT, "hendra")
    assert "menunggu KIM" in office.why_not(Kind.APPROVE, "budi")
    office.decide(Kind.APPROVE, "rina")
    assert office.held()
    office.decide(Kind.APPROVE, "budi")
    assert office.held() == ""


@row("two-steps-with-one-kim-who-hands-in")
def _(office: Office, _: Path) -> None:
    office.policy("dua")
    edit(office.root / "calendars/orang.yaml", "  - {id: rina, nama: Rina, peran: kim}\n", "")
    office.decide(Kind.SUBMIT, "hendra")
    office.decide(Kind.APPROVE, "budi")
    assert office.held() == ""


@row("risk-without-the-checklist")
def _(office: Office, _: Path) -> None:
    office.policy("risiko")
    edit(office.month, "Terima kasih sudah datang!", "Terima kasih, bansos sudah dibagi")
    office.decide(Kind.SUBMIT, "hendra")
    assert "centang" in office.why_not(Kind.APPROVE, "rina")
    office.decide(Kind.APPROVE, "rina", all_ticked=True)
    assert "dinas terkait" in office.state().waiting_for()
    office.decide(Kind.APPROVE, "dina", all_ticked=True)
    assert office.held() == ""


# Clocks


@row("clock-of-1970")
def _(office: Office, _: Path) -> None:
    office.approved()
    office.at = datetime(1970, 1, 1, tzinfo=UTC)
    said = " ".join(f"{found.message} {found.hint}" for found in office.findings())
    assert "jam" in said
    assert office.held()


@row("clock-a-month-behind")
def _(office: Office, _: Path) -> None:
    office.approved()
    before = {path.name for path in office.events}
    office.at = NOW - timedelta(days=30)
    assert office.held()
    office.at = NOW + timedelta(days=1)
    assert office.held() == ""
    assert {path.name for path in office.events} == before


@row("three-months-later")
def _(office: Office, _: Path) -> None:
    office.approved()
    late = office.state(later=timedelta(days=90))
    assert not late.passes
    assert "persetujuan rina sudah lewat 60 hari" in late.waiting_for()


# An office with keys


@row("signed-forged-event")
def _(office: Office, _: Path) -> None:
    office.sign()
    office.decide(Kind.SUBMIT, "hendra")
    office.signers = {**office.signers, "rina": replace(office.signers["asing"], id="rina")}
    with pytest.raises(UsageError, match="kunci"):
        office.decide(Kind.APPROVE, "rina")
    assert office.held()


@row("signed-approval-without-a-signature")
def _(office: Office, _: Path) -> None:
    office.approved()
    office.sign()  # what was approved without keys is not approved with them
    assert not office.state().approved
    assert office.held()


@row("signed-roles-edited")
def _(office: Office, _: Path) -> None:
    office.sign()
    office.approved()
    edit(office.root / "calendars" / roles.FILE, '"rina"', '"rini"')
    assert has_errors(office.findings())
    assert office.held()


@row("signed-roles-deleted")
def _(office: Office, _: Path) -> None:
    office.sign()
    office.approved()
    (office.root / "calendars" / roles.FILE).unlink()
    assert "pernah melihatnya" in " ".join(found.message for found in office.findings())
    assert office.held()


@row("signed-all-deleted-and-moved-elsewhere")
def _(office: Office, tmp: Path) -> None:
    office.sign()
    edit(office.unit / "posyandu.yaml", "rekaan: ya", "rekaan: tidak")
    office.approved()
    (office.root / "calendars" / roles.FILE).unlink()
    shutil.rmtree(office.unit / "tinjauan")
    office.root = Path(shutil.move(office.root, tmp / "stik-usb"))
    assert not office.reviews().signed
    office.decide(Kind.SUBMIT, "hendra")
    office.decide(Kind.APPROVE, "budi")
    assert not office.state().approved
    assert office.held()


@row("signed-policy-word-in-the-office-file")
def _(office: Office, _: Path) -> None:
    office.sign()
    office.policy("tidak_ada")
    assert office.reviews().approval is Approval.ONE
    assert office.held()


@row("signed-log-rolled-back")
def _(office: Office, _: Path) -> None:
    office.sign()
    office.approved()
    office.decide(Kind.RETURN, "rina", note="Salah hari")
    next(path for path in office.events if "-kembalikan-" in path.name).unlink()
    assert office.findings()
    assert office.held()


@row("wrong-passphrase")
def _(_office: Office, tmp: Path) -> None:
    key = keys.make(tmp / "kunci", "rina", "empat kata yang panjang")
    with pytest.raises(UsageError, match="sandi"):
        keys.unlock(key, "empat kata yang lain")


# A table of decisions that comes back


def sheet(office: Office, tmp: Path, word: str, note: str = "", *, mark: str = "") -> str:
    """What is told of a table in which one post is decided, as LibreOffice saves it: CSV."""
    path = tmp / "daftar.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        table = csv.writer(stream)
        table.writerow(["keputusan", "catatan", "unit", "postingan", "segel"])
        table.writerow([word, note, "melati", TOLD, mark or office.state().sealed.seal])
    decisions, findings = read_decisions(path)
    reviews = office.reviews()
    found = matched(reviews, decisions)
    who = reviews.person("rina")
    for kind, said, states in found.parts:
        made = decide(kind, states, who)
        reviews.record(kind, who, made.carried, said)
    return " ".join(one.message for one in (*findings, *found.findings))


@row("table-of-a-text-that-changed")
def _(office: Office, tmp: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    seal = office.state().sealed.seal
    edit(office.month, "Terima kasih sudah datang!", "Terima kasih!")
    office.decide(Kind.SUBMIT, "hendra")
    assert "berubah sejak daftar dibuat" in sheet(office, tmp, "setujui", mark=seal)
    assert not office.state().approved


@row("table-return-without-a-note")
def _(office: Office, tmp: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    assert "dikembalikan tanpa catatan" in sheet(office, tmp, "kembalikan")
    assert office.state().status is Status.SUBMITTED


@row("table-with-an-unknown-word")
def _(office: Office, tmp: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    assert "bukan keputusan" in sheet(office, tmp, "mungkin")
    assert not office.state().approved


@row("table-taken-in-twice")
def _(office: Office, tmp: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    for _again in range(2):
        assert sheet(office, tmp, "setujui") == ""
    assert office.state().approved
    assert sum("-setujui-" in path.name for path in office.events) == 1


@row("table-with-the-word-of-the-paper")
def _(office: Office, tmp: Path) -> None:
    office.decide(Kind.SUBMIT, "hendra")
    assert sheet(office, tmp, "Setuju ✓") == ""
    assert office.held() == ""


@pytest.mark.parametrize("name", ROWS)
def test_each_tampering_comes_to_what_it_should(office: Office, tmp_path: Path, name: str) -> None:
    ROWS[name](office, tmp_path)
