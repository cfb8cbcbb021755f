"""Keys stay on their machine under a passphrase, and a signature is one on one thing only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from content_kit.errors import SystemFailure, UsageError
from content_kit.review import keys
from content_kit.review.words import WORDS

PASS = "empat kata yang panjang"


def test_a_key_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    folder = tmp_path / "kunci"
    made = keys.make(folder, "rina", PASS)
    assert keys.own_keys(folder) == (made,)
    data = made.path.read_bytes()
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in data
    assert PASS.encode() not in data
    if os.name == "posix":
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    signer = keys.unlock(made, PASS)
    assert (signer.id, signer.public) == ("rina", made.public)
    with pytest.raises(UsageError, match="tidak cocok"):
        keys.unlock(made, PASS + "x")
    with pytest.raises(UsageError, match="sudah ada"):
        keys.make(folder, "rina", PASS)
    made.path.write_bytes(b"rusak")
    with pytest.raises(SystemFailure):
        keys.unlock(made, PASS)


@pytest.mark.parametrize("name", ["", "../x", "Rina", "a b", "con", "x" * 61, ".."])
def test_a_key_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        keys.make(tmp_path, name, PASS)
    assert keys.own_key(tmp_path, name) is None


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        keys.make(tmp_path, "rina", "pendek")
    assert keys.own_keys(tmp_path) == ()


def test_a_signature_holds_for_its_bytes_its_key_and_its_kind_only(
    signers: dict[str, keys.Signer],
) -> None:
    rina, sari = signers["rina"], signers["sari"]
    signature = rina.sign("content-kit/tinjauan/1", b"isi")
    assert keys.verify(rina.public, "content-kit/tinjauan/1", b"isi", signature)
    assert not keys.verify(rina.public, "content-kit/tinjauan/1", b"isi.", signature)
    assert not keys.verify(rina.public, "content-kit/peran/1", b"isi", signature)
    assert not keys.verify(sari.public, "content-kit/tinjauan/1", b"isi", signature)
    for odd in ("", "x", "é", "A" * 88):
        assert not keys.verify(rina.public, "content-kit/tinjauan/1", b"isi", odd)


def test_a_fingerprint_is_eight_plain_words(signers: dict[str, keys.Signer]) -> None:
    assert len(set(WORDS)) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    spoken = {keys.spoken(signer.public) for signer in signers.values()}
    assert len(spoken) == len(signers)
    assert all(len(words.split()) == 8 for words in spoken)


def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "available", lambda: False)
    with pytest.raises(UsageError, match=r"content-kit\[sign\]"):
        keys.make(tmp_path, "rina", PASS)
