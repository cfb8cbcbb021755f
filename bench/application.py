"""Measures the application: how soon its first frame is there, and whether a province makes it stall.

    python bench/application.py          # first frame beside a bare Textual program's
    python bench/application.py large    # 300 posyandu, 4,500 posts: the longest stall of each step
    python bench/application.py preview  # from a key in the form of a post to its picture

The promises: at most 150 ms after a bare program's first frame in the same run, and no stall of
more than 100 ms while a month of a province opens, scrolls and is filtered; a picture that follows
within 300 ms of a pause in typing.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from subprocess import Popen
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from province import make

EVENING = datetime(2026, 12, 7, 10, 2, tzinfo=UTC)
RUNS = 12
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Beranda")
Bare().run()
"""


# The first frame


def first_frame(command: Sequence[str], folder: Path, settings: Path) -> tuple[float, float]:
    """Seconds from the start of a program to the word "Beranda" on its terminal, and of processor time."""
    import fcntl
    import pty
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": root, "XDG_CONFIG_HOME": str(settings)}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    start = perf_counter()
    program = Popen(
        command, cwd=folder, stdin=its, stdout=its, stderr=its, env=environment,
        start_new_session=True,
    )  # fmt: skip
    os.close(its)
    seen = b""
    try:
        while b"Beranda" not in seen:
            seen += os.read(ours, 65536)
        took = perf_counter() - start
        program.kill()
        _, code, used = os.wait4(program.pid, 0)
        program.returncode = code
        return took, used.ru_utime + used.ru_stime
    except OSError:
        program.kill()
        program.wait()
        raise SystemExit(f"{command[-1]} ended early: {seen.decode(errors='replace')}") from None
    finally:
        os.close(ours)


def compare() -> None:
    """Both programs in turns, each in a process of its own, bytecode there."""
    bare = [sys.executable, "-c", BARE]
    ours = [sys.executable, "-m", "content_kit"]
    with TemporaryDirectory() as place:
        folder = make(Path(place) / "kerja", units=2)
        settings = Path(place) / "config"
        rounds = [
            (first_frame(bare, folder, settings), first_frame(ours, folder, settings))
            for _ in range(RUNS + 1)
        ][1:]
    print(f"{RUNS} runs of each in turns, medians; the promise is at most 150 ms later.\n")
    print("| first frame, ms | bare Textual | content-kit | later |\n| --- | ---: | ---: | ---: |")
    for number, name in enumerate(("by the clock", "processor time")):
        pairs = [(empty[number] * 1000, kit[number] * 1000) for empty, kit in rounds]
        empty, kit = (median(column) for column in zip(*pairs, strict=True))
        print(f"| {name} | {empty:.0f} | {kit:.0f} | {median(k - e for e, k in pairs):.0f} |")


# Stalls


class Pulse:
    """Beats every few milliseconds on the event loop; what is missing between two beats is a stall.

    `work` is the processor time that the loop's own thread used in its longest stretch: on a
    machine that others use, a stall is mostly waiting, and this is what we can mend.
    """

    BEAT = 0.005

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}
        self.work: dict[str, float] = {}
        self.took: dict[str, float] = {}
        self._step = ""
        self._last = 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Pulse]:
        """Beat until the end of the block."""
        beating = asyncio.create_task(self._beat())
        try:
            yield self
        finally:
            beating.cancel()

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[None]:
        """Note the longest stall of the block under this name."""
        self._step, start = name, perf_counter()
        self._last = start
        yield
        await asyncio.sleep(2 * self.BEAT)
        self.took[name] = perf_counter() - start
        self._step = ""

    async def _beat(self) -> None:
        self._last, used = perf_counter(), thread_time()
        while True:
            await asyncio.sleep(self.BEAT)
            now, own = perf_counter(), thread_time()
            missing = now - self._last - self.BEAT
            self.longest[self._step] = max(self.longest.get(self._step, 0.0), missing)
            self.work[self._step] = max(self.work.get(self._step, 0.0), own - used)
            self._last, used = now, own


