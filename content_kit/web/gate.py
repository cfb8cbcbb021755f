"""Who may come in: a key that opens once, the cookie it becomes, and the only addresses we answer to."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from enum import Enum
from typing import Final

HOST: Final = "127.0.0.1"
"""Never another: whoever reaches the program may do what its user may do."""

KEY: Final = "kunci"
"""The word before the key in the address that is printed."""


class Refusal(Enum):
    """Why a request is turned away; the value is what a person reads."""

    STRANGER = "Permintaan ini datang dari tempat lain."
    NO_KEY = "Halaman ini dibuka dengan alamat yang tercetak di jendela content-kit."
    USED = "Alamat itu hanya berlaku sekali, dan sudah dipakai."


class Gate:
    """The key and the session of one run. Nothing of it is ever written to a disk."""

    def __init__(self, port: int) -> None:
        self.key = secrets.token_urlsafe(32)
        self._used = False
        self._session = ""
        self.hosts = (f"{HOST}:{port}", f"localhost:{port}")
        self.cookie = f"content-kit-{port}"
        """Cookies know no ports: the name keeps two servers on one computer apart."""

    def stranger(self, headers: Mapping[str, str], *, socket: bool = False) -> Refusal | None:
        """Whether a request came by another name or from another page.

        A page of somebody else may bind its own name to 127.0.0.1, so `Host` must be one of ours
        to the letter. A browser tells in `Origin` which page asks: always for a WebSocket, which
        no other rule of the browser guards. `Sec-Fetch-Site` tells the same of plain links.
        """
        host = headers.get("Host", "")
        origin = headers.get("Origin")
        asked = headers.get("Sec-Fetch-Site", "none")
        if host not in self.hosts or asked not in ("none", "same-origin"):
            return Refusal.STRANGER
        if origin != f"http://{host}" and (socket or origin is not None):
            return Refusal.STRANGER
        return None

    def exchange(self, key: str) -> str | None:
        """The session that a key becomes, the first time only."""
        if self._used or not _same(key, self.key):
            return None
        self._used = True
        self._session = secrets.token_urlsafe(32)
        return self._session

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """Whether a request brings the session."""
        return bool(self._session) and _same(cookies.get(self.cookie, ""), self._session)

    def missing(self, *, key: bool) -> Refusal:
        """Why a request without the session stays out; `key` says that it brought a key."""
        return Refusal.USED if key and self._used else Refusal.NO_KEY


def _same(one: str, other: str) -> bool:
    """Equality that takes as long whichever letter differs."""
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())
