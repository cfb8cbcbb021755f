"""Whatever a person can meet is explained: codes, commands, options, keys, templates, words, links."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from content_kit.findings import LEVELS, NO_PICTURE, Level
from content_kit.model import Audience, Bidang, Pillar

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def page(name: str) -> str:
    """The text of a page in `docs/`, or of one beside it."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def code_words(text: str) -> set[str]:
    """Every word that a page sets as code."""
    return {
        word for span in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"[\w-]+", span)
    }


def missing(names: Iterable[str], text: str) -> list[str]:
    """Those names that a page nowhere sets as code."""
    return sorted(set(names) - code_words(text))


def test_every_finding_code_is_explained_with_its_level() -> None:
    words = {
        Level.ERROR: "perlu diperbaiki",
        Level.WARNING: "perlu dilihat",
        Level.INFO: "sekadar tahu",
    }
    rows = re.findall(r"(?m)^\| `([a-z-]+)`( ⛔)? \| ([^|]+) \|(.*)\|$", page("pemeriksaan.md"))
    told = {code: (level, bool(stop)) for code, stop, level, _ in rows}
    expected = {code: (words[level], code in NO_PICTURE) for code, level in LEVELS.items()}
    assert told == expected
    for code, _, _, rest in rows:
        meaning, example, step = (part.strip() for part in rest.strip().split(" | "))
        assert all((meaning, example, step)), code


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand with its full name."""
    from content_kit.cli.program import COMMANDS, module_of

    for name in COMMANDS:
        command = importlib.import_module(f"content_kit.cli.{module_of(name)}").command
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", sub) for inner, sub in command.commands.items())


def test_every_command_and_option_is_explained() -> None:
    text = page("perintah.md")
    for name, command in commands():
        top = name.split(maxsplit=1)[0]
        assert f"content-kit {name}" in text, name
        match = re.search(rf"(?ms)^## {top}\n(.*?)(?=^## |\Z)", text)
        assert match, f"no section for {top}"
        section = match[1]
        for parameter in command.params:
            option = max(parameter.opts, key=len)
            if isinstance(parameter, click.Option) and option != "--help":
                assert option in section, f"{name} {option}"
        assert command.help, name


def test_every_exit_code_is_explained() -> None:
    from content_kit import errors

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.KitError)}
    for code in {0, *codes, errors.BUG_EXIT_CODE}:
        assert re.search(rf"(?m)^\| {code} \|", page("perintah.md")), code


def test_every_key_of_our_files_is_explained() -> None:
    getters = (
        "text|texts|scalars|choice|choices|date|month|clock|hours|number|flag|child|children|get"
    )
    keys: set[str] = set()
    for module in ("calendars", "assets"):
        source = (ROOT / "content_kit" / "files" / f"{module}.py").read_text(encoding="utf-8")
        keys |= set(re.findall(rf'\.(?:{getters})\(\s*"([a-z_]+)"', source))
    assert len(keys) > 40, "the readers no longer look as this test expects"
    assert not missing(keys, page("berkas.md"))


def test_every_key_of_a_strategy_is_explained() -> None:
    text = (ROOT / "assets" / "strategies" / "jemput-bola-digital.yaml").read_text(encoding="utf-8")
    keys = set(re.findall(r"(?m)^([a-z_]+):", text))
    assert len(keys) > 15, "the strategy no longer looks as this test expects"
    assert not missing({*keys, "jarak", "paling_sedikit", "paling_banyak"}, page("strategi.md"))


@pytest.mark.parametrize("kind", [Pillar, Bidang, Audience])
def test_every_locked_word_is_explained_with_its_title(
    kind: type[Pillar | Bidang | Audience],
) -> None:
    for word in kind:
        assert f"| `{word.value}` | {word.label} |" in page("berkas.md")


def test_every_channel_format_palette_and_colour_is_named() -> None:
    from content_kit.files import bundled
    from content_kit.files.assets import load_channels, load_palette, palette_names
    from content_kit.files.workspace import Workspace

    workspace = Workspace(bundled.root())
    channels, formats, _ = load_channels(workspace)
    assert not missing(channels, page("berkas.md"))
    assert not missing([*formats, *palette_names(workspace)], page("templat.md"))
    palette, _ = load_palette(workspace, "teluk")
    assert palette is not None
    assert not missing(palette.colours, page("templat.md"))


def test_every_template_and_field_is_explained() -> None:
    from content_kit.files import bundled
    from content_kit.files.templates import FieldSpec, load_template
    from content_kit.files.workspace import Workspace

    def names(specs: tuple[FieldSpec, ...]) -> Iterator[str]:
        for spec in specs:
            yield spec.name
            yield from names(spec.items)

    workspace = Workspace(bundled.root())
    for name in workspace.template_names():
        template, findings = load_template(workspace, name)
        assert template is not None
        assert not findings
        row = re.search(rf"(?m)^\| `{name}` \|.*$", page("templat.md"))
        assert row, f"{name} has no row in templat.md"
        assert not missing(names(template.fields), row[0]), name


def test_every_node_key_style_motif_and_filter_is_explained() -> None:
    from content_kit.files.sandbox import FILTERS
    from content_kit.files.templates import FORMATS
    from content_kit.picture import bind, keys
    from content_kit.picture.motifs import EDGES, MOTIFS
    from content_kit.picture.styles import STYLES

    text = page("templat.md")
    for tables in (bind.NODE_KEYS, keys.VALUE_KEYS):
        assert not missing((key for table in tables.values() for key in table), text)
    assert not missing([*keys.ANCHORS, *keys.SIDES, *FORMATS, *bind.SOURCES], text)
    assert not missing([*STYLES, *MOTIFS, *EDGES, *FILTERS], text)


def test_everything_a_template_can_name_is_explained() -> None:
    from content_kit.context import build, channel_words, format_words
    from content_kit.files import bundled
    from content_kit.files.assets import load_channels, load_services
    from content_kit.files.workspace import Workspace
    from content_kit.schedule.occurrences import resolve

    workspace = Workspace(bundled.root())
    loaded = workspace.load()
    services, _ = load_services(workspace)
    channels, formats, _ = load_channels(workspace)
    post = next(post for post in loaded.posts() if post.occurrence is not None)
    posyandu = loaded.posyandu[post.unit]
    assert post.occurrence is not None
    occurrence = resolve(posyandu, post.occurrence)
    data = build(post, posyandu, occurrence, services=services)
    data["format"] = format_words(formats["feed"], channels["fb"].safe)
    data["kanal"] = channel_words(channels["fb"])
    names = set(data)
    for name in ("acara", "posyandu", "postingan", "format", "kanal"):
        inner = data[name]
        assert isinstance(inner, dict)
        names |= set(inner)
    assert not missing(names, page("templat.md"))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        file, _, heading = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), f"{path.name}: {target}"
        if heading:
            titles = re.findall(r"(?m)^#+ (.+)$", found.read_text(encoding="utf-8"))
            anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
            assert heading in anchors, f"{path.name}: {target}"


def test_the_gate_runs_the_command_that_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Test it", 1)[1]
    match = re.search(r"```sh\n(.+)\n```", section)
    assert match
    assert match[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_version_is_locked_within_the_range_that_is_promised() -> None:
    locked = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        requirement = Requirement(line)
        (exact,) = requirement.specifier
        assert exact.operator == "==", line
        locked[canonicalize_name(requirement.name)] = exact.version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name != "content-kit":
            assert requirement.specifier.contains(locked[name]), f"{requirement}: {locked[name]}"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("pip install") == readme.count("-c constraints.txt") == 4


def test_decisions_are_numbered_and_say_why() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))


def test_every_promise_leads_to_the_test_that_can_break_it() -> None:
    promises = re.findall(
        r"(?m)^\| .+ \| \[(\w+)\]\(\.\./(tests/[\w/]+\.py)\) \|$", page("keandalan.md")
    )
    rows = [line for line in page("keandalan.md").splitlines() if line.startswith("| ")]
    assert len(promises) == len(rows) - rows.count("| Janji | Pengujian |") > 30
    for name, file in promises:
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{file} has no {name}"
