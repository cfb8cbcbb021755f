"""A signed office: whose word counts, what a revocation ends, and what one's own machine remembers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content_kit.review import keys, roles
from content_kit.review.events import Event, Kind, Log
from content_kit.review.memory import Heads, Memory, Pin
from content_kit.review.policy import Role
from content_kit.review.roles import Holder, Roles

if TYPE_CHECKING:
    from tests.review.conftest import Bureau


def approvers(log: Log) -> list[str]:
    return [event.by for event in log.events if event.kind is Kind.APPROVE]


def codes(log: Log) -> set[str]:
    return {found.code for found in log.findings}


def test_a_signed_approval_counts_and_bears_the_role_of_its_key(bureau: Bureau) -> None:
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "rina")
    log = bureau.log()
    assert log.findings == ()
    event = log.events[-1]
    assert (event.by, event.signed, event.roles) == ("rina", True, frozenset({Role.KIM}))


def test_an_unsigned_event_is_the_format_of_an_office_without_keys(bureau: Bureau) -> None:
    bureau.add(Kind.SUBMIT, "budi", signed=False)
    text = bureau.files()[0].read_text(encoding="utf-8")
    assert "kunci" not in text
    assert "tanda_tangan" not in text
    assert bureau.log().findings == ()  # a person without a key hands in as ever


def test_an_approval_without_a_signature_or_with_a_strange_key_does_not_count(
    bureau: Bureau,
) -> None:
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "rina", signed=False)
    bureau.add(Kind.APPROVE, "sari", signer=bureau.signers["asing"])
    log = bureau.log()
    assert approvers(log) == []
    assert codes(log) == {"tinjauan-tanpa-tanda-tangan", "tinjauan-palsu"}


def test_a_role_holds_for_its_units_only(bureau: Bureau) -> None:
    def only_kenanga(made: Roles) -> Roles:
        unit = bureau.units["kenanga"].id
        return replace(made, holders=tuple(replace(one, units=(unit,)) for one in made.holders))

    bureau.issue(number=2, change=only_kenanga)
    bureau.add(Kind.APPROVE, "rina")
    bureau.add(Kind.APPROVE, "rina", unit="kenanga")
    assert bureau.log().events[-1].roles == frozenset()
    assert bureau.log("kenanga").events[-1].roles == frozenset({Role.KIM})


def revoked(bureau: Bureau, seen: tuple[str, ...]) -> Callable[[Roles], Roles]:
    def change(made: Roles) -> Roles:
        return replace(
            made,
            holders=tuple(
                replace(one, revoked=bureau.at + timedelta(minutes=1), seen=seen)
                if one.id == "rina"
                else one
                for one in made.holders
            ),
        )

    return change


def test_a_revoked_key_keeps_what_was_seen_and_gives_nothing_more(bureau: Bureau) -> None:
    bureau.add(Kind.SUBMIT, "hendra")
    before = bureau.add(Kind.APPROVE, "rina")
    stolen = bureau.log()
    bureau.issue(number=2, change=revoked(bureau, before.heads["rina", True]))
    assert approvers(bureau.log()) == ["rina"]
    bureau.add(Kind.APPROVE, "rina", post="k2p8f4")
    log = bureau.log()
    assert approvers(log) == ["rina"]
    assert "tinjauan-palsu" in codes(log)
    # The thief sets the date back to a time when the key still held.
    bureau.files()[-1].unlink()
    bureau.at -= timedelta(minutes=19)
    bureau.add(Kind.APPROVE, "rina", post="k2p8f4", log=stolen)
    log = bureau.log()
    assert len(approvers(log)) == 1
    assert "tinjauan-palsu" in codes(log)


def test_a_lost_return_voids_everybodys_approvals_before_it(bureau: Bureau) -> None:
    """Rina's lost file took back what Sari had approved."""
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "sari")
    bureau.add(Kind.RETURN, "rina")
    lost = bureau.files()[-1]
    bureau.add(Kind.POSTED, "rina")
    lost.unlink()
    for remembering in (True, False):
        log = bureau.log(remembering=remembering)
        assert approvers(log) == []
        assert "tinjauan-terputus" in codes(log)


def test_the_end_of_a_log_is_missed_only_by_who_saw_it(bureau: Bureau) -> None:
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "rina")
    bureau.add(Kind.RETURN, "sari")
    bureau.log()
    bureau.files()[-1].unlink()
    assert approvers(bureau.log(remembering=False)) == ["rina"]
    log = bureau.log()
    assert approvers(log) == []
    assert codes(log) == {"tinjauan-mundur"}
    bureau.add(Kind.APPROVE, "rina")  # with knowledge of the loss
    assert approvers(bureau.log()) == ["rina"]


def test_two_branches_of_one_author_wait_for_the_next_decision(bureau: Bureau) -> None:
    """Rina's laptop and her office both went on from the same point."""
    bureau.add(Kind.SUBMIT, "hendra")
    start = bureau.add(Kind.APPROVE, "rina")
    bureau.add(Kind.APPROVE, "rina", post="k2p8f4", log=start)
    bureau.add(Kind.APPROVE, "rina", post="m3r9t1", log=start)
    log = bureau.log()
    assert len(approvers(log)) == 1
    assert codes(log) == {"tinjauan-bercabang"}
    bureau.add(Kind.APPROVE, "rina", post="n1w2r3")
    log = bureau.log()
    assert len(approvers(log)) == 4
    assert log.findings == ()


def test_signatures_without_a_roles_file_are_told_and_count_for_nothing(bureau: Bureau) -> None:
    """A machine that never saw the office sees at least that something is missing."""
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "rina")
    bureau.roles_file.unlink()
    log = bureau.log(remembering=False)
    assert approvers(log) == []
    assert codes(log) == {"peran-tidak-sah"}


