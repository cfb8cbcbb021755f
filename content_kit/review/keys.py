"""Keys: the only door to `cryptography` (the extra `sign`), which is imported when a key is used.

Private keys lie in the user's own configuration folder, never in the shared one: PKCS8 under a
passphrase, which is made slow to guess with scrypt before it locks the key. What is signed
begins with the name of what it is, so a signature on one thing is none on another.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.errors import SystemFailure, UsageError, reason
from content_kit.files.overlay import listing
from content_kit.files.paths import slugged
from content_kit.files.save import atomic_write
from content_kit.review.words import WORDS

OFFICE: Final = "kantor"
"""The name of an office's root key on this machine; no person has this id."""
LEAST_PASSPHRASE: Final = 10
MAX_FILE: Final = 10_000

_PUBLIC: Final = re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}", re.ASCII)
_SALT: Final = re.compile(r"garam: ([0-9a-f]{32})\n")
_SPOKEN: Final = 8
"""Words of a fingerprint: 64 bits, more than anybody makes keys to match."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody whose key is open: signs as `id`, to be verified with `public`."""

    id: str
    public: str
    sign: Callable[[str, bytes], str] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key of this machine, still locked."""

    id: str
    public: str
    path: Path


def available() -> bool:
    """Whether keys can be used on this machine."""
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401
    except ImportError:
        return False
    return True


def is_public(text: str) -> bool:
    """Whether a text has the shape of a public key."""
    return _PUBLIC.fullmatch(text) is not None


def key_id(public: str) -> str:
    """The short name of a public key in files."""
    return hashlib.sha256(_raw(public)).hexdigest()[:16]


def spoken(public: str) -> str:
    """The fingerprint of a key in simple words, to be read to each other on the telephone."""
    digest = hashlib.sha256(b"content-kit/kata\n" + _raw(public)).digest()
    return " ".join(WORDS[byte] for byte in digest[:_SPOKEN])


def verify(public: str, namespace: str, data: bytes, signature: str) -> bool:
    """Whether a signature of this key stands under these bytes."""
    _need()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(_raw(public))
        key.verify(base64.b64decode(signature, validate=True), _signed(namespace, data))
    except (InvalidSignature, ValueError):
        return False
    return True


def make(folder: Path, id: str, passphrase: str) -> OwnKey:
    """A new key in a folder of this machine. UsageError when there is one of this name already."""
    _need()
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    check_passphrase(passphrase)
    path, public_path = _paths(folder, id)
    if path.exists():
        raise UsageError(f'Kunci "{id}" sudah ada di komputer ini.')
    key = Ed25519PrivateKey.generate()
    salt = secrets.token_bytes(16)
    lock = form.BestAvailableEncryption(_stretched(passphrase, salt))
    locked = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)
    public = _text(key.public_key().public_bytes_raw())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)  # before there is anything in it: a save keeps the mode
    atomic_write(path, f"garam: {salt.hex()}\n".encode() + locked)
    atomic_write(public_path, f"{public}\n".encode())
    return OwnKey(id, public, path)


def own_keys(folder: Path) -> tuple[OwnKey, ...]:
    """The keys in a folder of this machine."""
    found = []
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob("*.pem")):
            key = own_key(folder, path.stem)
            found += [key] if key else []
    return tuple(found)


def broken_keys(folder: Path) -> list[Path]:
    """The files of keys in a folder of this machine that no passphrase can open."""
    broken = []
    for path in listing(folder):
        if path.suffix == ".pem":
            try:
                with path.open("rb") as stream:
                    whole = _SALT.match(stream.read(MAX_FILE).decode("utf-8", "replace"))
            except OSError:
                whole = None
            if whole is None or own_key(folder, path.stem) is None:
                broken.append(path)
    return broken


def own_key(folder: Path, id: str) -> OwnKey | None:
    """The key of this name, if this machine has it."""
    try:
        path, public_path = _paths(folder, id)
        public = public_path.read_text(encoding="utf-8")[:MAX_FILE].strip()
    except (UsageError, OSError, UnicodeDecodeError):
        return None
    return OwnKey(id, public, path) if is_public(public) and path.is_file() else None


def unlock(key: OwnKey, passphrase: str) -> Signer:
    """Open a key. UsageError when the passphrase is another one, SystemFailure for a broken file."""
    _need()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        data = key.path.read_bytes()[:MAX_FILE]
    except OSError as error:
        raise SystemFailure(f'"{key.path}" tidak dapat dibuka: {reason(error)}.') from error
    salt = _SALT.match(data.decode("utf-8", "replace"))
    if salt is None:
        raise SystemFailure(f'"{key.path}" rusak. Ambil dari cadangan, atau buat kunci baru.')
    try:
        private = load_pem_private_key(
            data[salt.end() :], _stretched(passphrase, bytes.fromhex(salt[1]))
        )
    except (ValueError, TypeError):
        raise UsageError(f'Kata sandi kunci "{key.id}" tidak cocok.') from None
    if not isinstance(private, Ed25519PrivateKey):
        raise SystemFailure(f'"{key.path}" bukan kunci yang dikenal. Buat kunci baru.')
    opened = private

    def sign(namespace: str, data: bytes) -> str:
        return _text(opened.sign(_signed(namespace, data)))

    return Signer(key.id, _text(private.public_key().public_bytes_raw()), sign)


def check_passphrase(passphrase: str) -> None:
    """UsageError for a passphrase that is too easily guessed."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise UsageError(
            f"Kata sandi paling sedikit {LEAST_PASSPHRASE} huruf; tiga atau empat kata mudah diingat."
        )


def check_name(id: str) -> None:
    """UsageError for a name that no key can have."""
    if not _NAME.fullmatch(id) or slugged(id) != id:
        raise UsageError(
            f'Nama kunci "{id}" tidak dapat dipakai: huruf kecil, angka, dan tanda hubung saja.'
        )


def _paths(folder: Path, id: str) -> tuple[Path, Path]:
    check_name(id)
    return folder / f"{id}.pem", folder / f"{id}.pub"


def _need() -> None:
    if not available():
        raise UsageError('Tanda tangan memerlukan tambahan sign: pip install "content-kit[sign]".')


def _stretched(passphrase: str, salt: bytes) -> bytes:
    made = hashlib.scrypt(
        passphrase.encode("utf-8", "surrogatepass"),
        salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=32,
    )  # fmt: skip
    return made.hex().encode()


def _signed(namespace: str, data: bytes) -> bytes:
    return namespace.encode() + b"\n" + data


def _raw(public: str) -> bytes:
    return base64.b64decode(public, validate=True)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
