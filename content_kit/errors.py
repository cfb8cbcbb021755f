"""The exceptions of content_kit, each with the exit code a shell sees.

Problems in what a person wrote are values (`findings.Finding`). An exception means
"I cannot do what you asked"; its message is an Indonesian sentence that says what to do.

    KitError                 1   never raised itself; also what a command returns that could not
                                 carry out all it was asked for: the rest of it is done
    ├── UnreadableFile       1   a file that this rests on is broken, emptied or locked; 6 when it
    │                            is only too large
    ├── UsageError           2   the words of a command are off
    ├── ConflictError        3   somebody else changed the file in between
    ├── ApprovalError        4   what was approved is not what is here
    ├── SystemFailure        5   disk, permission, operating system
    └── LimitError           6   a file, picture or template is over a limit
"""

import errno
from typing import ClassVar, Final


class KitError(Exception):
    """The root: every error that a person can do something about."""

    exit_code: ClassVar[int] = 1


class UnreadableFile(KitError):
    """A user meets it when a decision rests on a file that nobody can read: it waits for that."""


class UsageError(KitError):
    """A user meets it when a command, an option or a name does not exist."""

    exit_code = 2


class ConflictError(KitError):
    """A user meets it when a file moved on between reading and saving."""

    exit_code = 3


class ApprovalError(KitError):
    """A user meets it when an approved post was changed afterwards."""

    exit_code = 4


class SystemFailure(KitError):
    """A user meets it when the disk is full or a file may not be read or written."""

    exit_code = 5


class LimitError(KitError):
    """A user meets it when an input is larger or costlier than content_kit accepts."""

    exit_code = 6


class FileOverLimit(UnreadableFile, LimitError):
    """A user meets it when a decision rests on a file that is too large to be read."""


_REASONS: Final = {
    "ENOSPC": "disk penuh; hapus berkas yang tidak dipakai",
    "EDQUOT": "jatah disk habis; hapus berkas yang tidak dipakai",
    "EFBIG": "berkasnya terlalu besar untuk disk ini",
    "EACCES": "tidak ada izin untuk berkas atau folder ini",
    "EPERM": "tidak ada izin untuk berkas atau folder ini",
    "EROFS": "tempat ini hanya dapat dibaca",
    "EIO": "disk bermasalah; pindahkan pekerjaan ke tempat lain",
    "ENAMETOOLONG": "namanya terlalu panjang",
    "ENOENT": "berkas atau folder ini tidak ada",
    "EEXIST": "sudah ada berkas dengan nama itu",
    "ENOTDIR": "di jalurnya ada berkas yang seharusnya folder",
    "EISDIR": "ada folder dengan nama berkas ini; pindahkan folder itu",
    "ENXIO": "itu bukan berkas biasa; beri nama lain",
    "ELOOP": "tautannya berputar-putar",
    "EMFILE": "terlalu banyak berkas yang terbuka",
}


def reason(error: OSError) -> str:
    """Why the system refused, in words that people understand."""
    name = errno.errorcode.get(error.errno or 0, "")
    return _REASONS.get(name, f"sistem menolak ({name or 'tanpa keterangan'})")


BUG_EXIT_CODE = 70
"""What a shell sees when content_kit itself is wrong (sysexits' EX_SOFTWARE)."""
