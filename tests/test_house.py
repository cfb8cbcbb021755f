"""The house keeps its own rules: lint, format, types, layers, start-up, and a reason for each exception."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def run(*command: str) -> None:
    """Run a tool in the repository and fail with what it said."""
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def test_lint_finds_nothing() -> None:
    run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")


def test_every_file_is_formatted() -> None:
    run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".")


def test_types_hold_in_the_package_and_in_the_tests() -> None:
    run(sys.executable, "-m", "mypy")


def test_rooms_use_only_rooms_after_them_and_each_dependency_has_one_door() -> None:
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert tool, "import-linter is missing: install the `dev` extra"
    run(tool, "--no-cache")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    heavy = ["textual", "PIL", "holidays", "jinja2", "uharfbuzz", "resvg", "yaml", "dateutil"]
    run(
        sys.executable,
        "-c",
        "import sys\n"
        "from content_kit.cli import run\n"
        f"code = run({arguments!r})\n"
        f"loaded = [name for name in {heavy!r} if name in sys.modules]\n"
        "sys.exit(f'imported: {loaded}' if loaded else code)",
    )


def test_every_dependency_says_why_it_is_here() -> None:
    project = tomllib.loads(PYPROJECT)["project"]
    lines = [line.strip() for line in PYPROJECT.splitlines()]
    for requirement in project["dependencies"]:
        before = lines[lines.index(f'"{requirement}",') - 1]
        assert before.startswith("#"), f"{requirement} has no reason above it"


def test_every_lint_rule_that_is_off_says_why() -> None:
    ignored = PYPROJECT.split("\nignore = [\n", 1)[1].split("\n]", 1)[0].splitlines()
    for line in ignored:
        assert re.search(r'^\s*"[A-Z]+\d+",\s+# \S', line), f"no reason: {line}"


def test_every_suppression_in_the_code_names_its_rule() -> None:
    bare = re.compile(r"# (?:noqa(?!: [A-Z])|type: ignore(?!\[))")
    for path in sorted((ROOT / "content_kit").rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not bare.search(line), f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
