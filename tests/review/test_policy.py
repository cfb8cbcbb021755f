"""Who must look at what: steps that people fill, signs of risk, and the checklist, as the data says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.findings import LEVELS, Finding
from content_kit.model import Approval, PeopleInPhoto, Pillar, Post
from content_kit.review.policy import (
    APPROVERS,
    Danger,
    Risk,
    Role,
    Step,
    Vote,
    answers,
    danger,
    filled,
    steps,
    ticks,
)
from content_kit.review.rules import load_rules, own_digest
from content_kit.review.seal import Sealed

RULES, PROBLEMS = load_rules(Workspace(bundled.root()))
KIM, KOMINFO, NAKES = (frozenset({role}) for role in (Role.KIM, Role.DISKOMINFO, Role.NAKES))


def everybody(_: Role) -> bool:
    return True


def names(votes: tuple[Vote, ...]) -> list[str]:
    return [vote.by for vote in votes]


def test_the_bundled_rules_are_whole_and_speak_of_codes_that_exist() -> None:
    assert PROBLEMS == []
    assert set(RULES.steps) == set(Risk)
    assert set(RULES.titles) == set(Role)
    assert len(RULES.items) == 15
    assert {code for item in RULES.items for code in item.codes} <= set(LEVELS)
    assert any(item.by_person for item in RULES.items)


def test_two_steps_are_filled_in_their_order_only() -> None:
    needed, ordered, note = steps(Approval.TWO, RULES, Danger(), everybody)
    assert ([step.name for step in needed], ordered, note) == (["KIM", "Diskominfo"], True, "")
    late = [Vote("sari", KOMINFO), Vote("rina", KIM)]
    counted, open_steps = filled(needed, late, ordered=True, signed=False)
    assert (names(counted), [step.name for step in open_steps]) == (["rina"], ["Diskominfo"])
    counted, open_steps = filled(needed, [*late, Vote("sari", KOMINFO)], ordered=True, signed=False)
    assert (names(counted), open_steps) == (["rina", "sari"], ())


def test_without_those_roles_two_different_people_do_and_it_is_said() -> None:
    needed, ordered, note = steps(Approval.TWO, RULES, Danger(), lambda role: role is Role.KIM)
    assert "Diskominfo" in note
    counted, _ = filled(needed, [Vote("a"), Vote("A"), Vote("b")], ordered=ordered, signed=False)
    assert names(counted) == ["A", "b"]


def test_one_person_fills_one_step_and_moves_over_for_another() -> None:
    """The health worker approved first, in the step that anybody could have filled."""
    needed = (Step("siapa pun"), Step("nakes", NAKES))
    counted, open_steps = filled(needed, [Vote("bidan", NAKES)], ordered=False, signed=False)
    assert (names(counted), len(open_steps)) == (["bidan"], 1)
    votes = [Vote("bidan", NAKES), Vote("rina", KIM)]
    assert filled(needed, votes, ordered=False, signed=False)[1] == ()
    votes = [Vote("rina", KIM), Vote("hendra", KIM)]
    assert len(filled(needed, votes, ordered=False, signed=False)[1]) == 1


def test_in_a_signed_office_only_approvers_fill_a_step_for_anybody() -> None:
    step = (Step("seorang"),)
    for role in Role:
        votes = [Vote("x", frozenset({role}), signed=True)]
        counted, _ = filled(step, votes, ordered=False, signed=True)
        assert bool(counted) is (role in APPROVERS)
    assert filled(step, [Vote("x")], ordered=False, signed=False)[1] == ()


def found(post: Post, text: str = "", *people: PeopleInPhoto, known: bool = False) -> Danger:
    return danger(RULES, post, Sealed("", {"isi.judul": text}), people, lambda _: known)


@pytest.fixture
def post(make_post: object) -> Post:
    assert callable(make_post)
    made = make_post()
    assert isinstance(made, Post)
    return replace(made, pillar=Pillar.JADWAL, occurrence=None)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Cek fakta: vaksin aman", Role.NAKES),
        ("Daftar penerima BANSOS", Role.DINAS),
        ("Tas siaga banjir", Role.DINAS),
    ],
)
def test_grave_words_are_seen_whole_and_in_any_case(post: Post, text: str, office: Role) -> None:
    seen = found(post, text)
    assert (seen.risk, seen.offices) == (Risk.HIGH, (office,))
    assert found(post, "Kebanjiran hadiah").risk is Risk.LOW


def test_photos_praise_and_facts_decide_the_level(post: Post) -> None:
    assert found(post).risk is Risk.LOW
    assert found(post, "", PeopleInPhoto.NONE).risk is Risk.LOW
    assert found(post, "", PeopleInPhoto.ADULTS).risk is Risk.MEDIUM
    child = found(post, "", PeopleInPhoto.ADULTS, PeopleInPhoto.CHILDREN)
    assert (child.risk, child.offices, child.reasons) == (
        Risk.HIGH, (Role.DINAS,), ("ada foto anak",),
    )  # fmt: skip
    assert found(replace(post, pillar=Pillar.KADER)).risk is Risk.MEDIUM
    fact = replace(post, pillar=Pillar.EDUKASI)
    assert found(fact).offices == (Role.NAKES,)
    assert found(fact, known=True).risk is Risk.LOW
    both = found(fact, "bansos")
    assert set(both.offices) == {Role.NAKES, Role.DINAS}
    needed, _, _ = steps(Approval.RISK, RULES, both, everybody)
    assert [step.name for step in needed] == [
        "seorang penyetuju",
        "tenaga kesehatan",
        "dinas terkait",
    ]


def test_an_office_that_nobody_stands_for_is_waited_for_and_named() -> None:
    needed, _, note = steps(
        Approval.RISK, RULES, Danger(Risk.HIGH, (), (Role.NAKES,)), lambda role: False
    )
    assert len(needed) == 2
    assert "tenaga kesehatan" in note


def test_the_words_of_orang_yaml_mean_roles() -> None:
    assert RULES.role("Bidan") == NAKES
    assert RULES.role("kim") == KIM
    assert RULES.role("tukang") == frozenset()


def test_the_checklist_says_who_answers_each_question() -> None:
    wrong = [Finding("tanpa-sumber", "belum menyebut sumber."), Finding("emoji-dibuang", "x")]
    told = {one.item.id: one for one in answers(RULES, wrong, {"logo": "rina"})}
    assert (told["sumber"].done, told["sumber"].wrong) == (False, "belum menyebut sumber.")
    assert told["jadwal"].done
    assert (told["logo"].done, told["logo"].by) == (True, "rina")
    assert not told["bahasa"].done
    known, unknown = ticks(RULES, ["logo", "sumber", "apa"])
    assert (known, unknown) == (("logo",), ("apa", "sumber"))  # no person ticks what is checked
    assert set(ticks(RULES, ["all"])[0]) == {item.id for item in RULES.items if item.by_person}


def test_an_office_changes_the_rules_and_a_broken_file_makes_every_post_risky(
    tmp_path: Path,
) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "assets").mkdir()
    place = Workspace(tmp_path)
    assert own_digest(place) == ""
    path = tmp_path / "assets" / "tinjauan.yaml"
    path.write_text(
        "risiko:\n  - {tingkat: tinggi, setuju: [kim, nakes]}\n"
        "tanda:\n  - {id: a, tingkat: tinggi, karena: apa pun, kata: [vaksin]}\n"
        "periksa:\n  - {id: satu, tanya: Sudah?}\n",
        encoding="utf-8",
    )
    rules, findings = load_rules(place)
    assert findings == []
    assert (rules.steps[Risk.HIGH], len(rules.items)) == (("kim", "nakes"), 1)
    assert rules.digest == own_digest(place) != ""
    assert load_rules(place, own=False)[0] == RULES
    for broken in ("risiko: [", "risiko:\n  - {tingkat: gawat, setuju: [kim]}\n", "tanda: x\n"):
        path.write_text(broken, encoding="utf-8")
        rules, findings = load_rules(place)
        assert rules.steps == RULES.steps
        assert rules.signs[:-1] == RULES.signs
        assert findings
