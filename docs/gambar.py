"""Makes the pictures of the README from the bundled sample: `python docs/gambar.py`."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from content_kit.cli import run
from content_kit.files.workspace import Workspace
from content_kit.render import Press
from content_kit.start import create_demo

PICTURES = {
    "jadwal": ("m4x7q2", "feed"),
    "edukasi": ("m6d4h8", "feed"),
    "kader": ("m9v3n6", "feed"),
    "story": ("k5j6y3", "story"),
}
HEIGHT = 800
POSYANDU = (
    *("--name", "Posyandu Kamboja", "--village", "Desa Contoh Ulu"),
    *("--district", "Kecamatan Contoh", "--regency", "Kabupaten Contoh"),
    *("--rule", "kamis ke-3", "--hours", "08.00-11.00", "--place", "Balai RW 05"),
    *("--whatsapp", "0812-0000-0000", "--person", "Rusminah", "--channel", "fb"),
)
"""A fictional posyandu whose planned month is shown as a feed."""


def main() -> None:
    """Write each picture, reduced to `HEIGHT` px, beside this file."""
    folder = Path(__file__).parent / "gambar"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        workspace = Workspace.open(create_demo(Path(temporary) / "contoh", date(2026, 12, 7)))
        press = Press(workspace, workspace.load())
        posts = {post.id: post for post in press.loaded.posts()}
        for name, (id, format) in PICTURES.items():
            proof = press.proof(posts[id])
            picture = press.renderer.image(proof.scenes[format], unit=proof.post.unit)
            width = round(picture.width * HEIGHT / picture.height)
            small = picture.resize((width, HEIGHT), Image.Resampling.LANCZOS)
            small.save(folder / f"{name}.jpg", quality=88, optimize=True)
        _feed(Path(temporary) / "kamboja", folder / "kisi.jpg")


def _feed(workspace: Path, target: Path) -> None:
    """Twelve posts of a month as a profile shows them, three in a row."""
    place = ["--workspace", str(workspace)]
    run(["init", str(workspace), *POSYANDU])
    run(["plan", "kamboja", "2027-02", *place])
    run(["render", str(workspace), "--month", "2027-02", "--grid", "12"])
    with Image.open(workspace / "keluaran/kamboja/kisi.jpg") as picture:
        width = round(picture.width * 2 * HEIGHT / picture.height)
        small = picture.resize((width, 2 * HEIGHT), Image.Resampling.LANCZOS)
        small.save(target, quality=84, optimize=True)


if __name__ == "__main__":
    main()
