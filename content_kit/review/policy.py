"""Who must look at what: the steps of an office's policy, the risk of a post, and the checklist.

The words, the roles and the questions are data (`assets/tinjauan.yaml`); what is here only reads
them and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from content_kit.findings import Finding, Level
from content_kit.model import Approval, Bidang, PeopleInPhoto, Pillar, Post
from content_kit.review.seal import Sealed

ANYBODY: Final = "penyetuju"
OFFICE: Final = "kantor_terkait"
ALL: Final = "all"
_READ: Final = ("isi", "keterangan", "teks_alt")
"""The parts of a seal's inputs that people read."""


class Role(StrEnum):
    """What somebody may do in a review (`peran`)."""

    KADER = "kader"
    KIM = "kim"
    DISKOMINFO = "diskominfo"
    NAKES = "nakes"
    DINAS = "dinas"


APPROVERS: Final = frozenset({Role.KIM, Role.DISKOMINFO})
"""Whose approval counts where the signed roles say who is who and a step asks for nobody else."""


class Risk(StrEnum):
    """How much harm a mistake in a post can do (`risiko`), the least first."""

    LOW = "rendah"
    MEDIUM = "sedang"
    HIGH = "tinggi"

    @property
    def order(self) -> int:
        """0 for the least."""
        return list(Risk).index(self)


