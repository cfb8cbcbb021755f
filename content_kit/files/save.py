"""Saves a file so that it is always the old one or the new one, and nobody's edit is lost.

Under a lock from reading to replacing: read, compare with what the person saw, change, write
beside, flush to the disk, compare once more (editors and sync programs take no locks), replace.
An edit that cannot be saved is kept in a file of its own, and the message names that file.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import secrets
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.errors import ConflictError, SystemFailure, reason

LOCK_NAME: Final = ".content-kit.lock"
"""One for each folder. It stays: removing a lock file would let two processes lock two files."""
LOCK_SECONDS: Final = 10.0
PATIENCE: Final = 2.5 if os.name == "nt" else 0.0
"""How long to wait for an antivirus or Excel to let go of a file: on Windows only."""
PLANS: Final = "calendars"
"""The folder whose files people save; what this machine keeps for itself needs no remark."""
_NO_LOCKS_SAID: Final = (
    'Tersimpan. Disk tempat "{}" tidak mengenal kunci berkas: '
    "jangan menyimpan bersamaan dari dua komputer."
)
_NO_MODES_SAID: Final = (
    'Tersimpan. Disk tempat "{}" tidak mengenal izin berkas: '
    "siapa pun yang membuka disk itu dapat membaca isinya."
)
LEFTOVER_SECONDS: Final = 60.0
_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS})
_NO_MODES: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS})
_LACKS: Final[ContextVar[dict[str, Path] | None]] = ContextVar("lacks", default=None)
_PREFIX: Final = ".ck-"
_SUFFIX: Final = ".tmp"


class EditConflict(ConflictError):
    """The file moved on; `kept` is where the edit lies now, None when there was nothing to keep."""

    def __init__(self, message: str, kept: Path | None = None) -> None:
        super().__init__(message)
        self.kept = kept


class NotSaved(SystemFailure):
    """The disk said no; `kept` is the recovery file, and `data` the edit if even that failed."""

    def __init__(self, message: str, kept: Path | None = None, data: bytes = b"") -> None:
        super().__init__(message)
        self.kept = kept
        self.data = data


@dataclass(frozen=True, slots=True)
class Version:
    """A file as somebody saw it: its text without BOM, and the digest to give back to `edit`."""

    text: str
    digest: str


def digest(data: bytes) -> str:
    """The version of a file's bytes."""
    return sha256(data).hexdigest()


def read(path: Path) -> Version:
    """A file's text and version; a file that is not there is empty."""
    data = _bytes(path)
    return Version(_decoded(data, path)[0], digest(data))


def edit(path: Path, change: Callable[[str], str], seen: str | None) -> str:
    """Save `change` of the file's text; returns the new version.

    `seen` is the version that the person looked at (`read(path).digest`), or None when the
    change holds for any version, as a splice does. BOM and line ends stay as they are.
    Raises EditConflict when the file moved on and NotSaved when the disk refuses; the edit is
    then kept beside the file.
    """
    target = path
    new: bytes | None = None
    try:
        if path.is_symlink():
            target = path.resolve()  # replacing the link itself would cut it off
        with _locked(target.parent):
            old = _bytes(target)
            text, bom = _decoded(old, path)
            new = bom + change(text).encode("utf-8")
            if seen is not None and digest(old) != seen:
                raise _conflict(path, new)
            if new != old:
                _replace_with(target, new, expected=old)
            return digest(new)
    except _MovedOn:
        raise _conflict(path, new or b"") from None
    except _Busy:
        raise EditConflict(
            f'"{path.name}" sedang disimpan oleh program lain. Tunggu sebentar, lalu simpan lagi.'
        ) from None
    except OSError as error:
        if new is None:
            # The disk said no before there was an edit: make it now, so that it can be kept.
            with contextlib.suppress(OSError, NotSaved):
                text, bom = _decoded(_bytes(target), path)
                new = bom + change(text).encode("utf-8")
        raise _not_saved(path, error, new) from error


def atomic_write(path: Path, data: bytes) -> None:
    """Write a whole file at once: a reader sees the old bytes or the new ones, never a part.

    The folder is made when it is missing. Raises NotSaved, without a recovery file: what is
    written here can be made again.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace_with(path, data, expected=None)
    except OSError as error:
        raise NotSaved(_cause(path, error), data=data) from error


def atomic_write_if_new(path: Path, data: bytes) -> bool:
    """`atomic_write`, unless the file holds just these bytes already; whether it wrote."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except OSError:
        pass  # there is none, or it cannot be read: writing tells
    atomic_write(path, data)
    return True


