"""What a post says: the fields its template asks for, and honest claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from content_kit.checks.case import Case, denied
from content_kit.files.safe_text import says
from content_kit.files.templates import FieldSpec, Template
from content_kit.findings import Finding, nearest
from content_kit.model import FieldValue, Post


def fields(case: Case) -> Iterator[Finding]:
    """The values fit the template's fields: none missing, unknown, of another kind or too long."""
    if case.template is None:
        return
    yield from _fields(case, case.post.fields, case.template.fields, "isi")
    names = [spec.name for spec in case.template.fields]
    for name in case.post.waiting:
        if name not in names:
            yield case.at(
                "nilai-salah",
                f'model ini tidak punya isian "{name}" yang dapat ditunggu.',
                "menunggu",
                nearest(name, names),
            )


def waits(post: Post, template: Template) -> bool:
    """Whether a post still lacks a required field that it says a person will give."""
    return any(
        _lacks(post.fields.get(s.name, ""), s) for s in template.fields if s.name in post.waiting
    )


def _lacks(value: FieldValue, spec: FieldSpec) -> bool:
    if _empty(value, spec):
        return not spec.optional
    if spec.type != "list" or isinstance(value, str | Mapping):
        return False
    return any(
        _lacks(item.get(inner.name, ""), inner)
        for item in value
        if isinstance(item, Mapping)
        for inner in spec.items
    )


def _empty(value: FieldValue, spec: FieldSpec) -> bool:
    """Whether nothing of a value would be printed: emoji alone leave a picture bare."""
    if not isinstance(value, str):
        return not value
    return not (says(value) if spec.type == "text" else value.strip())


def _waits(post: Post, path: str) -> bool:
    """Whether the field at "isi.langkah.0.judul" is part of one that `menunggu` names."""
    return path.split(".")[1] in post.waiting


def claims(case: Case) -> Iterator[Finding]:
    """No promise of a cure, no miracle, no praise of formula milk; a refuted claim is fine."""
    for text in case.texts:
        if not _CLAIM_WORDS.search(text.words):  # most texts, and twelve patterns are slow
            continue
        for sentence in text.sentences():
            if denied(sentence):
                continue
            if found := _claimed(sentence):
                said, hint = found
                message = f'"{said}" menjanjikan terlalu banyak.'
                yield case.on(text, "klaim-berlebihan", message, hint)


def claim_in(text: str) -> str:
    """The first promise or praise in a text that may not be made, or ""."""
    found = _claimed(text)
    return found[0] if found else ""


def _claimed(sentence: str) -> tuple[str, str] | None:
    for pattern, hint in _CLAIMS:
        if match := pattern.search(sentence):
            return match[0].strip(), hint
    return None


_CLAIM_WORDS: Final = re.compile(
    r"pasti|dijamin|100|persen|ajaib|dewa|ampuh|manjur|mujarab|efek samping|menyembuhkan"
    r"|penyakit|susu formula",
    re.IGNORECASE,
)
_SOFTER: Final = 'Tulis "membantu" atau "menurunkan risiko", lalu sebut sumbernya.'
_NO_PROMISE: Final = "Hapus janji itu. Ajak warga bertanya ke bidan atau puskesmas."
_BREAST: Final = "Hapus pujian untuk susu formula; ajak ibu bertanya ke bidan soal ASI."
_NOT: Final = r"(?<!tidak )(?<!tak )(?<!bukan )(?<!belum )(?<!tanpa )"
_GOOD: Final = r"sembuh|sehat|aman|ampuh|manjur|mujarab|berhasil|efektif|mencegah|melindungi|alami"


def _claim(pattern: str, hint: str) -> tuple[re.Pattern[str], str]:
    return re.compile(pattern, re.IGNORECASE), hint


_CLAIMS: Final = (
    _claim(rf"\b{_NOT}pasti (?:akan |bisa |langsung )?(?:{_GOOD})\b", _NO_PROMISE),
    # rights and costs may be guaranteed, results may not
    _claim(
        r"(?<!hak )(?<!haknya )(?<!biaya )(?<!biayanya )(?<!data )(?<!kerahasiaan )"
        r"(?<!kerahasiaannya )(?<!rahasia )(?<!rahasianya )(?<!identitas )"
        rf"\b{_NOT}dijamin\b(?! (?:oleh|undang|negara|pemerintah|bpjs|jkn|uu|kerahasiaan|rahasia))",
        _NO_PROMISE,
    ),
    _claim(rf"\b{_NOT}(?:100 ?%|(?:100|seratus) persen) (?:{_GOOD})\b", _NO_PROMISE),
    _claim(r"\b(?:obat|ramuan|jamu|resep|air) (?:yang )?(?:ajaib|mujarab|dewa)\b", _NO_PROMISE),
    _claim(rf"\b{_NOT}(?:paling (?:ampuh|manjur|mujarab)|ter(?:ampuh|manjur|mujarab))\b", _SOFTER),
    _claim(
        r"(?<!bukan )(?<!tidak )\b(?:(?:tanpa|bebas)|(?:tidak|tak) (?:ada|punya|memiliki))"
        r" efek samping\b",
        "Hapus, atau tulis efek ringan yang wajar dan kapan harus ke puskesmas.",
    ),
    _claim(
        r"(?<!tidak )(?<!tak )(?<!bukan )(?<!belum )(?<!tidak bisa )(?<!tidak dapat )"
        r"(?<!tidak akan )(?<!tak bisa )(?<!tak dapat )(?<!bukan untuk )\bmenyembuhkan\b",
        _SOFTER,
    ),
    _claim(
        rf"\b{_NOT}(?:terbukti )?ampuh (?:untuk )?(?:mengobati|mengatasi|melawan|membasmi|mencegah)\b",
        _SOFTER,
    ),
    _claim(
        r"\b(?:segala|semua|seribu|aneka macam) (?:macam |jenis )?penyakit (?:sembuh|hilang)\b",
        _NO_PROMISE,
    ),
    _claim(
        rf"\b{_NOT}(?:mengobati|mengatasi|mencegah|menangkal) (?:segala|semua)"
        r" (?:macam |jenis )?penyakit\b",
        _SOFTER,
    ),
    _claim(
        r"(?<!bukan )(?<!tidak ada )\bsusu formula (?:yang )?(?:paling |ter)"
        r"(?:baik|bagus|bergizi|unggul|mirip)\b",
        _BREAST,
    ),
    _claim(
        r"\bsusu formula (?:lebih (?:baik|bagus|sehat|bergizi)|pilihan|unggulan|nomor satu)\b",
        _BREAST,
    ),
    _claim(r"\b(?:promo|diskon|beli|dapatkan|gratis) susu formula\b", _BREAST),
)