async def province(units: int) -> Pulse:
    """Open, turn, scroll and filter a month of a province as a person would."""
    from content_kit.tui.app import KitApp

    pulse = Pulse()
    with TemporaryDirectory() as place:
        folder = make(Path(place) / "kerja", units=units, month=date(2026, 12, 1))
        app = KitApp(folder, clock=lambda: EVENING, settings=Path(place) / "pengaturan.json")
        async with pulse.running(), app.run_test(size=(120, 40)) as pilot:

            async def press(*keys: str) -> None:
                for key in keys:
                    await pilot.press(key)
                    await asyncio.sleep(0.05)

            async with pulse.step("Beranda, until the plan is there"):
                while app.board is None:
                    await asyncio.sleep(0.05)
                await pilot.pause()
            async with pulse.step("Beranda, while it checks"):
                await asyncio.sleep(3)
            async with pulse.step("Kalender: open"):
                await press("2")
            async with pulse.step("Kalender: scroll"):
                await press(*["down"] * 20, *["pagedown"] * 10, "end", "home")
            async with pulse.step("Kalender: turn the month"):
                await press("right", "left", "h")
            async with pulse.step("Kalender: filter"):
                await press("f")
                await press("escape")
            async with pulse.step("Kalender: scroll while it reads again"):
                await press("r", *["down"] * 10)
            async with pulse.step("Perbaikan: open"):
                await press("3")
            async with pulse.step("Perbaikan: scroll"):
                await press(*["down"] * 10, *["pagedown"] * 5, "end", "home")
            async with pulse.step("Palette: open and search"):
                await press("ctrl+p", *"kal")
                await press("escape", "escape")
            async with pulse.step("Beranda: back"):
                await press("1")
            app.stop_looking()
    return pulse


def stalls(units: int) -> None:
    """The longest stall of each step."""
    pulse = asyncio.run(province(units))
    print(f"{units} posyandu, {units * 15} posts; the promise is no stall over 100 ms.\n")
    print("| step | seconds | longest stall, ms | of it work, ms |\n| --- | ---: | ---: | ---: |")
    for name, seconds in pulse.took.items():
        stall, work = (each.get(name, 0.0) * 1000 for each in (pulse.longest, pulse.work))
        print(f"| {name} | {seconds:.1f} | {stall:.0f} | {work:.0f} |")


# The preview


async def previews(keys: int) -> tuple[list[float], Pulse]:
    """Seconds from each key in a title to the picture with it, the pause in typing included."""
    from content_kit.start import create_demo
    from content_kit.tui.app import KitApp
    from content_kit.tui.widgets.preview import Preview

    pulse, took = Pulse(), []
    with TemporaryDirectory() as place:
        folder = create_demo(Path(place) / "contoh", EVENING.date())
        app = KitApp(folder, clock=lambda: EVENING, settings=Path(place) / "pengaturan.json")
        async with pulse.running(), app.run_test(size=(120, 40)):
            while app.board is None or not app.board.complete:
                await asyncio.sleep(0.05)
            post = next(each for each in app.board.index.posts if "judul" in each.fields)
            app.open_post(post.unit, post.id, "isi.judul")
            while not app.screen.query(Preview) or app.screen.query_one(Preview).sheet is None:
                await asyncio.sleep(0.05)
            await asyncio.sleep(1)
            preview = app.screen.query_one(Preview)
            async with pulse.step("typing"):
                for number in range(keys):
                    before, start = preview.sheet, perf_counter()
                    app.simulate_key("abcdefgh"[number % 8] if number % 2 else "backspace")
                    while preview.sheet is before:
                        await asyncio.sleep(0.002)
                    took.append(perf_counter() - start)
    return took, pulse


def main() -> None:
    """The one or the other."""
    if sys.argv[1:2] == ["preview"]:
        took, pulse = asyncio.run(previews(20))
        middle, most = median(took) * 1000, max(took) * 1000
        stall = pulse.longest["typing"] * 1000
        print(
            f"From key to picture: {middle:.0f} ms, at most {most:.0f}; longest stall {stall:.0f}."
        )
    elif sys.argv[1:2] == ["large"]:
        stalls(int(sys.argv[2]) if len(sys.argv) > 2 else 300)
    elif os.name == "posix":
        compare()
    else:
        raise SystemExit("The first frame is measured on a POSIX terminal.")


if __name__ == "__main__":
    main()