@dataclass(frozen=True, slots=True)
class Step:
    """One approval that is needed: of somebody with one of these roles, of anybody when none is named."""

    name: str
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Vote:
    """One approval of one version: who gave it and what they were then."""

    by: str
    roles: frozenset[Role] = frozenset()
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the checklist (`periksa`); without codes only a person can answer it."""

    id: str
    question: str
    codes: tuple[str, ...] = ()

    @property
    def by_person(self) -> bool:
        """Whether a person must tick it."""
        return not self.codes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about one question: `by` is who ticked it, `wrong` what the program found."""

    item: Item
    done: bool
    by: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What makes a post risky (`tanda`): all of its conditions must hold."""

    id: str
    risk: Risk
    reason: str
    office: Role = Role.DINAS
    pillars: tuple[Pillar, ...] = ()
    bidang: tuple[Bidang, ...] = ()
    people: tuple[PeopleInPhoto, ...] = ()
    words: re.Pattern[str] | None = field(default=None, hash=False)
    outside_library: bool = False


@dataclass(frozen=True, slots=True)
class Danger:
    """How risky a post is, why, and which offices are concerned."""

    risk: Risk = Risk.LOW
    reasons: tuple[str, ...] = ()
    offices: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """`tinjauan.yaml`: the approvals of each level, the signs, the names of roles, the checklist.

    `reasons` are usual ones for a changed service day, each a fact in a few words. `digest` is the
    workspace's own file, "" for the bundled one: signed roles name the one that holds.
    """

    steps: Mapping[Risk, tuple[str, ...]] = field(default_factory=dict, hash=False)
    signs: tuple[Sign, ...] = ()
    titles: Mapping[Role, str] = field(default_factory=dict, hash=False)
    meanings: Mapping[str, Role] = field(default_factory=dict, hash=False)
    items: tuple[Item, ...] = ()
    reasons: tuple[str, ...] = ()
    digest: str = ""

    def title(self, role: Role) -> str:
        """What people call a role."""
        return self.titles.get(role, role.value)

    def role(self, word: str) -> frozenset[Role]:
        """What a word of `orang.yaml` (`peran: bidan`) means here; nothing for a word without a meaning."""
        found = self.meanings.get(word.casefold().strip())
        return frozenset({found} if found else ())


def danger(
    rules: Rules,
    post: Post,
    sealed: Sealed,
    people: Iterable[PeopleInPhoto],
    in_library: Callable[[Post], bool],
) -> Danger:
    """How risky a post is: the gravest sign that it shows. `people` are those in its photos."""
    shown = set(people)
    words = "\n".join(
        text for path, text in sealed.inputs.items() if path.partition(".")[0] in _READ
    )
    found = [sign for sign in rules.signs if _shows(sign, post, shown, words, in_library)]
    risk = max((sign.risk for sign in found), key=lambda risk: risk.order, default=Risk.LOW)
    gravest = [sign for sign in found if sign.risk is risk]
    offices = dict.fromkeys(sign.office for sign in gravest if risk is Risk.HIGH)
    return Danger(risk, tuple(sign.reason for sign in gravest), tuple(offices))


def steps(
    approval: Approval, rules: Rules, found: Danger, there: Callable[[Role], bool]
) -> tuple[tuple[Step, ...], bool, str]:
    """The approvals that a post needs, whether in this order, and what people should know of them.

    `there` says whether somebody of a role is there at all: without KIM or Diskominfo two
    different people take their place.
    """
    if approval is Approval.TWO:
        wanted = (Role.KIM, Role.DISKOMINFO)
        lacking = [rules.title(role) for role in wanted if not there(role)]
        if lacking:
            note = f"Belum ada orang dengan peran {' dan '.join(lacking)}, jadi dua orang berbeda yang menyetujui."
            return (_ANYONE, _ANYONE), False, note
        return tuple(Step(rules.title(role), frozenset({role})) for role in wanted), True, ""
    if approval is not Approval.RISK:
        return (_ANYONE,), False, ""
    needed: list[Step] = []
    for word in rules.steps.get(found.risk, (ANYBODY, OFFICE)):
        roles = found.offices if word == OFFICE else () if word == ANYBODY else (Role(word),)
        if word == ANYBODY:
            needed.append(_ANYONE)
        needed += (Step(rules.title(role), frozenset({role})) for role in roles)
    lacking = [step.name for step in needed if step.roles and not any(map(there, step.roles))]
    note = f"Belum ada orang dengan peran {', '.join(lacking)}; tambahkan dulu." if lacking else ""
    return tuple(needed) or (_ANYONE,), False, note


def least(
    approval: Approval, rules: Rules, there: Callable[[Role], bool]
) -> tuple[tuple[Step, ...], bool]:
    """The fewest approvals that any post has needed: with them a version was once approved."""
    if approval is Approval.RISK:
        return (_ANYONE,), False
    needed, ordered, _ = steps(approval, rules, Danger(), there)
    return needed, ordered


def filled(
    needed: Sequence[Step], votes: Iterable[Vote], *, ordered: bool, signed: bool
) -> tuple[tuple[Vote, ...], tuple[Step, ...]]:
    """The votes that fill steps, at most one of each person, and the steps that nobody filled."""
    each: dict[str, Vote] = {}
    if ordered:
        for vote in votes:
            at = len(each)
            new = at < len(needed) and vote.by.casefold() not in each
            if new and may(vote.roles, needed[at], signed=signed):
                each[vote.by.casefold()] = vote
        return tuple(each.values()), tuple(needed[len(each) :])
    for vote in votes:
        each[vote.by.casefold()] = vote
    people = list(each.values())
    taken: dict[int, int] = {}

    def place(person: int, tried: set[int]) -> bool:
        """Find a step for somebody, moving others to another one if need be."""
        for at, step in enumerate(needed):
            if at not in tried and may(people[person].roles, step, signed=signed):
                tried.add(at)
                if at not in taken or place(taken[at], tried):
                    taken[at] = person
                    return True
        return False

    for person in range(len(people)):
        place(person, set())
    counted = [people[person] for person in sorted(taken.values())]
    return tuple(counted), tuple(step for at, step in enumerate(needed) if at not in taken)


def waived(
    needed: tuple[Step, ...],
    submitted: Iterable[Vote],
    holders: Callable[[Role], frozenset[str]],
) -> tuple[tuple[Step, ...], str]:
    """The steps without those that nobody but whoever submitted it can fill, and who that is.

    Somebody who is the only KIM would wait for themselves for ever: their submission stands for
    that step, and another person still approves. Where nobody else is left to approve, all stay.
    """
    rest = list(needed)
    told = ""
    for vote in submitted:
        for step in needed:
            others = {
                who for role in step.roles for who in holders(role) if who != vote.by.casefold()
            }
            if step in rest and step.roles & vote.roles and not others and len(rest) > 1:
                rest.remove(step)
                told = f"{vote.by} satu-satunya {step.name} dan ia yang mengajukan, jadi langkah {step.name} terisi."
    return tuple(rest), told


def may(roles: frozenset[Role], step: Step, *, signed: bool) -> bool:
    """Whether somebody of these roles may fill a step."""
    wanted = step.roles or (APPROVERS if signed else frozenset())
    return not wanted or bool(roles & wanted)


def answers(
    rules: Rules, findings: Iterable[Finding], ticked: Mapping[str, str]
) -> tuple[Answer, ...]:
    """The checklist of a post: what the program sees in its findings, and who ticked the rest."""
    wrong: dict[str, str] = {}
    for found in findings:
        if found.level is not Level.INFO:
            wrong.setdefault(found.code, found.message)
    return tuple(_answer(item, wrong, ticked) for item in rules.items)


def ticks(rules: Rules, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The questions that somebody says they confirmed, `all` for each; and the words nobody knows."""
    known = [item.id for item in rules.items if item.by_person]
    if ALL in words:
        return tuple(known), ()
    chosen = set(words)
    return tuple(id for id in known if id in chosen), tuple(sorted(chosen - set(known)))


_ANYONE: Final = Step("seorang penyetuju")


def _answer(item: Item, wrong: Mapping[str, str], ticked: Mapping[str, str]) -> Answer:
    if item.by_person:
        return Answer(item, item.id in ticked, ticked.get(item.id, ""))
    said = next((wrong[code] for code in item.codes if code in wrong), "")
    return Answer(item, not said, wrong=said)


def _shows(
    sign: Sign,
    post: Post,
    shown: set[PeopleInPhoto],
    words: str,
    in_library: Callable[[Post], bool],
) -> bool:
    return (
        (not sign.pillars or post.pillar in sign.pillars)
        and (not sign.bidang or post.bidang in sign.bidang)
        and (not sign.people or bool(shown & set(sign.people)))
        and (sign.words is None or sign.words.search(words) is not None)
        and (not sign.outside_library or not in_library(post))
    )