def _fields(
    case: Case, values: Mapping[str, FieldValue], specs: Sequence[FieldSpec], path: str
) -> Iterator[Finding]:
    names = [spec.name for spec in specs]
    for name in values:
        if name not in names:
            yield case.at(
                "kunci-tidak-dikenal",
                f'model ini tidak punya isian "{name}".',
                f"{path}.{name}",
                nearest(name, names),
            )
    for spec in specs:
        yield from _field(case, values.get(spec.name, ""), spec, f"{path}.{spec.name}")


def _waiting(case: Case, label: str, spec: FieldSpec, path: str) -> Finding:
    """A field that only a person can give, in the words in which its text asks for it."""
    asks = {f"isi.{gap.field}": gap for gap in case.library.asks(case.post)}
    if path in asks:
        gap = asks[path]
        hint = f"Misalnya {gap.example}." if gap.example else "Isi bila sudah tahu."
        return case.at("menunggu-isian", gap.ask, path, hint)
    item = next((f" ke-{int(part) + 1}" for part in path.split(".") if part.isdigit()), "")
    hint = spec.help or "Isi bila sudah tahu."
    return case.at("menunggu-isian", f'"{label}"{item} menunggu diisi.', path, hint)


def _field(case: Case, value: FieldValue, spec: FieldSpec, path: str) -> Iterator[Finding]:
    label = spec.label or spec.name
    if _empty(value, spec):
        if not spec.optional and _waits(case.post, path):
            yield _waiting(case, label, spec, path)
        elif not spec.optional:
            what = (
                "hanya berisi emoji atau tanda baca"
                if isinstance(value, str) and value.strip()
                else "belum diisi"
            )
            yield case.at("wajib-diisi", f'"{label}" {what}.', path, f'Isi "{spec.name}".')
    elif spec.type == "list":
        yield from _list(case, value, spec, path)
    elif not isinstance(value, str):
        yield case.at(
            "nilai-salah", f'"{label}" harus berupa teks, bukan daftar.', path, "Tulis satu teks."
        )
    elif spec.type == "choice" and value not in spec.choices:
        yield case.at(
            "nilai-salah",
            f'"{value}" bukan pilihan untuk "{label}".',
            path,
            nearest(value, spec.choices, f"Pilih: {', '.join(spec.choices)}."),
        )
    elif spec.type == "text" and spec.min and len(value) < spec.min:
        yield case.at(
            "nilai-salah",
            f'"{label}" {len(value)} huruf, paling sedikit {spec.min}.',
            path,
            f"Tambah {spec.min - len(value)} huruf.",
        )
    elif spec.type == "text" and spec.max and len(value) > spec.max:
        yield case.at(
            "teks-terlalu-panjang",
            f'"{label}" {len(value)} huruf, paling banyak {spec.max}.',
            path,
            f"Kurangi {len(value) - spec.max} huruf.",
        )


def _list(case: Case, value: FieldValue, spec: FieldSpec, path: str) -> Iterator[Finding]:
    label = spec.label or spec.name
    if isinstance(value, str | Mapping):
        yield case.at(
            "nilai-salah",
            f'"{label}" harus berupa daftar.',
            path,
            "Awali setiap barisnya dengan tanda -.",
        )
        return
    if spec.max and len(value) > spec.max:
        yield case.at(
            "nilai-salah",
            f'"{label}" berisi {len(value)} bagian, paling banyak {spec.max}.',
            path,
            f"Hapus {len(value) - spec.max} bagian, atau pisahkan menjadi dua postingan.",
        )
    if spec.min and len(value) < spec.min:
        yield case.at(
            "nilai-salah",
            f'"{label}" berisi {len(value)} bagian, paling sedikit {spec.min}.',
            path,
            f"Tambah {spec.min - len(value)} bagian lagi.",
        )
    for number, item in enumerate(value):
        at = f"{path}.{number}"
        if spec.items and isinstance(item, Mapping):
            yield from _fields(case, item, spec.items, at)
        elif spec.items:
            wanted = ", ".join(inner.name for inner in spec.items)
            yield case.at(
                "nilai-salah",
                f'butir {number + 1} dari "{label}" harus berupa isian bernama.',
                at,
                f"Isi: {wanted}.",
            )
        elif not isinstance(item, str):
            yield case.at(
                "nilai-salah",
                f'butir {number + 1} dari "{label}" harus berupa teks.',
                at,
                "Tulis satu teks.",
            )
