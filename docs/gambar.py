"""Makes the pictures of the README from the bundled sample: `python docs/gambar.py`."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

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


if __name__ == "__main__":
    main()
