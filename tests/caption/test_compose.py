"""Captions as they are pasted, held against what each channel takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_kit.caption.compose import ALT_MAX, SHORT_MAX, Caption, alt_text, compose, length
from content_kit.caption.counting import hashtags
from content_kit.context import build
from content_kit.files import bundled
from content_kit.files.assets import load_channels
from content_kit.files.marks import unmarked
from content_kit.files.templates import Template
from content_kit.files.workspace import Workspace
from content_kit.model import (
    Change,
    Channel,
    CheckState,
    Contact,
    Pillar,
    Post,
    Posyandu,
    Source,
)
from content_kit.schedule.occurrences import resolve

MakePost = Callable[..., Post]
MakeTemplate = Callable[..., Template]

SHORT = "{{ acara.baris | tebal }}\n\n{{ isi.judul }}\n\n\n\n{{ acara.bawa | gabung }}  \n"
LONG = "{{ isi.judul }}"
TITLE = "{{ isi.judul }}"


@pytest.fixture
def told(melati: Posyandu, channels: Mapping[str, Channel]) -> Callable[..., Caption]:
    """Composes for a channel by its id."""

    def caption(
        template: Template, post: Post, channel: str, unit: Posyandu | None = None
    ) -> Caption:
        unit = unit or melati
        occurrence = resolve(unit, post.occurrence) if post.occurrence else None
        names = [source.name for source in post.sources]
        data = build(post, unit, occurrence, services={}, fields=template.fields, sources=names)
        return compose(template, data, channels[channel], post=post, posyandu=unit)

    return caption


def codes(caption: Caption) -> list[str]:
    assert all(finding.post == "m4x7q2" and finding.hint for finding in caption.findings)
    return [finding.code for finding in caption.findings]


def test_the_short_form_opens_with_day_hours_and_place(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    caption = told(make_template(short=SHORT), make_post(hashtags=("sehat",)), "wa-grup")
    assert caption == Caption(
        "*Besok, Selasa, 8 Desember 2026, 08.00–11.00 WITA, Balai RW 05, Desa Contoh*\n"
        "\n"
        "Besok kita buka, ayo datang!\n"
        "\n"
        "Buku KIA"
    )


def test_a_short_schedule_caption_without_its_line_is_refused(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    caption = told(make_template(short="Selasa buka\n{{ acara.baris }}"), make_post(), "wa-grup")
    assert codes(caption) == ["keterangan-tanpa-acara"]
    assert caption.findings[0].message.endswith("belum memuat tanggal, jam, tempat.")
    assert "Besok, Selasa, 8 Desember 2026" in caption.findings[0].hint


def test_a_cancelled_day_only_needs_its_date(
    told: Callable[..., Caption],
    melati: Posyandu,
    make_post: MakePost,
    make_template: MakeTemplate,
) -> None:
    (day,) = melati.service_days
    cancelled = replace(day, changes=(Change(date(2026, 12, 8), cancelled=True),))
    unit = replace(melati, service_days=(cancelled,))
    template = make_template(short="Selasa, 8 Desember 2026 tidak jadi buka.")
    assert codes(told(template, make_post(), "wa-grup", unit)) == []


@pytest.mark.parametrize("pillar", [Pillar.EDUKASI, Pillar.KEGIATAN])
def test_other_posts_open_as_they_like(
    pillar: Pillar,
    told: Callable[..., Caption],
    make_post: MakePost,
    make_template: MakeTemplate,
) -> None:
    assert codes(told(make_template(short=TITLE), make_post(pillar=pillar), "wa-grup")) == []


def test_the_long_form_adds_source_contact_and_hashtags(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    post = make_post(
        hashtags=("Posyandu Melati", "sehat", "#SEHAT"),
        sources=(Source("Buku KIA", CheckState.VERIFIED), Source("IDAI", CheckState.NAMED)),
    )
    caption = told(make_template(long=LONG), post, "fb")
    assert codes(caption) == []
    assert caption.text == (
        "Besok kita buka, ayo datang!\n\n"
        "Sumber: Buku KIA; IDAI\n\n"
        "Tanya kami: WhatsApp 0812-0000-0000 · Facebook Posyandu Melati Desa Contoh\n\n"
        "#PosyanduMelati #sehat"
    )


def test_what_the_body_says_is_not_said_twice(
    told: Callable[..., Caption],
    melati: Posyandu,
    make_post: MakePost,
    make_template: MakeTemplate,
) -> None:
    template = make_template(
        long="Sumber: {{ sumber | gabung }}\nWA {{ posyandu.kontak.whatsapp }}"
    )
    post = make_post(sources=(Source("Buku KIA", CheckState.VERIFIED),))
    unit = replace(melati, contact=Contact(whatsapp="0812-0000-0000"))
    assert told(template, post, "fb", unit).text == "Sumber: Buku KIA\nWA 0812-0000-0000"


def test_hashtags_are_cut_to_the_channel_and_told(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    caption = told(make_template(long=LONG), make_post(hashtags=tuple("abcdefg")), "ig")
    assert codes(caption) == ["tagar-terlalu-banyak"]
    assert caption.text.endswith("#a #b #c #d #e")


def test_a_long_whatsapp_text_is_refused_with_numbers(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    post = make_post(pillar=Pillar.KEGIATAN, fields={"judul": "a" * (SHORT_MAX + 20)})
    caption = told(make_template(short=TITLE), post, "wa-grup")
    assert codes(caption) == ["keterangan-terlalu-panjang"]
    assert "520 huruf, paling banyak 500" in caption.findings[0].message
    assert "Kurangi 20 huruf" in caption.findings[0].hint


def test_an_unverified_limit_only_informs(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    post = make_post(fields={"judul": "a" * 400}, hashtags=("a", "b"))
    caption = told(make_template(long=LONG), post, "saluran")
    assert codes(caption) == ["batas-belum-terverifikasi"] * 2


def test_a_verified_limit_refuses(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    caption = told(make_template(long=LONG), make_post(fields={"judul": "a" * 2_300}), "ig")
    assert codes(caption) == ["keterangan-terlalu-panjang"]


def test_a_broken_or_missing_caption_is_a_finding(
    told: Callable[..., Caption], make_post: MakePost, make_template: MakeTemplate
) -> None:
    for template in (make_template(short="{{ isi.tak_ada }}"), make_template(long=LONG)):
        caption = told(template, make_post(), "wa-grup")
        assert [finding.code for finding in caption.findings] == ["model-rusak"]
        assert caption.findings[0].post == "m4x7q2"


def alt(template: Template, post: Post, unit: Posyandu) -> Caption:
    return alt_text(template, build(post, unit, None, services={}), post=post)


def test_alt_text_is_one_plain_paragraph(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    template = make_template(alt="*Pengumuman*\n  {{ isi.judul | tebal }} 2*3 a_b_c\n")
    assert alt(template, make_post(), melati) == Caption(
        "Pengumuman Besok kita buka, ayo datang! 2*3 a_b_c"
    )


def test_alt_text_says_signs_as_words(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    post = make_post(alt_text="Gizi · 6–8 bulan, 08.00–11.00 WITA, timbang & ukur. Anak-anak.")
    template = make_template()
    assert alt_text(template, build(post, melati, None, services={}), post=post).text == (
        "Gizi, 6 sampai 8 bulan, 08.00 sampai 11.00 WITA, timbang dan ukur. Anak-anak."
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Ayo datang", "“Ayo datang”. Ayo datang: Ayo datang."),
        ("Ayo datang!", "“Ayo datang!” Ayo datang! Ayo datang!"),
        ("Wajarkah?", "“Wajarkah?” Wajarkah? Wajarkah?"),
        ("Tunggu ya.", "“Tunggu ya.” Tunggu ya. Tunggu ya."),
        ("Lalu...", "“Lalu...” Lalu...: Lalu...."),
        ("(Bayi, dll.)", "“(Bayi, dll.)”. (Bayi, dll.): (Bayi, dll.)."),
    ],
)
def test_a_sentence_ends_with_one_mark(
    told: Callable[..., Caption],
    make_post: MakePost,
    make_template: MakeTemplate,
    title: str,
    shown: str,
) -> None:
    form = "“{{ isi.judul }}”. {{ isi.judul }}: {{ isi.judul }}."
    post = make_post(pillar=Pillar.KADER, occurrence=None, fields={"judul": title})
    assert told(make_template(long=form), post, "fb").text.partition("\n")[0] == shown


def test_a_slogan_ends_the_long_form_before_the_hashtags(
    melati: Posyandu,
    channels: Mapping[str, Channel],
    make_post: MakePost,
    make_template: MakeTemplate,
) -> None:
    template = make_template(short=TITLE, long=TITLE)
    post = make_post(pillar=Pillar.KEGIATAN, hashtags=("Melati",))
    data = build(post, melati, None, services={}, fields=template.fields)

    def text(channel: str, motto: str = "Rakat Babarakat") -> str:
        target = channels[channel]
        return compose(template, data, target, post=post, posyandu=melati, motto=motto).text

    assert text("fb").endswith("\n\nRakat Babarakat\n\n#Melati")
    assert "Rakat" not in text("wa-grup")
    assert text("fb", "").count("\n\n") == text("fb").count("\n\n") - 1
    assert text("fb", "ayo datang") == text("fb", "")  # the title says it already


def test_a_post_may_write_its_own_alt_text(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    post = make_post(alt_text="Gambar  _kalender_.")
    assert alt(make_template(alt="lain"), post, melati) == Caption("Gambar kalender.")


def test_empty_and_overlong_alt_texts_are_told(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    template = make_template(alt="{{ isi.judul }}")
    assert codes(alt(template, make_post(fields={"judul": " "}), melati)) == ["wajib-diisi"]
    long = make_post(fields={"judul": "a" * (ALT_MAX + 1)})
    assert codes(alt(template, long, melati)) == ["teks-terlalu-panjang"]


@given(st.text())
def test_a_length_is_the_larger_of_code_points_and_utf16_units(text: str) -> None:
    assert length(text) == max(len(text), sum(1 + (ord(sign) > 0xFFFF) for sign in text))


@given(
    words=st.lists(
        st.sampled_from(
            ["*Besok*", "_ayo_", "~batal~", "`kode`", "**tebal**", "datang", "2*3", "RW 5"]
        ),
        min_size=1,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_channel_but_whatsapp_shows_whatsapps_marks(
    told: Callable[..., Caption],
    channels: Mapping[str, Channel],
    make_post: MakePost,
    make_template: MakeTemplate,
    words: list[str],
) -> None:
    post = make_post(pillar=Pillar.EDUKASI, fields={"judul": " ".join(words)})
    template = make_template(long=LONG, short=TITLE)
    for id, channel in channels.items():
        text = told(template, post, id).text
        if channel.bold:
            assert "**" not in text
        else:
            assert unmarked(text) == text


def test_a_place_in_bold_does_not_end_the_bold_line(
    told: Callable[..., Caption], melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    (day,) = melati.service_days
    unit = replace(melati, service_days=(replace(day, place="Balai RW 06 *baru*"),))
    template = make_template(short="*{{ acara.baris }}*", long="{{ acara.tempat }}")
    first = told(template, make_post(), "wa-grup", unit).text
    assert first.startswith("*Besok, ")
    assert first.count("*") == 2
    assert told(template, make_post(), "fb", unit).text.startswith("Balai RW 06 baru")


BUNDLED_CHANNELS = load_channels(Workspace(bundled.root()))[0]


def spoken(
    text: str, channel: str, make: tuple[MakePost, MakeTemplate, Posyandu], **given: object
) -> Caption:
    """A text as the caption of a bundled channel."""
    make_post, make_template, unit = make
    post = make_post(pillar=Pillar.EDUKASI, fields={"judul": text}, **given)
    template = make_template(long=LONG, short=TITLE)
    data = build(post, unit, None, services={}, fields=template.fields)
    return compose(template, data, BUNDLED_CHANNELS[channel], post=post, posyandu=unit)


@pytest.fixture
def make(
    make_post: MakePost, make_template: MakeTemplate, melati: Posyandu
) -> tuple[MakePost, MakeTemplate, Posyandu]:
    return make_post, make_template, melati


SIX = "#posyandu #sehat #balita #kia #gizi #kader"


def test_hashtags_in_the_text_count_and_are_not_repeated(
    make: tuple[MakePost, MakeTemplate, Posyandu],
) -> None:
    caption = spoken("Ayo #sehat #Kia", "ig", make, hashtags=("SEHAT", "a", "b", "c", "d"))
    assert hashtags(caption.text) == ("sehat", "Kia", "a", "b", "c")
    (finding,) = caption.findings
    assert "ada 6 tagar, Instagram menerima 5" in finding.message


@pytest.mark.parametrize(("channel", "most"), [("ig", 5), ("threads", 1)])
def test_too_many_hashtags_in_the_text_are_told_there(
    channel: str, most: int, make: tuple[MakePost, MakeTemplate, Posyandu]
) -> None:
    caption = spoken(f"Ayo {SIX}", channel, make, hashtags=("melati",))
    assert "#melati" not in caption.text
    (finding,) = caption.findings
    assert finding.code == "tagar-terlalu-banyak"
    assert (
        f"6 tagar di dalam tulisan, {BUNDLED_CHANNELS[channel].name} menerima {most}"
        in finding.message
    )


@pytest.mark.parametrize(
    ("channel", "text", "told"),
    [
        ("x", "a" * 514, "keterangan X 514 huruf, paling banyak 280."),
        ("x", "https://contoh.id/" + "a" * 300, None),
        ("threads", "a" * 400 + "😀" * 33, "keterangan Threads 532 huruf, paling banyak 500."),
        ("threads", "a" * 400 + "😀" * 25, None),
        ("wa-grup", "a" * 510, "keterangan Grup WhatsApp 510 huruf, paling banyak 500."),
    ],
)
def test_each_limit_speaks_of_its_own_channel(
    channel: str, text: str, told: str | None, make: tuple[MakePost, MakeTemplate, Posyandu]
) -> None:
    caption = spoken(text, channel, make)
    assert [finding.message for finding in caption.findings] == ([told] if told else [])
    assert all("WhatsApp" not in f.hint for f in caption.findings if channel != "wa-grup")


def test_threads_takes_five_links(make: tuple[MakePost, MakeTemplate, Posyandu]) -> None:
    six = " ".join(f"https://contoh.id/{n}" for n in range(6))
    (finding,) = spoken(six, "threads", make).findings
    assert finding.code == "tautan-terlalu-banyak"
    assert spoken(six, "fb", make).findings == ()