def write_new(path: Path, data: bytes) -> None:
    """Write a whole file under a name that must be free; FileExistsError when it is not.

    The name is taken first, so that of two who want it one is told, and nothing is ever replaced.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, b"")
        try:
            _replace_with(path, data, expected=b"")
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
    except FileExistsError:
        raise
    except _MovedOn:
        raise FileExistsError(path) from None
    except OSError as error:
        raise NotSaved(_cause(path, error), data=data) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock for as long as what is written depends on what lies there.

    EditConflict when another program holds it for too long, NotSaved when the disk refuses.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(_locked(folder))
        except _Busy:
            raise EditConflict(
                f'Folder "{folder.name}" sedang dipakai program lain. Tunggu sebentar, lalu coba lagi.'
            ) from None
        except OSError as error:
            raise NotSaved(_cause(folder, error)) from error
        yield


@contextmanager
def remarks() -> Iterator[list[str]]:
    """What is to be known of the disks that are saved to meanwhile, in sentences, once it is over.

    Without locks or permission bits saving works all the same; whoever saves there should know.
    """
    lacks: dict[str, Path] = {}
    said: list[str] = []
    token = _LACKS.set(lacks)
    try:
        yield said
    finally:
        _LACKS.reset(token)
        said += [words.format(folder) for words, folder in lacks.items()]


def _lacking(words: str, folder: Path) -> None:
    lacks = _LACKS.get()
    if lacks is not None and PLANS in folder.parts:
        lacks.setdefault(words, folder)


def sweep_leftovers(folder: Path, *, older_than: float = LEFTOVER_SECONDS) -> int:
    """Remove what a killed save left in a folder; returns how many files.

    Younger files than `older_than` seconds may belong to a save that is still running.
    """
    swept = 0
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime >= older_than:
                    path.unlink()
                    swept += 1
    return swept


def sweep_tree(root: Path, names: Iterable[str]) -> int:
    """`sweep_leftovers` in these folders of a root and all folders below them; how many files."""
    swept = 0
    for name in names:
        for folder, _, files in os.walk(root / name):
            if any(file.startswith(_PREFIX) for file in files):
                swept += sweep_leftovers(Path(folder))
    return swept


class _Busy(Exception):
    """Another process holds the lock for longer than anybody waits."""


class _MovedOn(Exception):
    """Somebody who takes no locks wrote the file while we did."""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    # Reading a workspace needs no lock, so it does not pay for this import (it brings asyncio).
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    # A lock that is a mere file would outlive a killed program, and a sync program brings it along.
    lock = FileLock(folder / LOCK_NAME, timeout=LOCK_SECONDS, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise _Busy from None
    except (NotImplementedError, OSError) as error:
        # Some network shares and phone cards know no locks; the second comparison still guards.
        if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
            raise
        _lacking(_NO_LOCKS_SAID, folder)
    try:
        sweep_leftovers(folder)
        yield
    finally:
        with contextlib.suppress(OSError):  # what was saved is saved
            lock.release()


def knows_locks(folder: Path) -> bool:
    """Whether a folder's disk knows locks; without them two who save at once meet in the comparison."""
    from filelock import FileLock

    lock = FileLock(folder / LOCK_NAME, timeout=LOCK_SECONDS, fallback_to_soft=False)
    try:
        lock.acquire()
        lock.release()
    except NotImplementedError:
        return False
    except OSError as error:
        return error.errno not in _NO_LOCKS
    return True


def _bytes(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return b""
    with os.fdopen(handle, "rb") as stream:
        return stream.read()


def _decoded(data: bytes, path: Path) -> tuple[str, bytes]:
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        return data[len(bom) :].decode("utf-8"), bom
    except UnicodeDecodeError:
        raise NotSaved(
            f'"{path.name}" bukan teks UTF-8, jadi tidak diubah. Simpan ulang sebagai UTF-8.'
        ) from None


def _replace_with(path: Path, data: bytes, *, expected: bytes | None) -> None:
    """Temp file, flush, replace. With `expected`, _MovedOn when the file holds something else."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.ENXIO, "", str(path))  # `--out /dev/null` would take it away for good
    temp = path.with_name(f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}")
    try:
        _write_new(temp, data)
        _keep_mode(path, temp)
        if expected is not None and _bytes(path) != expected:
            raise _MovedOn
        _patiently(lambda: temp.replace(path))
    except BaseException:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    _flush_folder(path.parent)


def _write_new(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_mode(old: Path, new: Path) -> None:
    # Cards and network shares know no permission bits; a new file has its folder's there.
    try:
        new.chmod(stat.S_IMODE(old.stat().st_mode))
    except OSError as error:
        if error.errno in _NO_MODES:
            _lacking(_NO_MODES_SAID, old.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name last. The file is whole either way, so a system that cannot is fine."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _patiently(act: Callable[[], object], patience: float | None = None) -> None:
    left = PATIENCE if patience is None else patience
    pause = 0.05
    while True:
        try:
            act()
            return
        except PermissionError:
            if left <= 0:
                raise
        time.sleep(min(pause, left))
        left -= pause
        pause = min(pause * 2, 0.5)


def _conflict(path: Path, new: bytes) -> EditConflict:
    kept = _kept(path, new, f"{path.stem}.bentrok-{digest(new)[:6]}{path.suffix}")
    where = f' Tulisan Anda disimpan di "{kept}".' if kept else ""
    return EditConflict(
        f'"{path.name}" sudah diubah orang lain sejak Anda membukanya, jadi tidak ditimpa.'
        f"{where} Bandingkan keduanya, lalu simpan yang benar.",
        kept,
    )


def _not_saved(path: Path, error: OSError, new: bytes | None) -> NotSaved:
    if new is None:
        return NotSaved(_cause(path, error))
    kept = _kept(path, new, f"{path.name}.belum-tersimpan-{digest(new)[:6]}")
    if kept is None:
        return NotSaved(f"{_cause(path, error)} Salin tulisan Anda sekarang juga.", data=new)
    return NotSaved(f'{_cause(path, error)} Tulisan Anda aman di "{kept}".', kept)


def _cause(path: Path, error: OSError) -> str:
    return f'"{path}" tidak dapat disimpan: {reason(error)}.'


def _kept(path: Path, data: bytes, name: str) -> Path | None:
    """The edit beside its file, or in the user's own folder, or in the temporary one."""
    import platformdirs

    places: tuple[Callable[[], Path], ...] = (
        lambda: path.parent,
        lambda: platformdirs.user_data_path("content_kit") / "pulih",
        lambda: Path(tempfile.gettempdir()),
    )
    for place in places:
        with contextlib.suppress(OSError):
            folder = place()
            folder.mkdir(parents=True, exist_ok=True)
            kept = folder / name
            if not (kept.exists() and _bytes(kept) == data):
                _replace_with(kept, data, expected=None)
            return kept
    return None
