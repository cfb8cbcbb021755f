"""Where the files of a workspace lie: the user's folder over the bundled one, nothing outside both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_kit.errors import UsageError, reason
from content_kit.files import bundled
from content_kit.files.paths import is_inside, name_problem, safe_join
from content_kit.files.yaml import MAX_BYTES
from content_kit.findings import Finding, Place, clipped


@dataclass(frozen=True, slots=True)
class Overlay:
    """A folder whose `templates/` and `assets/` come before the bundled ones."""

    root: Path

    def template_folder(self, name: str) -> Path | None:
        """The folder of a template: the user's whole folder first, then the bundled one."""
        if name_problem(name) or "/" in name or name.startswith(("_", ".")):
            return None
        for root in self._roots():
            folder = root / "templates" / name
            if present(folder / "template.yaml") and is_inside(folder, root):
                return folder
        return None

    def is_own_template(self, name: str) -> bool:
        """Whether a template is the user's own and not a bundled one."""
        folder = self.template_folder(name)
        return folder is not None and not is_inside(folder, bundled.root() / "templates")

    def template_names(self) -> tuple[str, ...]:
        """All templates that can be used, by name."""
        found = {
            folder.name
            for root in self._roots()
            for folder in listing(root / "templates")
            if self.template_folder(folder.name) is not None
        }
        return tuple(sorted(found))

    def template_part(self, name: str) -> Path | None:
        """The file of a shared part (`use: kaki`): the user's first, then the bundled one."""
        return self._file(f"templates/_parts/{name}.yaml")

    def template_parts(self) -> tuple[str, ...]:
        """The names of all shared parts."""
        found = {
            path.stem
            for root in self._roots()
            for path in listing(root / "templates" / "_parts")
            if path.suffix == ".yaml"
        }
        return tuple(sorted(found))

    def asset(self, relative: str) -> Path | None:
        """A file of `assets/` ("art/timbang.svg"): the user's first, then the bundled one."""
        return self._file(f"assets/{relative}")

    def asset_names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The names, without suffix, of the files of an assets folder, from both places."""
        found: set[str] = set()
        for root in self._roots():
            try:
                place = safe_join(root, f"assets/{folder}")
            except UsageError:
                continue
            found |= {path.stem for path in listing(place) if path.suffix == suffix}
        return tuple(sorted(found))

    def photo_path(self, unit: str, file: str) -> Path:
        """Where a photo of a unit lies, there or not; UsageError for an unsafe name."""
        return self._own_file(unit, "foto", file)

    def logo_path(self, unit: str, file: str) -> Path:
        """Where a logo of a unit lies, there or not; UsageError for an unsafe name."""
        return self._own_file(unit, "logo", file)

    def relative(self, path: Path) -> str:
        """A path as findings say it: POSIX, from the workspace or the bundled folder."""
        for root in self._roots():
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name

    def _own_file(self, unit: str, folder: str, file: str) -> Path:
        path = safe_join(self.root / "calendars", unit, folder, file)
        # Consent belongs to a file's name: through a link a child's photo would have another one.
        if path.is_symlink() or path.parent.is_symlink():
            raise UsageError(f'"{clipped(file)}" hanya tautan. Salin berkasnya ke folder {folder}.')
        return path

    def _file(self, relative: str) -> Path | None:
        for root in self._roots():
            try:
                path = safe_join(root, relative)
            except UsageError:
                return None
            if present(path):  # be it broken: no bundled one takes its place without a word
                return path
        return None

    def _roots(self) -> tuple[Path, ...]:
        own = bundled.root()
        return (self.root,) if self.root == own else (self.root, own)


def read_bytes(
    path: Path, root: Path, file: str, *, inside: bool = False
) -> tuple[bytes | None, list[Finding]]:
    """A file of a workspace as bytes, or None with the finding that says why not.

    Links that lead out of `root`, devices and pipes are refused before they are opened. Whoever
    knows already that it is `inside` saves the look at each folder above it.
    """
    place = Place(file, 1, 1)
    if not inside and not is_inside(path, root):
        return None, [
            Finding(
                "jalur-terlarang",
                "berkas ini menunjuk ke luar folder kerja.",
                place,
                hint="Salin berkasnya ke sini.",
            )
        ]
    try:
        if not path.is_file():
            return None, [
                Finding(
                    "berkas-tidak-terbaca",
                    "ini bukan berkas biasa.",
                    place,
                    hint="Hapus atau ganti dengan berkas yang benar.",
                )
            ]
        with path.open("rb") as stream:
            # One byte more than allowed is enough for `decode` to see that it is too much.
            return stream.read(MAX_BYTES + 1), []
    except OSError as error:
        return None, [
            Finding(
                "berkas-tidak-terbaca",
                f"berkas ini tidak dapat dibuka ({reason(error)}).",
                place,
                hint="Tutup program lain yang memakainya, lalu coba lagi.",
            )
        ]


def present(path: Path) -> bool:
    """Whether there is something of this name, be it broken: a dangling link, a locked folder."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def is_file(path: Path) -> bool:
    """Whether this is a file, be it one that may not be looked at: whoever reads it is told so."""
    try:
        return path.is_file()
    except OSError:
        return True


def is_folder(path: Path) -> bool:
    """Whether this is a folder; one that may not be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def listing(folder: Path, findings: list[Finding] | None = None, file: str = "") -> list[Path]:
    """What is in a folder, by name; nothing, and a finding, when it cannot be opened."""
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:
        if findings is not None:
            findings.append(
                Finding(
                    "berkas-tidak-terbaca",
                    "folder ini tidak dapat dibuka.",
                    Place(file, 1, 1),
                    hint="Periksa izin folder.",
                )
            )
        return []
