"""What a log and a seal come to: no approval outlives what it was given to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level
from content_kit.model import Approval
from content_kit.render import Press, Proof, Selection
from content_kit.review.decide import decide
from content_kit.review.events import Entry, Event, Kind
from content_kit.review.gate import refusal
from content_kit.review.lane import Doubt
from content_kit.review.life import Status
from content_kit.review.policy import Danger, Risk, Role
from content_kit.review.rules import load_rules
from content_kit.review.seal import Sealed, sealed
from content_kit.review.status import Desk, State, state

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
RULES, _ = load_rules(Workspace(bundled.root()))
STAFF: Mapping[str, Role] = {"rina": Role.KIM, "sari": Role.DISKOMINFO, "bidan": Role.NAKES}
DESK = Desk(
    Approval.ONE,
    NOW,
    rules=RULES,
    roles_of=lambda name: frozenset({STAFF[name]} if name in STAFF else ()),
    holders=lambda role: frozenset(name for name, its in STAFF.items() if its is role),
)


@pytest.fixture(scope="module")
def post() -> tuple[Proof, Sealed]:
    """A post of the sample that nothing is wrong with."""
    workspace = Workspace(bundled.root())
    press = Press(workspace, workspace.load())
    proof = press.proof(press.select(Selection(post="m3r9t1"))[0])
    return proof, sealed(press, proof)


def story(
    sealed: Sealed, *told: tuple[Kind, str], other: Iterable[int] = ()
) -> list[tuple[Event, Entry]]:
    """Events an hour apart up to now; those numbered `other` are about another version."""
    found = []
    for number, (kind, by) in enumerate(told):
        version = sealed if number not in other else Sealed("0" * 64, {"isi.judul": "lain"})
        inputs = version.inputs if kind is Kind.SUBMIT else {}
        entry = Entry("m3r9t1", version.seal, inputs)
        at = NOW - timedelta(hours=len(told) - number)
        found.append((Event(kind, by, at, (entry,), "catatan"), entry))
    return found


def of(
    post: tuple[Proof, Sealed],
    told: list[tuple[Event, Entry]],
    desk: Desk = DESK,
    danger: Danger | None = None,
    *,
    fast: bool = False,
) -> State:
    slow = () if fast else (Doubt("isi.judul", "kalimatnya ditulis sendiri"),)
    return state(*post, told, desk=desk, danger=danger or Danger(), slow=slow)


S, A, R, W = Kind.SUBMIT, Kind.APPROVE, Kind.RETURN, Kind.WITHDRAW


def test_an_approval_that_crosses_a_return_or_a_withdrawal_is_none(
    post: tuple[Proof, Sealed],
) -> None:
    """Rina approves offline while Sari gives back, or Hendra withdraws, what they both saw."""
    for took in (R, W):
        one = of(post, story(post[1], (S, "hendra"), (took, "sari"), (A, "rina")))
        assert not one.approved
        assert one.approvers == ()
    one = of(post, story(post[1], (S, "hendra"), (R, "sari"), (S, "hendra"), (A, "rina")))
    assert one.status is Status.APPROVED


def test_an_approval_of_a_version_that_nobody_handed_in_is_none(post: tuple[Proof, Sealed]) -> None:
    assert of(post, story(post[1], (A, "rina"))).status is Status.UNSUBMITTED
    assert of(post, story(post[1], (S, "rina"), (A, "rina"))).status is Status.SUBMITTED
    assert not of(post, story(post[1], (S, "hendra"), (A, "rina"), (S, "RINA"))).approved


def test_an_approval_of_one_of_two_versions_handed_in_offline_counts(
    post: tuple[Proof, Sealed],
) -> None:
    told = story(post[1], (S, "hendra"), (S, "fitri"), (A, "rina"), other=[1])
    assert of(post, told).status is Status.APPROVED


def test_an_approval_grows_too_old(post: tuple[Proof, Sealed]) -> None:
    told = story(post[1], (S, "hendra"), (A, "rina"))
    late = replace(DESK, now=NOW + timedelta(days=60))
    one = of(post, told, late)
    assert (one.status, one.passes, one.expired) == (Status.SUBMITTED, False, ("rina",))
    assert "rina sudah lewat 60 hari" in refusal(one, {}).message
    assert of(post, told, replace(late, days=90)).approved
    before = of(post, told)
    assert before.until == told[1][0].at + timedelta(days=60)
    assert of(post, told, replace(DESK, now=before.until - timedelta(seconds=1))).passes
    # It is approved anew without being handed in anew.
    decision = decide(A, [one], "rina")
    assert decision.carried
    again = Event(A, "rina", late.now, (decision.carried[0][1],))
    assert of(post, [*told, (again, again.entries[0])], late).passes


def test_two_people_approve_in_the_order_of_the_office(post: tuple[Proof, Sealed]) -> None:
    desk = replace(DESK, approval=Approval.TWO)
    one = of(post, story(post[1], (S, "hendra")), desk)
    assert one.missing == ("KIM", "Diskominfo")
    assert one.waiting_for() == "menunggu: KIM, Diskominfo"
    assert "KIM" in decide(A, [one], "sari").refused[0][1]
    assert "KIM" in decide(A, [one], "bidan").refused[0][1]
    assert decide(A, [one], "rina").carried
    early = of(post, story(post[1], (S, "hendra"), (A, "sari"), (A, "rina")), desk)
    assert (early.missing, early.approvers) == (("Diskominfo",), ("rina",))
    assert decide(A, [early], "sari").carried
    done = of(post, story(post[1], (S, "hendra"), (A, "rina"), (A, "sari")), desk)
    assert done.passes


TWO_KIM = replace(
    DESK,
    approval=Approval.TWO,
    roles_of=lambda name: frozenset({Role.KIM}) if name == "ani" else DESK.roles_of(name),
    holders=lambda role: DESK.holders(role) | ({"ani"} if role is Role.KIM else set()),
)


def test_who_handed_in_fills_no_step_while_another_can(post: tuple[Proof, Sealed]) -> None:
    one = of(post, story(post[1], (S, "rina"), (A, "sari")), TWO_KIM)
    assert (one.approvers, one.missing) == ((), ("KIM", "Diskominfo"))
    assert "orang lain" in decide(A, [one], "rina").refused[0][1]
    assert decide(A, [one], "ani").carried


@pytest.mark.parametrize(
    ("submitter", "approver", "step"),
    [("rina", "sari", "KIM"), ("RINA", "sari", "KIM"), ("sari", "rina", "Diskominfo")],
    ids=["only-kim", "only-kim-in-capitals", "only-diskominfo"],
)
def test_the_only_one_of_a_role_does_not_wait_for_themselves(
    post: tuple[Proof, Sealed], submitter: str, approver: str, step: str
) -> None:
    desk = replace(DESK, approval=Approval.TWO, roles_of=lambda name: DESK.roles_of(name.lower()))
    one = of(post, story(post[1], (S, submitter)), desk)
    assert step not in one.missing
    assert step in one.policy_note
    assert not one.passes
    assert decide(A, [one], submitter).refused
    assert of(post, story(post[1], (S, submitter), (A, approver)), desk).passes


def test_a_stranger_fills_no_step_by_handing_in(post: tuple[Proof, Sealed]) -> None:
    one = of(post, story(post[1], (S, "hendra"), (A, "sari")), replace(DESK, approval=Approval.TWO))
    assert one.missing == ("KIM", "Diskominfo")


@pytest.mark.parametrize("approval", list(Approval))
@pytest.mark.parametrize(
    "told",
    [
        [(R, "sari")],
        [(S, "hendra"), (R, "sari")],
        [(S, "hendra"), (A, "rina"), (R, "sari")],
        [(Kind.FAST, "rusminah"), (R, "sari")],
        [(S, "hendra"), (R, "sari"), (W, "hendra")],
        [(R, "sari"), (A, "rina")],
        [(R, "sari"), (Kind.FAST, "rusminah")],
    ],
    ids=lambda told: " ".join(kind for kind, _ in told),
)
@pytest.mark.parametrize("fast", [False, True])
def test_a_returned_post_goes_out_by_no_lane(
    post: tuple[Proof, Sealed], approval: Approval, told: list[tuple[Kind, str]], fast: bool
) -> None:
    one = of(post, story(post[1], *told), replace(DESK, approval=approval), fast=fast)
    assert not one.passes
    found = refusal(one, {})
    assert (found.code, found.message) == ("dikembalikan", "dikembalikan oleh sari: catatan.")


def test_what_was_returned_once_is_looked_at_before_it_goes_out(
    post: tuple[Proof, Sealed],
) -> None:
    """Handed in anew, be it as another version: the fast lane stays closed until an approval."""
    told = [(S, "hendra"), (R, "sari"), (S, "hendra")]
    for other in ([], [0]):
        one = of(post, story(post[1], *told, other=other), fast=True)
        assert (one.passes, one.barred, one.fast) == (False, False, False)
    assert of(post, story(post[1], *told, (A, "rina")), fast=True).passes
    none = replace(DESK, approval=Approval.NONE)
    assert of(post, story(post[1], *told), none, fast=True).passes


def test_a_risky_post_waits_for_the_office_concerned_and_for_the_checklist(
    post: tuple[Proof, Sealed],
) -> None:
    desk = replace(DESK, approval=Approval.RISK)
    grave = Danger(Risk.HIGH, ("fakta kesehatan",), (Role.NAKES,))
    told = story(post[1], (S, "hendra"), (A, "rina"))
    assert of(post, told, desk).passes
    one = of(post, told, desk, grave)
    assert (one.status, one.missing, one.passes) == (
        Status.SUBMITTED, ("tenaga kesehatan",), False,
    )  # fmt: skip
    assert "tenaga kesehatan" in decide(A, [one], "sari").refused[0][1]
    assert "centang" in decide(A, [one], "bidan").refused[0][1]
    entry = decide(A, [one], "bidan", checked=one.unticked).carried[0][1]
    assert entry.checked == one.unticked
    event = Event(A, "bidan", NOW, (entry,))
    done = of(post, [*told, (event, entry)], desk, grave)
    assert done.passes
    assert done.ticked[one.unticked[0]] == "bidan"
    assert all(answer.done for answer in done.checklist if answer.item.by_person)


def test_an_edit_of_a_risky_post_is_a_change_even_when_it_grows_riskier(
    post: tuple[Proof, Sealed],
) -> None:
    """It was approved by one, which was enough then; now it shows a child."""
    desk = replace(DESK, approval=Approval.RISK)
    told = story(post[1], (S, "hendra"), (A, "rina"), other=[0, 1])
    one = of(post, told, desk, Danger(Risk.HIGH, ("ada foto anak",), (Role.DINAS,)))
    assert (one.status, one.changed) == (Status.CHANGED, True)
    assert refusal(one, {}).level is Level.ERROR


def test_what_was_changed_after_it_went_out_is_still_a_change(post: tuple[Proof, Sealed]) -> None:
    told = story(post[1], (S, "hendra"), (A, "rina"), other=[0, 1])
    entry = Entry("m3r9t1", "0" * 64, channels=post[0].post.channels)
    posted = Event(Kind.POSTED, "rina", NOW, (entry,))
    one = of(post, [*told, (posted, entry)])
    assert (one.status, one.passes) == (Status.POSTED, False)
    assert refusal(one, {}).code == "berubah-setelah-disetujui"


def test_the_fast_lane_is_looked_at_afterwards(post: tuple[Proof, Sealed]) -> None:
    told = story(post[1], (Kind.FAST, "rusminah"))
    one = of(post, told, fast=True)
    assert (one.reviewed_after, one.passes, one.approved) == (False, True, False)
    assert "orang lain" in decide(A, [one], "rusminah").refused[0][1]
    for kind in (A, R):
        entry = decide(kind, [one], "sari").carried[0][1]
        event = Event(kind, "sari", NOW, (entry,), "catatan")
        after = of(post, [*told, (event, entry)], fast=True)
        assert after.reviewed_after is True
        assert (after.approved, after.passes) == ((True, True) if kind is A else (False, False))
    changed = of(post, story(post[1], (Kind.FAST, "rusminah"), other=[0]), fast=True)
    assert changed.reviewed_after is False
    assert decide(A, [changed], "sari").refused  # what went out is another version
    assert decide(R, [changed], "sari").carried


def test_nobody_passes_where_the_office_cannot_be_understood(post: tuple[Proof, Sealed]) -> None:
    told = story(post[1], (S, "hendra"), (A, "rina"))
    for approval in (Approval.NONE, Approval.ONE):
        desk = replace(DESK, approval=approval, clear=False)
        one = of(post, told, desk)
        assert not one.passes
        assert "kantor.yaml" in refusal(one, {}).message
        assert of(post, told, desk, fast=True).passes


def test_approving_checks_again(post: tuple[Proof, Sealed]) -> None:
    """A consent that ended since it was handed in changes no seal."""
    proof, seal = post
    worse = replace(proof, findings=(Finding("foto-izin-berakhir", "izin sudah berakhir."),))
    one = of((worse, seal), story(seal, (S, "hendra")))
    assert "izin sudah berakhir" in decide(A, [one], "rina").refused[0][1]


def test_an_approval_keeps_the_pictures_that_were_seen(post: tuple[Proof, Sealed]) -> None:
    told = story(post[1], (S, "hendra"))
    seen = {("melati", "m3r9t1"): {"feed": "a" * 64}}
    entry = decide(A, [of(post, told)], "rina", pictures=seen).carried[0][1]
    assert entry.pictures == {"feed": "a" * 64}
    event = Event(A, "rina", NOW, (entry,))
    assert of(post, [*told, (event, entry)]).evidence == {"feed": ("a" * 64,)}
