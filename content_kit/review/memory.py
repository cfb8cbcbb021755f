"""What this machine remembers of the logs and roles that it saw, in the user's own folder.

A shared folder can be put back to last week by whoever may write to it. Only here it stands
that there was more: the last events of each author, which key signs for the office, and that an
office wanted approvals.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from content_kit.errors import KitError
from content_kit.files import save

MAX_FILE: Final = 20_000_000
UNSIGNED: Final = "tanpa-kunci"
"""What stands for the office's key where a log has no keys."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The last events of an author in one unit: their digests, how many came before, and when."""

    digests: tuple[str, ...]
    count: int
    at: str


@dataclass(frozen=True, slots=True)
class Pin:
    """The roles that were believed last: the office's key, the file's number and digest."""

    root: str
    number: int
    digest: str


@dataclass(slots=True)
class Memory:
    """A machine's memory. `path` is None for one that forgets, as tests and trials want.

    `broken` says that there is a memory which cannot be read: then nothing can be compared.
    """

    path: Path | None = None
    pins: dict[str, Pin] = field(default_factory=dict)
    heads: dict[str, Heads] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    """What each folder's office wanted approvals by, where it wants any."""
    broken: bool = False
    _new_pins: dict[str, Pin | None] = field(default_factory=dict)
    _new_heads: dict[str, Heads | None] = field(default_factory=dict)
    _new_policies: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path) -> Memory:
        """The memory in a file; an empty one when there is no such file."""
        try:
            if not path.exists():
                return cls(path)
            with path.open("rb") as stream:
                text = stream.read(MAX_FILE).decode("utf-8")
            pins, heads, policies = _read(text)
        except (OSError, ValueError):
            return cls(path, broken=True)
        return cls(path, pins, heads, policies)

    def pin(self, names: Iterable[str], pin: Pin) -> None:
        """Remember the roles of a workspace under each of its names."""
        for name in names:
            if self.pins.get(name) != pin:
                self.pins[name] = self._new_pins[name] = pin

    def unpin(self, names: Iterable[str]) -> None:
        """Forget the roles of a workspace: the next ones are seen for the first time."""
        for name in names:
            self.pins.pop(name, None)
            self._new_pins[name] = None

    def see(self, name: str, heads: Heads) -> None:
        """Remember the last events of an author."""
        if heads.digests and self.heads.get(name) != heads:
            self.heads[name] = self._new_heads[name] = heads

    def want(self, name: str, policy: str) -> None:
        """Remember that a folder's office asks for approvals, or, with "", that it says it does not."""
        if self.policies.get(name, "") != policy:
            self.policies[name] = policy
            self._new_policies[name] = policy or None

    def forget(self, prefix: str) -> None:
        """Forget the events of a unit, or of all: what is there now is to be believed."""
        for name in [name for name in self.heads if name.startswith(prefix)]:
            del self.heads[name]
            self._new_heads[name] = None

    def known(self) -> set[tuple[str, str]]:
        """Whose logs were seen: the office's key, or `UNSIGNED`, and the id of the posyandu."""
        parts = (name.split(" ", 2) for name in self.heads)
        return {(each[0], each[1].partition("@")[0]) for each in parts if len(each) == 3}

    def repair(self) -> None:
        """Begin anew where the memory could not be read."""
        if self.broken and self.path is not None:
            with contextlib.suppress(OSError):
                self.path.unlink()
                self.broken = False

    def keep(self) -> bool:
        """Write down what is new. False when the disk refuses: that stops nobody's work."""
        new = (self._new_pins, self._new_heads, self._new_policies)
        if self.path is None or self.broken or not any(new):
            return True
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            save.edit(self.path, self._merged, None)
        except (KitError, OSError, ValueError):
            return False
        for table in new:
            table.clear()
        return True

    def _merged(self, text: str) -> str:
        """The file with what is new here: another window may have written in between."""
        pins, heads, policies = _read(text) if text else ({}, {}, {})
        for name, pin in self._new_pins.items():
            if pin is None:
                pins.pop(name, None)
            elif name not in pins or pins[name].number <= pin.number:
                pins[name] = pin
        for name, seen in self._new_heads.items():
            if seen is None:
                heads.pop(name, None)
            elif name not in heads or heads[name].at <= seen.at:
                heads[name] = seen
        for name, policy in self._new_policies.items():
            if policy is None:
                policies.pop(name, None)
            else:
                policies[name] = policy
        data = {
            "persetujuan": policies,
            "kantor": {name: [pin.root, pin.number, pin.digest] for name, pin in pins.items()},
            "kepala": {name: [list(one.digests), one.count, one.at] for name, one in heads.items()},
        }
        return json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _read(text: str) -> tuple[dict[str, Pin], dict[str, Heads], dict[str, str]]:
    """ValueError for a text that no machine of ours wrote."""
    try:
        data: Any = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()  # a half of a letter cannot be written again
        pins = {
            name: Pin(str(root), int(number), str(digest))
            for name, (root, number, digest) in data["kantor"].items()
        }
        heads = {
            name: Heads(tuple(map(str, digests)), int(count), str(at))
            for name, (digests, count, at) in data["kepala"].items()
        }
        policies = {name: str(word) for name, word in data.get("persetujuan", {}).items()}
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a memory of ours") from error
    return pins, heads, policies
