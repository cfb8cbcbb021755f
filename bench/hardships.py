"""How much misfortune the product survives: kills, failing system calls, mutants of every kind of file.

    python bench/hardships.py [--share N] [--seed S] [--only NAME]

Runs the full counts, or one in N of each, and prints a line for every part; the exit code is 1
when anything was torn, lost or crashed. POSIX only: each victim is a fork of this process.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from content_kit.cli import run
from content_kit.errors import KitError
from content_kit.files import bundled, save
from content_kit.files.assets import load_observances, load_palette, load_services
from content_kit.files.readings import load_readings
from content_kit.files.records import LOST
from content_kit.files.templates import load_template
from content_kit.files.unit_list import load_unit_list
from content_kit.files.workspace import Workspace
from content_kit.picture import art
from content_kit.planning.library import load_library
from content_kit.planning.search import load_everyday
from content_kit.planning.strategy import load_strategy
from content_kit.review.log import read_log
from content_kit.review.memory import Memory
from content_kit.review.roles import read_trust
from content_kit.review.rules import load_rules
from content_kit.start import create_demo

DAY: Final = date(2027, 12, 6)
WEEK: Final = "2027-W49"
KILLS: Final = 1000
COMMAND_KILLS: Final = 100
MUTANTS: Final = 10_000
ERRORS: Final = (
    errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EPERM, errno.EDQUOT,
)  # fmt: skip
NOW: Final = datetime(2027, 12, 6, 4, tzinfo=UTC)


def quietly(words: list[str]) -> int:
    """A command in this process, unheard."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return run(words)


def killed(act: Callable[[], object], after: float) -> bool:
    """Run something in a fork and kill it after so many seconds; whether it was still at it."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            act()
        os._exit(0)
    time.sleep(after)
    done, _ = os.waitpid(child, os.WNOHANG)
    if done:
        return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def took(act: Callable[[], object]) -> float:
    """How long something takes in a fork."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            act()
        os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - began


# Kills


def kill_saves(count: int, chance: random.Random, folder: Path) -> tuple[int, list[str]]:
    """Killed at random points of saving, again and again: the old file or a new one."""
    path = folder / "2026-12.yaml"
    path.write_bytes(b"00000000\n" * 20_000)

    def write() -> None:
        number = 0
        while True:
            number += 1
            save.edit(path, lambda _, text=f"{number:08d}\n": text * 20_000, None)  # type: ignore[misc]

    wrong = []
    for _ in range(count):
        killed(write, 0.002 + chance.random() * 0.08)
        lines = path.read_bytes().splitlines()
        if len(lines) != 20_000 or len(set(lines)) != 1:
            wrong.append("torn")
        save.sweep_leftovers(folder, older_than=0)
        if any(each.name.startswith(".ck-") for each in folder.iterdir()):
            wrong.append("leftover")
    return count, wrong


