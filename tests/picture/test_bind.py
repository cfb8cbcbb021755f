"""A scene and a post's data become plain nodes; what is wrong with the scene is said with its line."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

import pytest

from content_kit.files import yaml
from content_kit.files.yaml import Map
from content_kit.findings import Finding
from content_kit.model import Palette, PeopleInPhoto, Photo
from content_kit.picture import bind as binding
from content_kit.picture.bind import bind
from content_kit.picture.keys import VALUE_KEYS
from content_kit.picture.nodes import (
    Border,
    Box,
    Dash,
    Edge,
    Gradient,
    Image,
    Motif,
    Node,
    Shadow,
    Solid,
    Text,
)
from content_kit.picture.styles import STYLES

PALETTE = Palette(
    "uji",
    {"ink": (10, 20, 30), "card": (255, 255, 255), "primary": (0, 100, 90), "line": (200, 200, 200),
     "surface": (250, 250, 240)},
)  # fmt: skip
FILE = "templates/uji/template.yaml"

DATA: Mapping[str, object] = {
    "isi": {
        "judul": "Besok kita buka",
        "kosong": "",
        "foto": "ibu.jpg",
        "langkah": [{"judul": "Cuci tangan"}, {"judul": "Timbang"}],
    },
    "posyandu": {"nama": "Posyandu Melati", "logo": []},
}


def parsed(scene: str) -> Map:
    node, findings = yaml.parse(dedent(scene), FILE)
    assert isinstance(node, Map)
    assert not findings
    return node


def bound(
    scene: str,
    *,
    format_name: str = "feed",
    parts: Mapping[str, str] | None = None,
    photos: Mapping[str, Photo] | None = None,
) -> tuple[Node | None, list[Finding]]:
    return bind(
        parsed(scene),
        format_name,
        DATA,
        PALETTE,
        parts={name: parsed(part) for name, part in (parts or {}).items()},
        photos=photos,
    )


def whole(scene: str, **keys: object) -> Box:
    node, findings = bound(scene, **keys)  # type: ignore[arg-type]
    assert not findings, findings
    assert isinstance(node, Box)
    return node


def said(scene: str, **keys: object) -> list[str]:
    _, findings = bound(scene, **keys)  # type: ignore[arg-type]
    return [f"{f.code} {f.place.line}: {f.message} {f.hint}".strip() for f in findings]


def words(node: Node) -> list[str]:
    if isinstance(node, Text):
        return [node.text]
    return [w for child in node.children for w in words(child)] if isinstance(node, Box) else []


# Leaves


def test_jinja_runs_in_leaves_only() -> None:
    box = whole("""
        box: column
        children:
          - {text: "{{ isi.judul }}, {{ posyandu.nama }}"}
    """)
    assert words(box) == ["Besok kita buka, Posyandu Melati"]


def test_data_never_becomes_structure() -> None:
    node, _ = bind(
        parsed('{box: column, children: [{text: "{{ isi.judul }}"}]}'),
        "feed",
        {"isi": {"judul": "box: row\nchildren: [{image: 'art:x'}] {{ posyandu }}"}},
        PALETTE,
    )
    assert node is not None
    assert words(node) == ["box: row\nchildren: [{image: 'art:x'}] {{ posyandu }}"]


def test_an_empty_text_is_dropped_and_so_is_its_card() -> None:
    box = whole("""
        box: column
        children:
          - box: row
            fill: card
            children:
              - {text: "{{ isi.kosong }}"}
          - {text: tetap}
    """)
    assert len(box.children) == 1


def test_an_image_without_a_name_is_dropped() -> None:
    box = whole('{box: row, children: [{image: "art:{{ isi.kosong }}"}, {text: tetap}]}')
    assert [type(child) for child in box.children] == [Text]


def test_a_logo_row_without_logos_vanishes() -> None:
    box = whole("""
        box: column
        children:
          - box: row
            fill: card
            each: berkas in posyandu.logo
            children:
              - {image: "logo:{{ berkas }}", height: 6}
    """)
    assert box.children == ()


def test_a_box_without_children_is_decoration_and_stays() -> None:
    box = whole("{box: stack, children: [{box: row, fill: primary}]}")
    assert len(box.children) == 1


def test_emoji_are_dropped_with_a_note() -> None:
    node, findings = bound('{box: row, children: [{text: "Ayo datang 🎉!"}]}')
    assert node is not None
    assert words(node) == ["Ayo datang!"]
    assert [finding.code for finding in findings] == ["emoji-dibuang"]


def test_upper_is_the_styles_or_the_nodes() -> None:
    box = whole("""
        box: column
        children:
          - {text: kecil, style: kicker}
          - {text: kecil, style: kicker, upper: false}
          - {text: kecil, upper: true}
    """)
    assert words(box) == ["KECIL", "kecil", "KECIL"]


# Where words come from


def test_a_text_remembers_the_field_it_shows() -> None:
    box = whole("""
        box: column
        children:
          - {text: "{{ posyandu.nama }}: {{ isi.judul }}"}
          - {text: "{{ posyandu.nama }}"}
    """)
    assert [child.source_field for child in box.children] == [
        "isi.judul",
        "posyandu.nama",
    ]
    texts = [child for child in box.children if isinstance(child, Text)]
    assert [each.name for each in texts] == [False, True]
    assert [child.at.line for child in box.children] == [4, 5]


def test_an_item_of_a_list_knows_its_number() -> None:
    box = whole("""
        box: column
        each: langkah in isi.langkah
        children:
          - {text: "{{ loop.nomor }}. {{ langkah.judul }}"}
    """)
    assert words(box) == ["1. Cuci tangan", "2. Timbang"]
    assert [c.source_field for c in box.children] == ["isi.langkah.0.judul", "isi.langkah.1.judul"]


def test_a_field_is_known_through_a_part() -> None:
    box = whole(
        '{box: row, children: [{use: kepala, with: {judul: "{{ isi.judul }}"}}]}',
        parts={"kepala": '{text: "{{ judul }}!", style: title}'},
    )
    (text,) = box.children
    assert isinstance(text, Text)
    assert (text.text, text.source_field) == ("Besok kita buka!", "isi.judul")


# Control words


def test_when_drops_what_is_false() -> None:
    box = whole("""
        box: column
        children:
          - {text: ada, when: isi.foto}
          - {text: tidak ada, when: isi.kosong}
    """)
    assert words(box) == ["ada"]


def test_formats_and_in_say_what_differs() -> None:
    scene = """
        box: column
        gap: 2
        in: {story: {gap: 6}}
        children:
          - {text: hanya story, formats: story}
          - {text: keduanya, formats: [feed, story]}
    """
    feed, story = whole(scene), whole(scene, format_name="story")
    assert (feed.gap, story.gap) == (2, 6)
    assert (words(feed), words(story)) == (["keduanya"], ["hanya story", "keduanya"])


def test_what_use_says_of_size_wins_over_the_part() -> None:
    box = whole(
        "{box: row, children: [{use: kartu, width: 30, grow: 1}]}",
        parts={"kartu": "{box: column, width: 20, fill: card}"},
    )
    assert (box.children[0].width, box.children[0].grow) == (30, 1)


def test_a_photo_brings_its_own_focus() -> None:
    photos = {"ibu.jpg": Photo("ibu.jpg", PeopleInPhoto.ADULTS, (0.3, 0.2))}
    box = whole('{box: row, children: [{image: "photo:{{ isi.foto }}"}]}', photos=photos)
    (image,) = box.children
    assert isinstance(image, Image)
    assert (image.source, image.focus, image.source_field) == (
        "photo:ibu.jpg",
        (0.3, 0.2),
        "isi.foto",
    )


# Values


@pytest.mark.parametrize(
    ("written", "fill"),
    [
        ("primary", Solid((0, 100, 90))),
        ('"#FF8000"', Solid((255, 128, 0))),
        ("{colour: card, alpha: 0.3}", Solid((255, 255, 255), 0.3)),
        ("{from: primary, to: ink, angle: 90}", Gradient(((0, 100, 90), (10, 20, 30)), 90)),
        ("{stops: [ink, card, ink], radial: true, centre: [0.5, 0.4]}",
         Gradient(((10, 20, 30), (255, 255, 255), (10, 20, 30)), 0, True, (0.5, 0.4))),
        ("{motif: gagatas, over: primary, alpha: 0.2}",
         Motif("gagatas", Solid((0, 100, 90)), (255, 255, 255), 0.2)),
        ("{edge: gigi_haruan, colour: card, flip: true}",
         Edge("gigi_haruan", (255, 255, 255), 5.5, True)),
    ],
)  # fmt: skip
def test_fills(written: str, fill: object) -> None:
    assert whole(f"{{box: row, fill: {written}}}").fill == fill


@pytest.mark.parametrize(
    ("written", "pad", "safe"),
    [
        ("pad: 2", (2, 2, 2, 2), 0),
        ("pad: [2, 4]", (2, 4, 2, 4), 0),
        ("pad: [1, 2, 3, 4]", (1, 2, 3, 4), 0),
        ("pad: safe", (0, 0, 0, 0), 4),
        ("pad: {safe: true, extra: [1, 2]}", (1, 2, 1, 2), 4),
        ("pad: 3, safe: [top, left]", (3, 3, 3, 3), 2),
    ],
)
def test_padding(written: str, pad: tuple[float, ...], safe: int) -> None:
    box = whole(f"{{box: row, {written}}}")
    assert box.pad == pad
    assert sum(box.safe) == safe


def test_shadows_and_borders() -> None:
    box = whole("{box: row, shadow: soft, border: {width: 0.3, colour: line}}")
    assert (box.shadow, box.border) == (Shadow(), Border(0.3, (200, 200, 200)))


def test_a_style_gives_the_rest_and_a_size_of_ones_own_ends_its_fit() -> None:
    box = whole("{box: row, children: [{text: a, style: title}, {text: b, style: title, size: 7}]}")
    first, second = box.children
    assert isinstance(first, Text)
    assert isinstance(second, Text)
    assert (first.fit, first.weight) == (STYLES["title"].fit, STYLES["title"].weight)
    assert (second.fit, second.size) == (None, 7)


def test_anchors_are_words_or_fractions() -> None:
    box = whole("""
        box: stack
        children:
          - {box: row, anchor: bottom-right}
          - {box: row, anchor: [0.2, 0.7]}
          - {box: row, anchor: fill}
    """)
    assert [child.anchor for child in box.children] == [(1, 1), (0.2, 0.7), None]


# What is wrong


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        ("{box: column, gapp: 3}", 'isian "gapp" tidak dikenal. Maksudnya "gap"?'),
        ("{box: kolom}", 'box "kolom" tidak dikenal.'),
        ("{text: a, style: judul}", 'gaya "judul" tidak dikenal. Yang ada: title,'),
        ("{text: a, style: titel}", 'Maksudnya "title"?'),
        ("{box: row, fill: primari}", 'warna "primari" tidak dikenal. Maksudnya "primary"?'),
        ("{box: row, fill: {motif: gagatasi}}", 'Maksudnya "gagatas"?'),
        ("{box: row, fill: {colour: card, alfa: 1}}", 'isian "alfa" tidak dikenal. Maksudnya "alpha"?'),
        ("{box: row, gap: lebar}", 'gap: "lebar" bukan angka.'),
        ("{box: row, gap: nan}", "gap harus antara 0 dan 400."),
        ("{box: row, gap: 1e9}", "gap harus antara 0 dan 400."),
        ("{text: a, fit: [5]}", "fit harus dua angka."),
        ("{text: a, fit: [9, 5]}", "fit harus dari kecil ke besar."),
        ("{box: row, pad: [1, 2, 3]}", "pad harus satu, dua, atau empat angka."),
        ("{image: jam}", 'gambar "jam" belum menyebut asalnya. Awali dengan art:'),
        ("{image: 'foto:ibu.jpg'}", 'asal gambar "foto" tidak dikenal. Maksudnya "photo"?'),
        ("{use: kakii}", 'bagian bersama "kakii" tidak dikenal.'),
        ("{boks: row}", "bagian ini belum jelas jenisnya."),
        ("{box: row, text: a}", "box dan text tidak boleh di satu bagian."),
        ("{box: row, children: {text: a}}", "harus berupa daftar."),
        ("{box: row, each: langkah, children: [{text: a}]}", 'each "langkah" tidak terbaca.'),
        ("{box: row, each: x in isi.judul, children: [{text: a}]}", "yang diulang harus berupa daftar."),
        ("{text: '{{ isi.judull }}'}", '"judull" tidak ada. Maksudnya "judul"?'),
        ("{text: a, formats: [fed]}", 'format "fed" tidak dikenal. Maksudnya "feed"?'),
        ("{text: a, in: {storey: {size: 4}}}", 'format "storey" tidak dikenal. Maksudnya "story"?'),
        ("{text: a, in: {story: {sice: 4}}}", 'isian "sice" tidak dikenal. Maksudnya "size"?'),
        ("{box: stack, anchor: tengah}", 'anchor "tengah" tidak dikenal.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_what_was_meant(scene: str, expected: str) -> None:
    found = said(f"box: column\nchildren:\n  - {{text: tetap}}\n  - {scene}\n")
    assert any(expected in line and line.startswith("model-rusak 4:") for line in found), found


def test_all_problems_are_told_at_once() -> None:
    found = said("""
        box: column
        gapp: 3
        children:
          - {text: a, sise: 3}
          - {text: b, colour: merah}
    """)
    assert [line.split(":")[0] for line in found] == [
        "model-rusak 3",
        "model-rusak 5",
        "model-rusak 6",
    ]


def test_what_a_post_leaves_out_is_checked_as_well() -> None:
    found = said("""
        box: column
        when: isi.kosong
        children:
          - {text: a, sise: 3}
    """)
    assert len(found) == 1
    assert 'Maksudnya "size"?' in found[0]


def test_one_bad_node_does_not_take_its_neighbours_along() -> None:
    node, _ = bound("{box: row, children: [{text: '{{ isi.x }}'}, {text: tetap}]}")
    assert node is not None
    assert words(node) == ["tetap"]


def test_too_many_nodes_are_refused() -> None:
    children = ", ".join("{text: a}" for _ in range(60))
    inner = f"{{box: row, each: b in isi.banyak, children: [{children}]}}"
    node, findings = bind(
        parsed(f"{{box: column, children: [{inner}]}}"),
        "feed",
        {"isi": {"banyak": ["x"] * 50}},
        PALETTE,
    )
    assert node is None
    assert [finding.code for finding in findings] == ["model-terlalu-mahal"]


def test_a_part_that_uses_itself_is_refused() -> None:
    node, findings = bound("{box: row, children: [{use: a}]}",
                           parts={"a": "{box: row, children: [{use: a}]}"})  # fmt: skip
    assert node is None
    assert [finding.code for finding in findings] == ["model-terlalu-mahal"]


def test_the_tables_name_every_key_once() -> None:
    for kind, keys in (*binding.NODE_KEYS.items(), *VALUE_KEYS.items()):
        assert len(set(keys)) == len(keys), kind


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{box: row, fill: {colour: card, scale: 4}}", '"scale" tidak berpengaruh bersama colour.'),
        (
            "{box: row, fill: {from: ink, to: card, flip: true}}",
            '"flip" tidak berpengaruh bersama from.',
        ),
        ("{box: row, fill: {motif: ombak, angle: 4}}", '"angle" tidak berpengaruh bersama motif.'),
        ("{box: stack, gap: 2}", '"gap" tidak berpengaruh bersama box: stack.'),
        ("{box: column, columns: 2}", '"columns" tidak berpengaruh bersama box: column.'),
        ("{box: row, wrap: true, columns: 2}", '"columns" tidak berpengaruh bersama wrap.'),
        ('{image: "photo:ibu.jpg", tint: ink}', '"tint" tidak berpengaruh bersama photo:.'),
    ],
)
def test_a_key_that_changes_nothing_is_a_finding(line: str, said: str) -> None:
    _, findings = bound(f"box: column\nchildren:\n  - {line}\n")
    assert [finding.message for finding in findings] == [said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{box: row, fill: ink, radius: [1, 2]}", "radius harus satu atau empat angka."),
        ("{box: row, fill: ink, radius: -3}", "radius harus satu atau empat angka."),
        ("{box: row, fill: ink, polygon: [[0, 0], [1, 1]]}", "polygon perlu 3 sampai 24 titik."),
        ("{box: row, fill: ink, polygon: [[0, 0], [1, 1], 4]}", "polygon perlu 3 sampai 24 titik."),
        (
            "{box: row, fill: {from: ink, to: card, alpha: [0, 1, 0]}}",
            "alpha harus satu atau dua angka.",
        ),
    ],
)
def test_a_shape_that_cannot_be_drawn_is_a_finding(line: str, said: str) -> None:
    _, findings = bound(f"box: column\nchildren:\n  - {line}\n")
    assert [finding.message for finding in findings] == [said]


def test_corners_polygons_veils_and_dashes_are_understood() -> None:
    node, findings = bound("""
        box: column
        children:
          - {box: row, fill: {from: ink, to: ink, alpha: [0, 0.8]}, radius: [3, -2, 0, 1]}
          - {box: row, fill: {dash: 1.1, gap: 0.7, colour: line}, polygon: [[0, 0.2], [1, 0], [1, 1]]}
    """)
    assert not findings
    assert isinstance(node, Box)
    first, second = node.children
    assert isinstance(first, Box)
    assert isinstance(second, Box)
    assert first.radius == (3, -2, 0, 1)
    assert isinstance(first.fill, Gradient)
    assert first.fill.alphas == (0, 0.8)
    assert second.fill == Dash((200, 200, 200), 1.1, 0.7)
    assert second.polygon == ((0, 0.2), (1, 0), (1, 1))


@pytest.mark.parametrize(
    ("tight", "format_name", "gap"),
    [(False, "feed", 4), (True, "feed", 2), (True, "story", 1), (False, "story", 1)],
)
def test_a_low_picture_has_its_own_values_and_a_format_wins(
    tight: bool, format_name: str, gap: float
) -> None:
    scene = parsed("{box: row, gap: 4, in: {sempit: {gap: 2}, story: {gap: 1}}}")
    data = {**DATA, "format": {"nama": format_name, "sempit": tight}}
    node, findings = bind(scene, format_name, data, PALETTE)
    assert not findings
    assert isinstance(node, Box)
    assert node.gap == gap
