"""The gate lets in whoever brings the key once, and nobody who comes by another name or page."""

from __future__ import annotations

import pytest

from content_kit.web.gate import Gate, Refusal

OWN = "127.0.0.1:8420"


def test_a_key_opens_once_and_becomes_a_session() -> None:
    gate = Gate(8420)
    assert gate.exchange("") is None
    assert gate.exchange("bukan kuncinya ½") is None
    session = gate.exchange(gate.key)
    assert session and session != gate.key
    assert gate.exchange(gate.key) is None
    assert gate.knows({gate.cookie: session})


def test_no_session_is_known_before_the_key_was_used() -> None:
    gate = Gate(8420)
    assert not gate.knows({}) and not gate.knows({gate.cookie: ""})
    assert gate.missing(key=True) is Refusal.NO_KEY
    gate.exchange(gate.key)
    assert not gate.knows({}) and not gate.knows({gate.cookie: gate.key})
    assert gate.missing(key=True) is Refusal.USED
    assert gate.missing(key=False) is Refusal.NO_KEY


def test_every_run_has_a_key_of_its_own() -> None:
    one, other = Gate(8420), Gate(8421)
    assert one.key != other.key and len(one.key) >= 43
    assert one.cookie != other.cookie


@pytest.mark.parametrize(
    ("headers", "welcome", "welcome_socket"),
    [
        ({"Host": OWN}, True, False),
        ({"Host": "localhost:8420"}, True, False),
        ({"Host": OWN, "Origin": f"http://{OWN}"}, True, True),
        ({"Host": "localhost:8420", "Origin": "http://localhost:8420"}, True, True),
        ({"Host": OWN, "Origin": f"http://{OWN}", "Sec-Fetch-Site": "same-origin"}, True, True),
        ({"Host": OWN, "Sec-Fetch-Site": "none"}, True, False),
        ({}, False, False),
        ({"Host": ""}, False, False),
        ({"Host": "127.0.0.1"}, False, False),
        ({"Host": "127.0.0.1:8421"}, False, False),
        ({"Host": "localhost.:8420"}, False, False),
        ({"Host": "127.0.0.1:8420.jahat.example"}, False, False),
        ({"Host": "jahat.example:8420", "Origin": "http://jahat.example:8420"}, False, False),
        ({"Host": OWN, "Origin": "null"}, False, False),
        ({"Host": OWN, "Origin": "http://localhost:8420"}, False, False),
        ({"Host": OWN, "Origin": f"https://{OWN}"}, False, False),
        ({"Host": OWN, "Origin": "http://127.0.0.1:9999"}, False, False),
        ({"Host": OWN, "Origin": ""}, False, False),
        ({"Host": OWN, "Sec-Fetch-Site": "same-site"}, False, False),
        ({"Host": OWN, "Sec-Fetch-Site": "cross-site"}, False, False),
    ],
)
def test_only_our_own_name_and_page_are_answered(
    headers: dict[str, str], welcome: bool, welcome_socket: bool
) -> None:
    gate = Gate(8420)
    assert (gate.stranger(headers) is None) is welcome
    assert (gate.stranger(headers, socket=True) is None) is welcome_socket