# Roles


def test_the_offices_key_is_remembered_on_first_sight(bureau: Bureau) -> None:
    first, second = bureau.trust(), bureau.trust()
    assert (first.new, second.new) == (True, False)
    assert first.roles == second.roles


@pytest.mark.parametrize("way", ["edited", "gone", "older", "stranger", "twin", "link", "empty"])
def test_roles_that_are_not_the_remembered_ones_let_nobody_approve(
    bureau: Bureau, way: str
) -> None:
    path = bureau.roles_file
    old = path.read_bytes()
    bureau.issue(number=2)
    assert bureau.trust().findings == ()
    stranger = bureau.signers["asing"]
    if way == "edited":
        path.write_bytes(path.read_bytes().replace(b"kader", b"kim", 1))
    elif way == "gone":
        path.unlink()
    elif way == "older":
        path.write_bytes(old)
    elif way == "stranger":
        found = bureau.trust().roles
        assert found
        roles.write(bureau.workspace, replace(found, root=stranger.public, number=3), stranger)
    elif way == "twin":
        bureau.issue(number=2, change=lambda made: replace(made, holders=made.holders[:1]))
    elif way == "link":
        outside = bureau.root.with_name("luar.yaml")
        outside.write_bytes(path.read_bytes())
        path.unlink()
        path.symlink_to(outside)
    else:
        path.write_bytes(b"")
    trust = bureau.trust()
    assert trust.required
    assert trust.roles is None
    assert [found.code for found in trust.findings] == ["peran-tidak-sah"]
    bureau.add(Kind.APPROVE, "rina", signed=False)
    assert approvers(bureau.log()) == []


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"a: &a [*a]", b"[" * 9_999, b'versi: 1\ntanda_tangan: ""\n', b"\x00"]
)
def test_hostile_roles_are_one_finding(bureau: Bureau, data: bytes) -> None:
    bureau.roles_file.write_bytes(data)
    assert [found.code for found in bureau.trust().findings] == ["peran-tidak-sah"]


def test_a_workspace_that_moved_is_known_by_its_units(bureau: Bureau, tmp_path: Path) -> None:
    bureau.trust()
    elsewhere = tmp_path.with_name(f"{tmp_path.name}-pindah")
    bureau.root.rename(elsewhere)
    bureau.root = elsewhere
    assert not bureau.trust().new
    bureau.roles_file.unlink()
    assert bureau.trust().required


def test_made_up_units_are_in_every_copy_of_the_sample_and_known_by_none(bureau: Bureau) -> None:
    bureau.units = {name: replace(one, fictional=True) for name, one in bureau.units.items()}
    bureau.trust()
    assert [name.split()[0] for name in bureau.memory.pins] == ["folder"]


def test_a_changed_roles_file_keeps_what_it_was_told(bureau: Bureau) -> None:
    rules = "f" * 64
    holder = Holder("bidan", bureau.signers["asing"].public, Role.NAKES, bureau.at, 'Bu "Nur"')
    written = bureau.issue(
        number=5, change=lambda made: replace(made, holders=(holder,), rules=rules, days=7)
    )
    read = bureau.trust().roles
    assert read == written
    assert read is not None
    assert (read.holders, read.rules, read.days) == ((holder,), rules, 7)


# Memory


def test_a_memory_is_kept_and_merged_and_a_broken_one_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x" / "ingatan.json"
    one, other = Memory.open(path), Memory.open(path)
    one.see("a", Heads(("1",), 1, "2026"))
    other.see("b", Heads(("2",), 2, "2026"))
    other.pin(["folder x"], Pin("k", 3, "d"))
    assert one.keep()
    assert other.keep()
    again = Memory.open(path)
    assert set(again.heads) == {"a", "b"}
    assert again.pins == {"folder x": Pin("k", 3, "d")}
    again.forget("a")
    again.unpin(["folder x"])
    again.keep()
    assert (set(Memory.open(path).heads), Memory.open(path).pins) == ({"b"}, {})
    for text in ("", "[]", "{", json.dumps({"kantor": {"a": 1}, "kepala": {}}), '{"kantor": {}}'):
        path.write_text(text, encoding="utf-8")
        broken = Memory.open(path)
        assert broken.broken
        broken.see("c", Heads(("3",), 1, "2026"))
        assert broken.keep()
        assert path.read_text(encoding="utf-8") == text  # nothing is written over what is unread
    broken.repair()
    assert not Memory.open(path).broken


def test_where_a_memory_cannot_be_read_nobodys_approval_counts(bureau: Bureau) -> None:
    bureau.memory = Memory(None, broken=True)
    assert bureau.trust().roles is None


def test_an_event_is_later_than_what_it_follows(bureau: Bureau) -> None:
    """A key's holder who sets back the date of a return does not hide it."""
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "sari")
    log = bureau.add(Kind.POSTED, "rina")
    bureau.at -= timedelta(days=2)
    early = replace(log, latest=None)
    bureau.add(Kind.RETURN, "rina", log=early)
    assert isinstance(bureau.log().events[0], Event)
    assert approvers(bureau.log()) == []
    assert "tinjauan-rusak" in codes(bureau.log())


def test_the_offices_key_is_no_approvers_key(bureau: Bureau) -> None:
    office = bureau.signers[keys.OFFICE]
    bureau.add(Kind.SUBMIT, "hendra")
    bureau.add(Kind.APPROVE, "rina", signer=office)
    assert approvers(bureau.log()) == []
