"""`content-kit template`: list, show and copy the picture templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from content_kit.cli.opening import outputs
from content_kit.cli.talk import exit_code, result, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    no_plans,
    replace_option,
)
from content_kit.errors import UsageError
from content_kit.files.outputs import Outputs
from content_kit.files.templates import FieldSpec, Template, copy_template, load_template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import DEFAULT_PALETTE

_folder_option = click.option(
    "--workspace",
    default=".",
    metavar="FOLDER",
    help="Folder kerja. Bila tidak disebut: folder ini.",
)


@click.group("template", cls=IndonesianGroup)
def command() -> None:
    """Lihat, coba, dan salin model gambar."""


@command.command("list", cls=IndonesianCommand)
@_folder_option
@json_option
def list_templates(workspace: str, as_json: bool) -> int:
    """Sebutkan semua model gambar."""
    place = _workspace(workspace)
    told: list[Finding] = []
    for name in place.template_names():
        template, findings = load_template(place, name)
        own = place.is_own_template(name)
        if as_json:
            result_json(
                {
                    "name": name,
                    "title": template.title if template else "",
                    "about": template.about if template else "",
                    "own": own,
                    "findings": [finding.as_json() for finding in findings],
                }
            )
        elif template is not None:
            mark = " (milik sendiri)" if own else ""
            result(f"{name}{mark}: {template.title}. {template.about}")
        tell(findings)
        told += findings
    return exit_code(told)


@command.command("show", cls=IndonesianCommand)
@click.argument("name", metavar="MODEL")
@_folder_option
@click.option(
    "--out", metavar="FOLDER", callback=no_plans, help="Gambar contoh dibuat di folder ini."
)
@click.option("--palette", metavar="PALET", help="Palet warna. Bila tidak disebut: palet model.")
@replace_option
def show_template(
    name: str, workspace: str, out: str | None, palette: str | None, replace: bool
) -> int:
    """Tunjukkan isian sebuah model; dengan --out, gambarlah contohnya."""
    place = _workspace(workspace)
    template, findings = load_template(place, name)
    if template is None:
        tell(findings)
        return 1
    result(f"{template.title}. {template.about}")
    for spec in template.fields:
        _describe(spec, "  ")
    if out:
        findings = [
            *findings,
            *_draw(place, template, out, outputs(replace=replace), palette, findings),
        ]
    tell(findings)
    return exit_code(findings)


@command.command("copy", cls=IndonesianCommand)
@click.argument("name", metavar="MODEL")
@click.argument("new", metavar="NAMA_BARU")
@_folder_option
def copy(name: str, new: str, workspace: str) -> int:
    """Salin sebuah model ke folder kerja, untuk diubah sesuka hati."""
    target = copy_template(Workspace.open(Path(workspace)), name, new)
    say(f"Model {name} disalin. Ubah template.yaml, lalu lihat dengan:")
    say(f"content-kit template show {new} --out contoh-{new}")
    result(str(target))
    return 0


def _workspace(folder: str) -> Workspace:
    """The workspace here; without one, the bundled templates alone."""
    try:
        return Workspace.open(Path(folder))
    except UsageError:
        if folder != ".":
            raise
        return Workspace(Path(folder))


def _describe(spec: FieldSpec, indent: str) -> None:
    limits = f", paling panjang {spec.max}" if spec.max else ""
    if spec.type == "list":
        limits = f", {spec.min or 0} sampai {spec.max} butir"
    optional = ", boleh kosong" if spec.optional else ""
    kind = _KINDS.get(spec.type, spec.type)
    result(f"{indent}{spec.name} ({kind}{limits}{optional}): {spec.label}. {spec.help}".rstrip())
    for inner in spec.items:
        _describe(inner, indent + "  ")


_KINDS: Final = {
    "text": "teks",
    "list": "daftar",
    "photo": "foto",
    "art": "gambar",
    "choice": "pilihan",
}


def _draw(
    workspace: Workspace,
    template: Template,
    out: str,
    door: Outputs,
    palette: str | None,
    told: Iterable[Finding],
) -> list[Finding]:
    """Write the pictures; what is wrong with them beyond what was `told` of the same places."""
    from content_kit.files.assets import load_channels, load_palette
    from content_kit.specimen import check_examples, specimens

    told = tuple(told)
    palette = palette or template.palette or DEFAULT_PALETTE
    found = load_palette(workspace, palette)[1]
    if not any(finding.place.file == template.file for finding in told):
        found += check_examples(template)
    for specimen in specimens(workspace, template, palette):
        name = f"{template.name}_{specimen.example}_{specimen.format}.jpg"
        target = door.write(door.file(f"{out}/", Path(), name), specimen.jpeg)
        found += specimen.findings
        result(str(target))
    # Instagram leaves a story the least room: only the layout, its picture would look the same.
    channels, _, _ = load_channels(workspace)
    tight = channels["ig-story"].safe if "ig-story" in channels else None
    for specimen in specimens(
        workspace, template, palette, formats=("story",), safe=tight, paint=False
    ):
        found += specimen.findings
    places = {replace(finding.place, field="") for finding in told}
    return [finding for finding in found if replace(finding.place, field="") not in places]
