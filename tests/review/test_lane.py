"""The fast lane carries facts and sentences of the bundled files; every other word in a post closes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from content_kit.files import bundled
from content_kit.files.address import Address
from content_kit.files.templates import load_template
from content_kit.files.texts import load_texts
from content_kit.files.workspace import Workspace
from content_kit.model import (
    Change,
    CheckState,
    Contact,
    Hours,
    Occurrence,
    Person,
    Pillar,
    Post,
    Posyandu,
    Source,
)
from content_kit.render import Press, Proof
from content_kit.review.bare import bare
from content_kit.review.lane import Doubt, Lane
from content_kit.review.rules import load_rules
from content_kit.review.seal import sealed
from content_kit.schedule.announcement import possible, words

ON = date(2026, 12, 8)
RULES, _ = load_rules(Workspace(bundled.root()))
PEOPLE = {
    "ani": Person("ani", "Ani", "kader", ("melati",)),
    "jauh": Person("jauh", "Jauh", "kader", ("kenanga",)),
}


@pytest.fixture(scope="module")
def press() -> Press:
    workspace = Workspace(bundled.root())
    return Press(workspace, workspace.load(units=("melati",)))


LANE = Lane()


def seen(press: Press, post: Post, posyandu: Posyandu) -> tuple[Press, Proof]:
    """A post as it would go out from a posyandu that stands so."""
    loaded = replace(press.loaded, posyandu={posyandu.slug: posyandu})
    press = press.reading(loaded)
    return press, press.proof(post)


def doubts(press: Press, proof: Proof) -> tuple[Doubt, ...]:
    return LANE.doubts(
        proof, sealed(press, proof).inputs, template=proof.template, rules=RULES, people=PEOPLE
    )


def announced(change: Change, **fields: str) -> Callable[[Post, Posyandu], tuple[Post, Posyandu]]:
    """The announcement of a change of the service day in the sample."""

    def make(post: Post, posyandu: Posyandu) -> tuple[Post, Posyandu]:
        (day,) = posyandu.service_days
        posyandu = replace(posyandu, service_days=(replace(day, changes=(change,)),))
        given = {"judul": "Mohon maaf, hari buka kali ini batal.", **fields}
        return replace(post, template="jadwal-berubah", fields=given), posyandu

    return make


def sample(press: Press, id: str = "m4x7q2") -> tuple[Post, Posyandu]:
    return next(post for post in press.loaded.posts() if post.id == id), press.loaded.posyandu[
        "melati"
    ]


Make = Callable[[Post, Posyandu], tuple[Post, Posyandu]]


def fields(**given: str) -> Make:
    return lambda post, posyandu: (replace(post, fields={**post.fields, **given}), posyandu)


def day(**given: object) -> Make:
    def make(post: Post, posyandu: Posyandu) -> tuple[Post, Posyandu]:
        days = tuple(replace(one, **given) for one in posyandu.service_days)  # type: ignore[arg-type]
        return post, replace(posyandu, service_days=days)

    return make


def unit(**given: object) -> Make:
    return lambda post, posyandu: (post, replace(posyandu, **given))  # type: ignore[arg-type]


def post(**given: object) -> Make:
    return lambda post, posyandu: (replace(post, **given), posyandu)  # type: ignore[arg-type]


CANCELLED = Change(ON, "Balai dipakai rapat desa", cancelled=True)
OPEN: Mapping[str, Make] = {
    "as planned": fields(),
    "no invitation": post(fields={"judul": "Besok kita buka, ayo datang!"}),
    "another sentence of the library": fields(judul="Sampai ketemu besok di posyandu"),
    "an example of the template": fields(judul="Besok kita buka!"),
    "the whole month": post(template="jadwal-bulan"),
    "another place": day(place="Rumah Ibu Imas RT 03"),
    "fewer services": day(services=("timbang",)),
    "own tags": post(hashtags=("Posyandu Melati", "DesaContohHulu", "AyoKePosyandu")),
    "a cancelled day": announced(CANCELLED),
    "another spelling of a usual reason": announced(replace(CANCELLED, reason="banjir.")),
    "a reason somebody here stands for": announced(
        replace(CANCELLED, reason="Pak RT menikahkan anaknya", confirmed_by="ani")
    ),
    "told again": announced(CANCELLED, judul="Berubah lagi: hari buka kali ini batal."),
}
SHUT: Mapping[str, tuple[Make, str]] = {
    "words of one's own": (fields(judul="Coblos nomor 2, H. Fulan hebat!"), "isi.judul"),
    "one letter more": (fields(judul="Besok kita buka, ayo datang!!"), "isi.judul"),
    "one sentence more": (
        fields(ajakan="Bawa Buku KIA dan ajak tetangga yang punya balita, ya. Vaksin itu haram."),
        "isi.ajakan",
    ),
    "a sentence of another field's template": (
        post(template="jadwal-berubah", fields={"judul": "Besok kita buka!"}), "isi.judul",
    ),
    "a place in the month that sells": (
        lambda one, here: post(template="jadwal-bulan")(
            *day(place="Toko PT Anu, transfer dulu")(one, here)
        ),
        "bulan.acara.0.tempat",
    ),
    "a tag of one's own": (post(hashtags=("CoblosNomorDua",)), "tagar.0"),
    "an alt text of one's own": (post(alt_text="Pilih nomor dua"), "teks_alt"),
    "a source": (post(sources=(Source("Buku", CheckState.VERIFIED),)), "sumber.0"),
    "another kind": (post(pillar=Pillar.EDUKASI), "jenis"),
    "no service day": (post(occurrence=None), "jenis"),
    "a place that sells": (day(place="Toko PT Anu, transfer dulu"), "acara.tempat"),
    "a thing to bring that is none": (day(bring=("Uang 50 ribu",)), "acara.bawa.0"),
    "a service nobody has": (day(services=("coblos_nomor_dua",)), "acara.layanan.0.nama"),
    "a name of the day": (day(name="Hari pilih H. Fulan"), "acara.nama"),
    "the posyandu's name": (unit(name="Posyandu Coblos Dua"), "posyandu.nama"),
    "the village's name": (unit(village="Desa www.anu.com"), "posyandu.desa"),
    "a page": (
        unit(contact=Contact(facebook="facebook.com/coblos.nomor.dua")), "posyandu.kontak.facebook"
    ),
    "a number that is words": (
        unit(contact=Contact(whatsapp="transfer 0812")), "posyandu.kontak.whatsapp"
    ),
    "a reason of one's own": (
        announced(replace(CANCELLED, reason="Pak RT menikahkan anaknya")), "acara.alasan"
    ),
    "a reason a stranger stands for": (
        announced(replace(CANCELLED, reason="Pak RT menikah", confirmed_by="siapa")), "acara.alasan"
    ),
    "a reason somebody elsewhere stands for": (
        announced(replace(CANCELLED, reason="Pak RT menikah", confirmed_by="jauh")), "acara.alasan"
    ),
    "a reason that is no fact, whoever stands for it": (
        announced(replace(CANCELLED, reason="Vaksin itu haram", confirmed_by="ani")), "acara.alasan"
    ),
    "what was told before": (
        announced(Change(ON, "Banjir", place="Balai", told=Change(ON, place="Coblos nomor 2"))),
        "acara.semula.tempat",
    ),
}  # fmt: skip


@pytest.mark.parametrize("make", OPEN.values(), ids=OPEN)
def test_facts_and_known_sentences_go(press: Press, make: Make) -> None:
    assert doubts(*seen(press, *make(*sample(press)))) == ()


@pytest.mark.parametrize(("make", "path"), SHUT.values(), ids=SHUT)
def test_every_other_word_closes_the_lane(press: Press, make: Make, path: str) -> None:
    found = doubts(*seen(press, *make(*sample(press))))
    assert path in {doubt.path for doubt in found}
    assert all(doubt.why and not doubt.why.endswith(".") for doubt in found)


def test_whatever_the_program_writes_itself_is_known(press: Press) -> None:
    """Plans and announcements never wait for an approval because of their own sentences."""
    one, posyandu = sample(press)
    for text in load_texts(Workspace(bundled.root())).known.values():
        if text.pillar is Pillar.JADWAL:
            made = replace(one, template=text.template, fields=text.fields, entry="")
            assert doubts(*seen(press, made, posyandu)) == ()
    (rule,) = posyandu.service_days
    for change in (
        Change(ON, "Banjir", cancelled=True),
        Change(ON, "Banjir", moved_to=ON + timedelta(days=1)),
        Change(ON, "Banjir", home_visit=True),
        Change(ON, "Banjir", place="Rumah Ibu Imas"),
        Change(ON, "Banjir", place="Rumah", told=Change(ON, cancelled=True)),
    ):
        for again in (False, True):
            now = replace(posyandu, service_days=(replace(rule, changes=(change,)),))
            proof = seen(press, replace(one, template="jadwal-berubah"), now)[1]
            assert proof.occurrence is not None
            title, message = words(proof.occurrence, again=again)
            told = replace(proof.post, fields={"judul": title, "pesan": message})
            assert doubts(*seen(press, told, now)) == ()


def test_what_words_says_is_among_what_it_can_say() -> None:
    base = Occurrence("a", "Hari buka", ON, ON, Hours(time(8)), "Balai", bring=("Buku KIA",))
    every = set(possible(base))
    assert words(base) in every
    assert (
        words(replace(base, date=ON + timedelta(days=3), change=Change(ON, moved_to=ON))) in every
    )


@pytest.mark.parametrize(
    "name", [name for name, (_, path) in SHUT.items() if path in ("acara.alasan", "isi.judul")]
)
def test_an_announcement_without_what_is_in_doubt_goes(press: Press, name: str) -> None:
    make, _ = SHUT[name]
    one, posyandu = make(*sample(press))
    if not name.startswith("a reason"):
        one, posyandu = announced(CANCELLED, judul="Batal! Coblos nomor 2.")(one, posyandu)
    before, proof = seen(press, one, posyandu)
    found = doubts(before, proof)
    alone, left_out = bare(before, proof, found)
    assert left_out == tuple(dict.fromkeys(doubt.why for doubt in found))
    assert doubts(before, alone) == ()
    assert alone.post.id == one.id
    told = " ".join(text.words for text in alone.texts)
    assert "BATAL" in told
    for word in ("menikah", "haram", "Coblos"):
        assert word not in told


def test_the_words_of_address_of_an_office_are_facts_too(press: Press) -> None:
    """A text of the library with the office's own words in it is as known as before."""
    one, _ = sample(press)
    for mother, greeting, fine in (
        ("Mama", "Salam sehat, Dangsanak!", True),
        ("Mama yang pilih nomor dua", "", False),
        ("Mama", "Coblos nomor dua", False),
    ):
        address = Address(mother=mother, greeting=greeting)
        office = replace(press.loaded.office, address=address)
        now = press.reading(replace(press.loaded, office=office))
        texts = load_texts(Workspace(bundled.root()), address).known.values()
        said = next(t for t in texts if t.pillar is Pillar.JADWAL)
        proof = now.proof(replace(one, fields=said.fields))
        found = Lane(address).doubts(
            proof, sealed(now, proof).inputs, template=proof.template, rules=RULES, people=PEOPLE
        )
        assert (found == ()) is fine


def test_a_bundled_template_is_told_from_another(press: Press) -> None:
    proof = seen(press, *sample(press))[1]
    inputs = sealed(press, proof).inputs
    assert load_template(Workspace(bundled.root()), proof.post.template)[0] == proof.template
    found = LANE.doubts(proof, inputs, template=None, rules=RULES, people=PEOPLE)
    assert [doubt.path for doubt in found] == ["model"]


def test_an_input_that_nobody_thought_of_closes_the_lane(press: Press) -> None:
    press, proof = seen(press, *sample(press))
    inputs = {**sealed(press, proof).inputs, "acara.baru": "Coblos"}
    found = LANE.doubts(proof, inputs, template=proof.template, rules=RULES, people=PEOPLE)
    assert [doubt.path for doubt in found] == ["acara.baru"]
    for path in ("berkas.art:jam", "berkas.photo:a.jpg", "berkas.logo:a.png"):
        changed = {**inputs, path: "0" * 64}
        found = LANE.doubts(proof, changed, template=proof.template, rules=RULES, people=PEOPLE)
        (doubt,) = [doubt for doubt in found if doubt.path == path]
        assert doubt.file == ("0" * 64 if "logo" in path else "")  # what an approval makes known
