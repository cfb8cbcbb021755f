"""A stranger's computer: installed from a wheel or as a checkout, the demo runs outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a stranger would, without our environment; its stdout."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST"))
    }
    # Reports and recovery copies of a failing run belong here, not with the person who tests.
    environment |= {"XDG_STATE_HOME": str(cwd), "XDG_DATA_HOME": str(cwd)}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("content_kit-*.whl")
    return made


def clean_environment(folder: Path, *what: str | Path) -> Path:
    """The scripts folder of a new environment that holds only content_kit."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", *PIP, "install", *what, cwd=folder)
    return scripts


def demo_pictures(scripts: Path, folder: Path) -> list[Path]:
    """Run the demo in an empty folder; the pictures it made."""
    folder.mkdir()
    run(scripts / "content-kit", "demo", cwd=folder)
    return sorted(folder.rglob("keluaran/paket/**/*.jpg"))


def test_the_wheel_carries_templates_assets_and_the_sample(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for needed in (
        "content_kit/py.typed",
        "content_kit/_bundled/templates/jadwal-kartu/template.yaml",
        "content_kit/_bundled/assets/channels.yaml",
        "content_kit/_bundled/assets/art/dacin.svg",
        "content_kit/_bundled/calendars/melati/posyandu.yaml",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "bench/"))]


def test_the_wheel_makes_the_demo_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    scripts = clean_environment(tmp_path / "env", wheel)
    assert len(demo_pictures(scripts, tmp_path / "kerja")) >= 12


def test_an_editable_checkout_makes_the_demo(tmp_path: Path) -> None:
    scripts = clean_environment(tmp_path / "env", "--editable", ROOT)
    assert len(demo_pictures(scripts, tmp_path / "kerja")) >= 12
