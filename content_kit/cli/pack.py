"""`content-kit pack`: numbered pictures and texts in one flat folder, ready for WhatsApp."""

from __future__ import annotations

from content_kit.cli.opening import all_findings, open_press, output_folder, selections
from content_kit.cli.render import clear_away, render_all
from content_kit.cli.talk import NO_POSTS, result, result_json, say, tell
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, out_option, when_options, workspace_argument
from content_kit.findings import Level, has_errors
from content_kit.pack.flat import Packed, pack


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
    Postingan yang masih perlu diperbaiki tidak ikut; alasannya ada di BACA-DULU.txt.
    """
    press = open_press(workspace, fill_ids=True)
    chosen = selections(press, week=week, month=month, unit=unit, otherwise="ini")
    target = output_folder(press, out)
    proofs, _ = render_all(press, chosen, target)
    packs = list(pack(proofs, target))
    if out is None:
        clear_away(press, target)
    findings = all_findings(press, proofs)
    if as_json:
        for packed in packs:
            result_json(_as_json(packed))
    else:
        tell(f for f in findings if f.level is not Level.INFO)
        for packed in packs:
            result(str(packed.folder))
            say(describe(packed))
        if not packs:
            say(NO_POSTS)
    return 1 if has_errors(findings) else 0


def describe(packed: Packed) -> str:
    """One sentence about a pack."""
    pictures = sum(name.endswith(".jpg") for name in packed.files)
    sentence = f"{packed.unit}, {packed.week}: {pictures} gambar siap dikirim."
    if packed.left_out:
        sentence += f" {len(packed.left_out)} postingan belum ikut; lihat BACA-DULU.txt."
    return sentence


def _as_json(packed: Packed) -> dict[str, object]:
    return {
        "unit": packed.unit,
        "week": packed.week,
        "path": packed.folder.as_posix(),
        "files": list(packed.files),
        "left_out": [proof.post.id for proof in packed.left_out],
    }
