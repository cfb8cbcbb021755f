"""Every entry of the library can be a post: it fits, names its facts, and promises nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from content_kit.caption.compose import compose
from content_kit.checks import check_post
from content_kit.checks.case import leaves
from content_kit.context import build
from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_palette, load_services
from content_kit.files.facts import Read, load_facts
from content_kit.files.institutions import load_institutions
from content_kit.files.templates import Template, load_template
from content_kit.files.texts import Waiting, load_texts
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level, by_place
from content_kit.model import (
    Audience,
    Bidang,
    CheckState,
    Hours,
    OccurrenceRef,
    Pillar,
    Post,
    Posyandu,
    ServiceDay,
)
from content_kit.picture.renderer import Renderer
from content_kit.planning.library import (
    DAYS_BEFORE,
    Entry,
    Point,
    Question,
    load_library,
)
from content_kit.planning.looks import looks_of
from content_kit.schedule.occurrences import resolve
from content_kit.specimen import POSYANDU

BUNDLED = Workspace.open(bundled.root())
ENTRIES, FINDINGS = load_library(BUNDLED)
TOLD = [entry for entry in ENTRIES if entry.sources]
"""The texts that rest on facts."""
SERVICE_DAY = ServiceDay(
    id="bulanan",
    name="Hari buka",
    rule="selasa ke-2",
    hours=Hours(time(8), time(11)),
    place="Balai RW 05",
    audience=tuple(Audience),
    services=("timbang", "imunisasi", "periksa_hamil"),
    bring=("Buku KIA",),
)
OPENING = date(2026, 12, 8)
CHANNELS, FORMATS, _ = load_channels(BUNDLED)
SERVICES, _ = load_services(BUNDLED)
TEMPLATES = {name: load_template(BUNDLED, name)[0] for name in {e.template for e in ENTRIES}}
PICTURES = {
    template.name: template
    for template, _ in (load_template(BUNDLED, name) for name in BUNDLED.template_names())
    if template is not None
}
TEXTS = load_texts(BUNDLED)
INSTITUTIONS, _ = load_institutions(BUNDLED)
SHOWN_IN = {"feed": "wa-grup", "story": "wa-status", "square": "wa-saluran"}


def ids(entry: Entry) -> str:
    return entry.id


def post_of(entry: Entry, unit: Posyandu) -> tuple[Post, Posyandu]:
    """An entry as the post that a plan makes, gaps filled with their examples."""
    day = OPENING - timedelta(days=entry.days_before or 0)
    unit = replace(unit, service_days=(SERVICE_DAY,))
    announces = entry.pillar is Pillar.JADWAL
    post = Post(
        id="contoh",
        unit=unit.slug,
        date=day,
        time=time(6, 30),
        pillar=entry.pillar,
        template=entry.template,
        channels=("wa-grup", "fb", "ig"),
        bidang=entry.bidang,
        audience=entry.audience,
        occurrence=OccurrenceRef("bulanan", OPENING) if announces else None,
        fields=entry.examples(),
        sources=entry.sources,
        hashtags=entry.hashtags,
        entry=entry.id,
    )
    return post, unit


def template_of(entry: Entry) -> Template:
    template = TEMPLATES[entry.template]
    assert template is not None
    return template


def urgent(entry: Entry) -> bool:
    """Whether its picture and captions are told that nobody waits."""
    post, unit = post_of(entry, POSYANDU)
    told = build(post, unit, None, services={})["postingan"]
    return isinstance(told, dict) and told["segera"] is True


def words(entry: Entry) -> Iterator[str]:
    """Everything a person reads, answers too."""
    yield from (text for _, text, _ in leaves(entry.examples(), {}))
    for own in entry.own.values():
        yield from (text for _, text, _ in leaves(own, {}))
    for question in entry.questions:
        yield from (question.ask, question.answer)


def test_the_library_loads_without_a_finding() -> None:
    assert FINDINGS == []
    assert len(ENTRIES) >= 120


@pytest.mark.parametrize("kind", [*Pillar, *Bidang, *Audience])
def test_nobody_is_left_out(kind: Pillar | Bidang | Audience) -> None:
    found = [entry for entry in ENTRIES if kind in (entry.pillar, entry.bidang, *entry.audience)]
    assert len(found) >= 3


@pytest.mark.parametrize("bidang", Bidang)
def test_each_bidang_teaches_asks_tells_and_thanks(bidang: Bidang) -> None:
    found = Counter(entry.pillar for entry in ENTRIES if entry.bidang is bidang)
    assert found[Pillar.EDUKASI] >= 3
    assert found[Pillar.TANYA_JAWAB] and found[Pillar.KEGIATAN] and found[Pillar.KADER]


@pytest.mark.parametrize("days", DAYS_BEFORE)
@pytest.mark.parametrize("audience", Audience)
def test_each_audience_has_several_invitations_for_each_day(days: int, audience: Audience) -> None:
    found = [e for e in ENTRIES if e.days_before == days and audience in e.audience]
    assert len(found) >= 2


KIA = {Audience.BUMIL_NIFAS_BUSUI, Audience.BAYI, Audience.BALITA_APRAS}


@pytest.mark.parametrize("days", DAYS_BEFORE)
@pytest.mark.parametrize(
    "served",
    [KIA, set(Audience), {Audience.LANSIA}, {Audience.DEWASA, Audience.LANSIA}],
    ids=["ibu dan anak", "semua umur", "lansia", "dewasa dan lansia"],
)
def test_a_year_of_monthly_days_is_announced_in_new_words(days: int, served: set[Audience]) -> None:
    """Twelve invitations that call everybody who is served, or some, and no stranger."""
    found = [e for e in ENTRIES if e.days_before == days and set(e.audience) <= served]
    assert len(found) >= 12


def test_a_year_of_any_monthly_days_is_told_in_new_words() -> None:
    everybody = set(Audience)
    assert sum(e.recap and not e.services and set(e.audience) == everybody for e in ENTRIES) >= 12


HALF_A_YEAR = 26


@pytest.mark.parametrize("audience", Audience)
def test_every_audience_is_taught_and_asked_for_half_a_year(audience: Audience) -> None:
    """What may be planned all year: a lesson a week for each audience, and a question a week."""
    planned = [
        entry
        for entry in ENTRIES
        if not entry.season
        and all(source.state is not CheckState.UNVERIFIED for source in entry.sources)
    ]
    assert (
        sum(e.pillar is Pillar.EDUKASI and audience in e.audience for e in planned) >= HALF_A_YEAR
    )
    assert sum(e.pillar is Pillar.TANYA_JAWAB for e in planned) >= 2 * HALF_A_YEAR


def test_the_five_series_and_the_four_seasons_have_something_to_tell() -> None:
    series = Counter(entry.series for entry in ENTRIES if entry.series)
    assert set(series) == {
        "kader-pengelolaan",
        "kader-bayi-balita",
        "kader-ibu",
        "kader-remaja",
        "kader-dewasa-lansia",
    }
    assert min(series.values()) >= 4
    seasons = Counter(season for entry in ENTRIES for season in entry.season)
    assert min(seasons[season] for season in ("hujan", "kemarau", "banjir", "asap")) >= 2


def test_titles_differ() -> None:
    titles = Counter(entry.title.casefold() for entry in ENTRIES)
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=ids)
def test_an_entry_becomes_a_post_without_an_error(entry: Entry) -> None:
    """Lengths, claims, sources, identity numbers, words of time, and the captions."""
    known = all(source.state is not CheckState.UNVERIFIED for source in entry.sources)
    template = template_of(entry)
    post, unit = post_of(entry, POSYANDU)
    assert post.occurrence is None or resolve(unit, post.occurrence) is not None
    occurrence = resolve(unit, post.occurrence) if post.occurrence else None
    context = build(post, unit, occurrence, services=SERVICES, fields=template.fields)
    findings: list[Finding] = []
    captions = {}
    for id in post.channels:
        caption = compose(template, context, CHANNELS[id], post=post, posyandu=unit)
        captions[id] = caption.text
        assert not (urgent(entry) and "Masih ragu" in caption.text), entry.id
        findings.extend(caption.findings)
    findings.extend(
        check_post(
            post,
            unit,
            occurrence=occurrence,
            template=template,
            captions=captions,
            channels=CHANNELS,
            library=TEXTS,
            institutions=INSTITUTIONS if known else None,
        )
    )
    expected = ("sumber-belum-ditelaah", "batas-belum-terverifikasi")
    assert [found.sentence() for found in findings if found.code not in expected] == []
    answers = replace(post, fields={}, alt_text="\n".join(words(entry)))
    spoken = check_post(answers, unit, occurrence=occurrence, channels=CHANNELS, library=TEXTS)
    assert [
        f.sentence() for f in spoken if f.code not in (*expected, "wajib-diisi", "tanpa-sumber")
    ] == []


def test_what_a_text_says_stands_in_the_bank_of_facts() -> None:
    for entry in ENTRIES:
        for source in entry.sources:
            assert source.fact, (entry.id, "an entry says which fact it tells")
            assert not source.reviewed_by, "no health worker has read the library yet"
        assert entry.signed == (not entry.sources), entry.id


def test_every_fact_of_the_bank_is_told() -> None:
    told = {fact for entry in ENTRIES for fact in entry.facts}
    known = {id for id, fact in load_facts(BUNDLED)[0].items() if fact.read is not Read.NOT}
    assert sorted(known - told) == []


@pytest.mark.parametrize("entry", TOLD, ids=ids)
def test_every_name_that_is_printed_is_on_the_list(entry: Entry) -> None:
    post, unit = post_of(entry, POSYANDU)
    printed = INSTITUTIONS.printed(entry.sources)
    assert not any(re.search(r"\w\.[a-z]{2,}", name) for name in printed)
    assert len(printed) <= 2
    known = [source for source in entry.sources if source.state is not CheckState.UNVERIFIED]
    assert not any(map(INSTITUTIONS.weak, known))
    for template in filter(None, TEMPLATES.values()):
        context = build(post, unit, None, services={}, fields=template.fields, sources=printed)
        assert context["sumber"] == list(printed), "no template knows another name"


DANGER = re.compile(
    r"kejang|sesak|darah|tinggi|lemas|tersedak|pingsan|menyakiti diri|kabur|berobat|diare|muntah"
    r"|ketuban|kuning|alergi|bingung|dingin|diapakan|harus bagaimana|berangkat",
    re.IGNORECASE,
)


def test_a_danger_is_answered_with_what_to_do_now() -> None:
    """A danger sign never ends in "tanya bidan" alone."""
    for entry in ENTRIES:
        for each in entry.questions:
            if entry.bidang is Bidang.KESEHATAN and "bahaya" in entry.looks:
                assert "tanya bidan" not in each.answer.casefold(), (entry.id, each.ask)
            if DANGER.search(each.ask):
                assert not re.search(r"tanya (?:bidan|kader)\W*$", each.answer, re.IGNORECASE), (
                    entry.id
                )


def test_a_text_of_danger_says_where_to_go_at_once() -> None:
    for entry in ENTRIES:
        if entry.looks[:1] == ("bahaya",) and entry.bidang is Bidang.KESEHATAN:
            said = " ".join(words(entry))
            assert re.search(r"segera|hari itu juga", said, re.IGNORECASE), entry.id
            assert re.search(r"puskesmas|IGD|rumah sakit|fasilitas|dokter", said), entry.id

        if entry.looks[:1] == ("bahaya",):
            assert urgent(entry), (entry.id, "its picture and caption say what to do at once")


def test_do_and_do_not_names_what_not_to_do() -> None:
    for entry in ENTRIES:
        if entry.looks[:1] == ("lakukan-jangan",):
            assert "silang" in {point.image for point in entry.points}, entry.id


PROMISE = re.compile(
    r"pesan kapan saja|kami (?:menjawab|bagikan|cari|periksa)|jawaban \w+ kami|kirim pesan pribadi ke"
    r"|dijadwalkan kunjungan|kader (?:siap mengingatkan|akan mengabari|akan menemani|bisa menemani)",
    re.IGNORECASE,
)


def test_nothing_promises_what_nobody_keeps() -> None:
    """A kader is a neighbour with a phone: no line that is always open, no answer by a certain hand."""
    for entry in ENTRIES:
        assert not [text for text in words(entry) if PROMISE.search(text)], entry.id


def test_a_lesson_is_ready_for_its_questions() -> None:
    for entry in ENTRIES:
        if entry.pillar is Pillar.EDUKASI:
            assert 3 <= len(entry.questions) <= 5, entry.id
            assert len({question.ask for question in entry.questions}) == len(entry.questions)


def test_only_art_that_exists_is_shown() -> None:
    art = BUNDLED.asset_names("art", ".svg")
    for entry in ENTRIES:
        shown = {entry.image, str(entry.fields.get("gambar", "")), *(p.image for p in entry.points)}
        assert shown - {""} <= set(art), entry.id


def test_nothing_names_a_weekday_or_a_year() -> None:
    """An entry is right whenever it is used; only what statistics say may carry its year."""
    day = re.compile(
        r"\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|ahad|hari minggu)\b", re.IGNORECASE
    )
    for entry in ENTRIES:
        for text in words(entry):
            assert not day.search(text), (entry.id, text)
            if entry.until is None:  # the number of a decree is no year
                assert not re.search(r"(?<!/)\b20\d\d\b", text), (entry.id, text)


def test_nothing_names_an_hour_that_a_plan_may_miss() -> None:
    """Lessons go out from morning to night, and stories of service days not only once a month."""
    for entry in ENTRIES:
        late = r"\b(?:pagi|siang|sore) ini\b" if entry.days_before is None else r"\bbulan lalu\b"
        monthly = r"|\bbulan (?:depan|ini)\b" if entry.recap or entry.days_before == 7 else ""
        for text in (entry.title, entry.closing, *map(str, entry.values().values())):
            assert not re.search(late + monthly, text, re.IGNORECASE), (entry.id, text)


def test_a_step_has_one_colon_in_a_caption() -> None:
    """Captions write "title: sentence"."""
    for entry in ENTRIES:
        assert not any(":" in point.title for point in entry.points), entry.id


def test_people_are_named_by_people() -> None:
    for entry in ENTRIES:
        gaps = {gap.field for gap in entry.waiting}
        if entry.pillar is Pillar.KADER:
            assert {"nama", "foto", "kutipan"} <= gaps
            assert not {"nama", "foto", "kutipan"} & set(entry.values())
        if entry.pillar is Pillar.KEGIATAN:
            assert gaps, "what happened is told by who was there"


def test_any_service_day_has_a_story_and_any_kader_a_thank_you() -> None:
    recaps = [entry for entry in ENTRIES if entry.recap]
    assert all(entry.pillar is Pillar.KEGIATAN for entry in recaps)
    assert all(set(entry.services) <= set(SERVICES) for entry in recaps)
    assert len([entry for entry in recaps if not entry.services]) >= 3
    general = [e for e in ENTRIES if {"nama", "peran"} <= {gap.field for gap in e.waiting}]
    assert len(general) >= 6


@pytest.mark.parametrize(
    ("format", "step"),
    [  # the square has least room; every day a part of the texts, all of them in the slow tests
        pytest.param("square", 9, id="square-some"),
        pytest.param("square", 1, marks=pytest.mark.slow, id="square"),
        pytest.param("feed", 1, marks=pytest.mark.slow, id="feed"),
        pytest.param("story", 1, marks=pytest.mark.slow, id="story"),
    ],
)
def test_every_entry_fits_each_of_its_pictures(format: str, step: int) -> None:
    palette, _ = load_palette(BUNDLED, "teluk")
    assert palette is not None
    renderer = Renderer(BUNDLED)
    problems: list[str] = []
    for entry in ENTRIES[::step]:
        post, unit = post_of(entry, POSYANDU)
        post = replace(post, fields={k: v for k, v in post.fields.items() if k != "foto"})
        occurrence = resolve(unit, post.occurrence) if post.occurrence else None
        seen: set[str] = set()
        for look in looks_of(post, entry, PICTURES.values()):
            if look.template in seen:
                continue  # another shade of the same
            seen.add(look.template)
            template = PICTURES[look.template]
            drawn = replace(post, template=look.template, fields=look.fields)
            context = build(
                drawn, unit, occurrence, services=SERVICES, fields=template.fields,
                month=template.month,
            )  # fmt: skip
            safe = CHANNELS[SHOWN_IN[format]].safe
            scene = renderer.scene(template, FORMATS[format], context, palette, safe)
            problems += [
                f"{entry.id}, {look.template}: {found.sentence()}"
                for found in scene.findings
                if found.level is Level.ERROR
            ]
            foot = [text.text for text in scene.texts() if "bila ragu" in text.text]
            assert not (urgent(entry) and foot), (entry.id, foot)
    assert problems == []


# Reading

ONE = """\
pustaka:
  - id: uji-satu
    jenis: edukasi
    bidang: pekerjaan_umum
    sasaran: [dewasa]
    model: edukasi-langkah
    judul: Kuras bak
    label: Bak mandi
    gambar: bak-air
    langkah:
      - {judul: Kuras, isi: Seminggu sekali., gambar: bak-air}
      - {isi: Terima kasih.}
    penutup: Yuk!
    tagar: ["#CegahDBD"]
    musim: [hujan]
    seri: rumah
    menunggu:
      - {isian: langkah.1.judul, tanya: Berapa rumah?, contoh: 12 rumah}
    sumber:
      - {nama: Kemenkes, cek: V, fakta: dbd-gosok, ditelaah: Bidan Contoh}
    tanya:
      - {tanya: Kenapa?, jawab: Telur menempel.}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "assets" / "library").mkdir(parents=True)
    return Workspace.open(tmp_path)