def tree(root: Path, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file of a folder but locks, half ones and what is named."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.name.startswith(".") and not name.startswith(without):
            found[name] = path.read_bytes()
    return found


class Victim:
    """A command on a fresh copy of a workspace: killed, looked at, and run once more.

    One that was done before its kill came does not count.
    """

    def __init__(
        self, name: str, base: Path, words: Callable[[Path], list[str]], *, by_chance: bool = False
    ) -> None:
        self.name, self.base, self.words, self.by_chance = name, base, words, by_chance

    def copy(self, to: Path) -> Path:
        """The workspace as it was."""
        shutil.rmtree(to, ignore_errors=True)
        return Path(shutil.copytree(self.base, to))

    def kill(self, count: int, chance: random.Random, folder: Path) -> tuple[int, list[str]]:
        """Kill it so often; what was wrong afterwards."""
        whole = self.copy(folder / "utuh")
        # What it imports is no part of what is killed: every fork has it from here.
        quietly(self.words(self.copy(folder / "pemanasan")))
        span = took(lambda: quietly(self.words(whole)))
        before, after = tree(self.base), tree(whole)
        place, wrong, hit = folder / "kerja", [], 0
        if after == before:
            wrong.append(f"{self.name}: does nothing, so nothing was tried")
        known = set(Workspace(self.base).load().findings)
        for _ in range(3 * count):
            if hit == count:
                break
            self.copy(place)
            hit += killed(lambda: quietly(self.words(place)), span * chance.random())
            there = tree(place)
            if not self.by_chance:
                for name, data in there.items():
                    if data not in (before.get(name), after.get(name)) and "/paket/" not in name:
                        wrong.append(f"{self.name}: {name} is neither old nor new")
            found = set(Workspace(place).load().findings) - known
            wrong += [f"{self.name}: {f.sentence()}" for f in found if f.code in LOST]
            quietly(self.words(place))
            again = tree(place)
            if self.by_chance:
                if again.keys() < before.keys() or Workspace(place).load().findings != ():
                    wrong.append(f"{self.name}: not whole after a second run")
            elif again != after:
                other = [n for n in {*again, *after} if again.get(n) != after.get(n)]
                wrong.append(f"{self.name}: differs after a second run: {other[:3]}")
        return hit, wrong


def victims(folder: Path) -> Iterator[Victim]:
    """The commands that are killed."""
    demo = create_demo(folder / "contoh", DAY)
    shutil.rmtree(demo / "keluaran", ignore_errors=True)
    few = ["--week", WEEK, "--unit", "kenanga"]
    yield Victim("render", demo, lambda at: ["render", str(at), *few])
    yield Victim("pack", demo, lambda at: ["pack", str(at), *few])
    yield Victim(
        "plan --all", demo, lambda at: ["plan", "2028-01", "--all", "--workspace", str(at)]
    )
    reviewed = Path(shutil.copytree(demo, folder / "tinjau"))
    (reviewed / "calendars" / "kantor.yaml").write_text("nama: Uji\npersetujuan: satu\n", "utf-8")
    who = ["--week", WEEK, "--unit", "melati"]
    quietly(["review", "submit", str(reviewed), "--by", "Kader Satu", *who])
    yield Victim(
        "review approve", reviewed,
        lambda at: ["review", "approve", str(at), "--by", "Bu Rahma", "--no-pictures", *who],
        by_chance=True,
    )  # fmt: skip
    table = folder / "tabel.csv"
    quietly(["export", "csv", str(demo), "--month", "2027-12", "--out", str(table)])
    text = table.read_text("utf-8").replace("esok kita", "usa kita")
    table.write_text(text, "utf-8")
    yield Victim("import", demo, lambda at: ["import", str(table), "--workspace", str(at)])
    merged = Path(shutil.copytree(demo, folder / "gabung"))
    month = merged / "calendars" / "melati" / "2027-12.yaml"
    copy = month.with_name("2027-12 (konflik).yaml")
    copy.write_text(month.read_text("utf-8").replace("18.30", "19.15"), "utf-8")
    yield Victim(
        "merge", merged,
        lambda at: ["merge", str(at / "calendars" / "melati" / copy.name), "--take", "theirs"],
    )  # fmt: skip


# System calls


@contextmanager
def failing(at: int, number: int, counted: list[int]) -> Iterator[None]:
    """The `at`th system call of a save fails."""
    kept: list[tuple[object, str, Any]] = []

    def wrap(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def call(*given: object, **named: object) -> object:
            counted[0] += 1
            if counted[0] == at:
                raise OSError(number, os.strerror(number))
            return real(*given, **named)

        kept.append((owner, name, real))
        setattr(owner, name, call)

    import fcntl

    doors: tuple[tuple[object, tuple[str, ...]], ...] = (
        (os, ("open", "write", "fsync", "close", "rename", "replace", "unlink", "mkdir")),
        (fcntl, ("flock",)),
        (Path, ("chmod", "stat", "replace", "unlink", "mkdir")),
    )
    for owner, names in doors:
        for name in names:
            wrap(owner, name)
    try:
        yield
    finally:
        for owner, name, real in kept:
            setattr(owner, name, real)


def failing_calls(share: int, _: random.Random, folder: Path) -> tuple[int, list[str]]:
    """Each system call of a save fails in turn, with each error: the file is whole, the edit kept."""
    path = folder / "2026-12.yaml"
    tried, wrong = 0, []
    for number in ERRORS[:: 3 if share > 1 else 1]:
        for at in range(1, 200):
            for left in folder.iterdir():
                left.unlink()
            path.write_bytes(b"lama\n")
            counted, said = [0], ""
            with failing(at, number, counted):
                try:
                    save.edit(path, lambda text: text + "baru\n", None)
                    said = "saved"
                except KitError:
                    said = "refused"
                except OSError as error:
                    wrong.append(f"call {at} with {errno.errorcode[number]}: {error!r}")
            tried += 1
            now = path.read_bytes()
            if now not in (b"lama\n", b"lama\nbaru\n"):
                wrong.append(f"call {at} with {errno.errorcode[number]}: torn")
            if said == "saved" and now != b"lama\nbaru\n":
                wrong.append(f"call {at} with {errno.errorcode[number]}: not saved, without a word")
            if counted[0] < at:
                break
    return tried, wrong


# Mutants


def mutate(data: bytes, chance: random.Random) -> bytes:
    """A few changes of the kinds that editors, disks and people make."""
    text = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randint(1, 60))
        match chance.randrange(7):
            case 0:
                del text[at:end]
            case 1:
                text[at:at] = text[at:end]
            case 2:
                text[at:at] = chance.choice(TOKENS)
            case 3:
                text[at:end] = bytes(end - at)
            case 4:
                del text[at:]
            case 5:
                text[at:end] = chance.randbytes(end - at)
            case _:
                text = bytearray(text.replace(b": ", chance.choice((b":", b": [", b": {")), 1))
    return bytes(text)


SOME: Final = b"""bulan: 2027-12
postingan:
  - id: m4x7q2
    tanggal: 2027-12-06
    jam: "18.30"
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup, fb]
    acara: {hari_buka: bulanan, tanggal: 2027-12-07}
    isi: {judul: "Besok kita buka, ayo datang!", ajakan: Bawa Buku KIA.}
  - {id: a1, tanggal: 2027-12-09, jam: 09.00, jenis: edukasi, model: edukasi-langkah, isi: {judul: A}}
"""
SERVICES: Final = b"layanan:\n  - {id: timbang, nama: Timbang, gambar: timbang}\n"
OBSERVANCES: Final = (
    b"peringatan:\n  - {id: hari-a, nama: Hari A, aturan: tanggal 12 november, bidang: [kesehatan]}\n"
    b"semboyan:\n  - {id: b, kata: Sehat bersama, aktif: ya}\n"
)
RULES: Final = b"""risiko:
  - {tingkat: tinggi, setuju: [kim, nakes]}
tanda:
  - {id: a, tingkat: tinggi, karena: apa pun, kata: [vaksin]}
periksa:
  - {id: satu, tanya: "Sudah?"}
"""
TOKENS: Final = (
    b"{", b"}", b"[", b"]", b": ", b"- ", b"\n", b"\t", b'"', b"'", b"#", b"&a ", b"*a", b"!!x ",
    b"<<: ", b"---\n", b"|\n", b">\n", b"\xff\xfe", b"\x00", b"\xe2\x80\xae", b"2026-02-30",
    b"25.00", b"1e999", b"~", b"null", b"\xed\xa0\x80", b"%YAML 9\n", b"<<<<<<< a\n",
)  # fmt: skip


Reading: TypeAlias = Callable[[], object]


def readers(folder: Path) -> tuple[Path, dict[str, tuple[bytes, Reading]]]:
    """A workspace, and for every kind of file how it is read, with its text where it has none."""
    root = create_demo(folder / "mutan", DAY)
    for path in (root / "calendars").iterdir():
        if path.is_dir() and path.name != "melati":
            shutil.rmtree(path)
    workspace, memory = Workspace(root), Memory()
    whole = workspace.load()
    melati = whole.posyandu["melati"]
    quietly(["review", "submit", str(root), "--by", "Kader", "--week", WEEK, "--unit", "melati"])
    events = sorted((root / "calendars/melati/tinjauan").glob("*.yaml"))

    def load() -> object:
        return workspace.load(()).findings

    def load_month() -> object:
        return workspace.load().findings

    found: dict[str, tuple[bytes, Reading]] = {
        "calendars/kantor.yaml": (b"nama: Uji\nkanal: [fb]\npersetujuan: satu\n", load),
        "calendars/orang.yaml": (b"", load),
        "calendars/libur.yaml": (b"libur:\n  - {tanggal: 2027-12-24, nama: Cuti, jenis: cuti_bersama}\n", load),
        "calendars/telaah.yaml": (
            b"telaah:\n  - {id: a, oleh: Rahma, peran: bidan, tanggal: 2027-12-01, tulisan: 0123}\n",
            lambda: load_readings(workspace),
        ),
        "calendars/daftar_unit.yaml": (
            b"unit:\n  - {unit: a-b-c, nama: Melati, desa: B}\n", lambda: load_unit_list(workspace),
        ),
        "calendars/peran.yaml": (
            b'versi: "1"\nkunci_kantor: "x"\nnomor: "1"\nperan: []\ntanda_tangan: "x"\n',
            lambda: read_trust(workspace, {"melati": melati}, memory),
        ),
        "calendars/melati/posyandu.yaml": (b"", load),
        "calendars/melati/2027-12.yaml": (SOME, load_month),
        "calendars/melati/foto.yaml": (
            b"foto:\n  - {berkas: a.jpg, orang: dewasa, izin: {nomor: 1, tanggal: 2027-01-01}}\n", load,
        ),
        "calendars/melati/hasil/2027-12.yaml": (
            b"diposting:\n  - {id: m4x7q2, kanal: [fb], waktu: 2027-12-07 18.31}\n", load,
        ),
        "assets/library/punyaku.yaml": (
            b"pustaka:\n  - {id: a-b, jenis: edukasi, model: edukasi-langkah, judul: Cuci tangan}\n",
            lambda: load_library(workspace),
        ),
        "assets/strategies/punyaku.yaml": (
            b"nama: Punyaku\njam: [07.00]\n", lambda: load_strategy(workspace, "punyaku"),
        ),
        "assets/layanan.yaml": (SERVICES, lambda: load_services(workspace)),
        "assets/observances.yaml": (OBSERVANCES, lambda: load_observances(workspace)),
        "assets/padanan.yaml": (
            b"padanan:\n  - {kata: [diare], juga: [mencret, murus]}\n", lambda: load_everyday(workspace),
        ),
        "assets/tinjauan.yaml": (RULES, lambda: load_rules(workspace)),
        "assets/palettes/punyaku.yaml": (
            (bundled.root() / "assets/palettes/teluk.yaml").read_bytes(),
            lambda: load_palette(workspace, "punyaku"),
        ),
        "assets/art/punyaku.svg": (
            (bundled.root() / "assets/art/jam.svg").read_bytes(),
            lambda: draw((root / "assets/art/punyaku.svg").read_bytes()),
        ),
        "templates/punyaku/template.yaml": (b"", lambda: load_template(workspace, "punyaku")),
        "templates/punyaku/caption.j2": (b"", lambda: load_template(workspace, "punyaku")),
        "sendiri/ingatan.json": (
            b'{"kantor": {"folder a": ["x", 1, "y"]}, "kepala": {}, "persetujuan": {"a": "b"}}',
            lambda: Memory.open(root / "sendiri/ingatan.json"),
        ),
    }  # fmt: skip
    shutil.copytree(bundled.root() / "templates/jadwal-kartu", root / "templates/punyaku")
    if events:
        name = events[0].relative_to(root).as_posix()
        found[name] = (b"", lambda: read_log(workspace, melati, whole.people, NOW))
    return root, found


def draw(svg: bytes) -> None:
    """Art as a picture meets it."""
    drawing, _ = art.read(svg, "punyaku.svg")
    if drawing is not None:
        art.draw(drawing, 90, 90, {})


def mutants(
    path: Path, text: bytes, read: Reading, count: int, chance: random.Random
) -> tuple[int, list[str]]:
    """Mutants of one file: read or told with a place, never a crash."""
    wrong = []
    before = path.read_bytes() if path.exists() else None
    data = before if before and not text else text or b"a: 1\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(count):
        path.write_bytes(mutant := mutate(data, chance))
        try:
            read()
        except Exception as bug:  # noqa: BLE001 - any at all is a fault
            wrong.append(f"{type(bug).__name__}: {bug} {mutant[:120]!r}")
    path.write_bytes(before) if before is not None else path.unlink()
    return count, wrong


def main() -> int:
    """Run the parts and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="one in so many of each count")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", default="", help="the part whose name begins so")
    given = parser.parse_args()
    chance, failed = random.Random(given.seed), False
    print(f"seed {given.seed}", flush=True)

    def tell(name: str, part: Callable[[Path], tuple[int, list[str]]]) -> None:
        nonlocal failed
        if not name.startswith(given.only):
            return
        with tempfile.TemporaryDirectory() as place:
            began = time.monotonic()
            count, wrong = part(Path(place))
        failed = failed or bool(wrong)
        print(f"{name}: {count}, {len(wrong)} wrong, {time.monotonic() - began:.0f} s", flush=True)
        for each in wrong[:10]:
            print(f"    {each}", flush=True)

    tell("save", lambda at: kill_saves(max(1, KILLS // given.share), chance, at))
    tell("calls", lambda at: failing_calls(given.share, chance, at))
    with tempfile.TemporaryDirectory() as place:
        count = max(1, COMMAND_KILLS // given.share)
        for victim in victims(Path(place)):
            tell(f"kill {victim.name}", partial(victim.kill, count, chance))
    with tempfile.TemporaryDirectory() as place:
        count = max(1, MUTANTS // given.share)
        root, kinds = readers(Path(place))
        for name, (text, read) in kinds.items():
            made = partial(mutants, root / name, text, read, count, chance)
            tell(f"mutants {name}", lambda _, made=made: made())  # type: ignore[misc]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
