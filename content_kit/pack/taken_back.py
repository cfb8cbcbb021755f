"""What was made with a photo whose consent is gone: its pictures, its texts, and the packs and papers they are in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from content_kit.files.paths import safe_join
from content_kit.files.user_folders import cache_folder, forget_previews
from content_kit.model import Post
from content_kit.pack.flat import forget
from content_kit.render import Press
from content_kit.review.seal import sealed
from content_kit.roster.thumbnails import Thumbnails

ROSTERS: Final = "daftar"
"""The folder below the output that rosters are saved in when nobody names another."""


def clear(press: Press, posts: Iterable[Post], out: Path) -> list[Path]:
    """Remove what lies below `out` of those posts that may have no picture any more.

    Their packs and the rosters that show pictures are what is returned: they can be made again.
    """
    proofs = [proof for proof in map(press.proof, posts) if proof.forbidden]
    for proof in proofs:
        if safe_join(out, *proof.folder).is_dir():
            for _ in press.write(proof, out):
                pass  # writing a forbidden post removes its pictures
    forget_previews()
    small = Thumbnails.of(cache_folder())
    for proof in proofs:
        small.forget(sealed(press, proof).seal)
    return [*forget({proof.folder[:2] for proof in proofs}, out), *_papers(out if proofs else None)]


def _papers(out: Path | None) -> list[Path]:
    """Remove the rosters below `out` with pictures in them; somebody's own names stay."""
    folder = safe_join(out, ROSTERS) if out is not None else None
    if folder is None or not folder.is_dir():
        return []
    papers = [path for path in sorted(folder.glob("daftar-*")) if path.suffix in (".pdf", ".html")]
    for path in papers:
        path.unlink(missing_ok=True)
    return papers
