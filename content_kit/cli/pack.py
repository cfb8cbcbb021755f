"""`content-kit pack`: numbered pictures and texts in one flat folder, ready for WhatsApp."""

from __future__ import annotations

from content_kit.cli.opening import (
    all_findings,
    now,
    of_unit,
    open_press,
    output_folder,
    selections,
)
from content_kit.cli.render import clear_away, exit_code, render_all
from content_kit.cli.talk import NO_POSTS, result, result_json, say, tell
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, out_option, when_options, workspace_argument
from content_kit.errors import ApprovalError
from content_kit.findings import Level
from content_kit.pack.flat import Packed
from content_kit.pack.release import release
from content_kit.review.gate import Gate
from content_kit.review.reviews import Reviews
from content_kit.roster.rows import title_of


@indonesian("pack")
@workspace_argument
@when_options
@out_option
@json_option
def command(
    workspace: str,
    week: str | None,
    month: str | None,
    unit: str | None,
    out: str | None,
    as_json: bool,
) -> int:
    """Siapkan gambar dan teks yang tinggal dikirim lewat WhatsApp.

    Satu folder untuk setiap posyandu dan minggu, selalu berisi seluruh minggu itu.
    Postingan yang masih perlu diperbaiki atau belum disetujui tidak ikut; alasannya ada di
    BACA-DULU.txt.
    """
    press = open_press(workspace, fill_ids=True)
    chosen = selections(press, week=week, month=month, unit=unit, otherwise="ini")
    target = output_folder(press, out)
    proofs, events = render_all(press, chosen, target)
    reviews = Reviews(press, now())
    released = release(reviews, proofs, target)
    for sentence in released.told():
        say(sentence)
    if out is None:
        clear_away(press, target)
    findings = of_unit([*all_findings(press, proofs), *released.findings], unit)
    if as_json:
        for packed in released.packs:
            result_json(_as_json(packed, released.gate))
    else:
        tell(f for f in findings if f.level is not Level.INFO)
        for packed in released.packs:
            result(str(packed.folder))
            say(describe(packed))
        if not released.packs:
            say(NO_POSTS)
    if released.gate.broken:
        return ApprovalError.exit_code
    return exit_code(findings, events)


def describe(packed: Packed) -> str:
    """One sentence about a pack."""
    pictures = sum(name.endswith(".jpg") for name in packed.files)
    sentence = f"{packed.unit}, {packed.week}: {pictures} gambar siap dikirim."
    if packed.left_out:
        sentence += f" {len(packed.left_out)} postingan belum ikut; lihat BACA-DULU.txt."
    return sentence


def _as_json(packed: Packed, allowed: Gate) -> dict[str, object]:
    return {
        "unit": packed.unit,
        "week": packed.week,
        "path": packed.folder.as_posix(),
        "files": list(packed.files),
        "left_out": [proof.post.id for proof in packed.left_out],
        "fast": [
            {
                "post": one.proof.post.id,
                "title": title_of(one.proof.post),
                "left_out": list(allowed.left_out(one.proof)),
            }
            for one in allowed.fast
            if (one.proof.folder[:2]) == (packed.unit, packed.week)
            and not (one.proof.draft or one.proof.waiting)
        ],
        "held": [
            allowed.held[proof.post.unit, proof.post.id].as_json()
            for proof in packed.left_out
            if (proof.post.unit, proof.post.id) in allowed.held
        ],
    }