def read(workspace: Workspace, text: str) -> tuple[list[Entry], list[str]]:
    """The entries of one own file, and the codes of what is wrong there."""
    path = workspace.root / "assets" / "library" / "zz-uji.yaml"
    path.write_text(text, encoding="utf-8")
    entries, findings = load_library(workspace)
    own = [entry for entry in entries if entry.at.file.endswith("zz-uji.yaml")]
    return own, [found.code for found in by_place(findings)]


def test_an_entry_is_read(workspace: Workspace) -> None:
    (entry,), codes = read(workspace, ONE)
    assert codes == []
    assert entry.bidang is Bidang.PEKERJAAN_UMUM
    assert entry.points == (
        Point("Kuras", "Seminggu sekali.", "bak-air"),
        Point("", "Terima kasih."),
    )
    assert entry.waiting == (Waiting("langkah.1.judul", "Berapa rumah?", "12 rumah"),)
    assert entry.questions == (Question("Kenapa?", "Telur menempel."),)
    assert entry.signed and entry.facts == ("dbd-gosok",)
    assert entry.hashtags == ("CegahDBD",)
    assert entry.values()["langkah"] == (
        {"judul": "Kuras", "isi": "Seminggu sekali.", "gambar": "bak-air"},
        {"isi": "Terima kasih."},
    )
    assert entry.examples()["langkah"] == (
        {"judul": "Kuras", "isi": "Seminggu sekali.", "gambar": "bak-air"},
        {"isi": "Terima kasih.", "judul": "12 rumah"},
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("cek: V", "cek: D"), None),
        (("jenis: edukasi", "jenis: edukas"), "nilai-salah"),
        (("id: uji-satu", "id: Uji Satu"), "nilai-salah"),
        (("musim: [hujan]", "musim: [salju]"), "nilai-salah"),
        (("seri: rumah", "jarak: 5"), "nilai-salah"),
        (("seri: rumah", "serri: rumah"), "kunci-tidak-dikenal"),
        (("sasaran: [dewasa]", "sasaran: []"), "wajib-diisi"),
        (("langkah.1.judul", "langkah.0.judul"), "wajib-diisi"),
        (("      - {nama: Kemenkes, cek: V, fakta: dbd-gosok, ditelaah: Bidan Contoh}\n", ""),
         "tanpa-sumber"),
        (("nama: Kemenkes", "nama: Kompas"), "sumber-lemah"),
        (("jawab: Telur menempel.", "jawab: Tanya bidan."), "jawaban-kosong"),
        (("jawab: Telur menempel.", 'jawab: "Tanyakan ke petugas puskesmas, ya."'), "jawaban-kosong"),
        (("    sumber:\n", "    fakta: [dbd-gosokk]\n    sumber:\n"), "nilai-salah"),
        (("    sumber:\n", "    bentuk: [bahaya, langkah]\n    sumber:\n"), None),
        (("    sumber:\n", "    bentuk: [bahya]\n    sumber:\n"), "nilai-salah"),
        (("id: uji-satu", "id: mpasi-6-8-bulan"), "id-ganda"),
        (("judul: Kuras bak", "judul: MPASI 6–8 bulan: sedikit, kental, lumat"), "yaml-rusak"),
        (("judul: Kuras bak", 'judul: "MPASI 6–8 bulan: sedikit, kental, lumat"'), "teks-kembar"),
    ],
)  # fmt: skip
def test_a_slip_is_told(workspace: Workspace, change: tuple[str, str], code: str | None) -> None:
    assert change[0] in ONE
    _, codes = read(workspace, ONE.replace(*change))
    assert codes == ([code] if code else [])


def test_a_fact_that_nobody_has_seen_leaves_a_draft(workspace: Workspace) -> None:
    (entry,), _ = read(workspace, ONE.replace("cek: V", "cek: D"))
    assert not entry.verified and not entry.signed
    (entry,), _ = read(workspace, ONE.replace(", ditelaah: Bidan Contoh", ""))
    assert entry.verified and not entry.signed


def test_a_users_file_takes_the_place_of_the_bundled_one_of_its_name(workspace: Workspace) -> None:
    path = workspace.root / "assets" / "library" / "imunisasi.yaml"
    path.write_text(ONE, encoding="utf-8")
    entries, findings = load_library(workspace)
    assert findings == []
    own = [entry.id for entry in entries if entry.at.file == "assets/library/imunisasi.yaml"]
    assert own == ["uji-satu"]
    assert any(entry.id == "mpasi-6-8-bulan" for entry in entries), "the other files stay"
    assert not any(entry.id == "imun-bcg" for entry in entries)
