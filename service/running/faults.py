"""What only an operator can put right, in words that say what to do."""

import errno
import os
import pwd

from domain.errors import JisrError


class OperatorError(JisrError):
    """Something only an operator can put right; the message says what to do."""

    code = "operator"

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message

    def __str__(self) -> str:
        return self.message


WHY = {
    errno.ENOSPC: "the disk is full: free some space, and try again",
    errno.EDQUOT: "the disk quota is used up: free some space, and try again",
    errno.EROFS: "its disk can only be read: mount it to be written, or name another folder by"
    " --data or JISR_DATA",
    errno.EIO: "the disk answers with errors: look into the machine's log, and have a backup ready",
    errno.ENOTDIR: "a file stands where a folder should: move it, or name another folder by --data"
    " or JISR_DATA",
    errno.EISDIR: "a folder stands where a file should: move it away",
    errno.EEXIST: "something else stands there already",
    errno.ENOENT: "it does not exist",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EMFILE: "too many files are open: raise the limit (`ulimit -n`)",
    errno.ENOMEM: "the machine is out of memory",
}


STORED_NOWHERE = {
    "disk_full": WHY[errno.ENOSPC],
    "read_only": "it can only be read: see who its folder, or database, belongs to",
}
"""By the reason of an outage that lasts until somebody acts."""


def in_words(error: OSError) -> str:
    """What the file system would not do, to which file, and what to do about it."""
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.EACCES, errno.EPERM):
        who = user_of(os.geteuid())
        return f"{where}{who} may not do that here: run Jisr as whoever the folder belongs to"
    return where + (WHY.get(error.errno or 0) or str(error.strerror or error))


def user_of(number: int) -> str:
    """A user's name, or number where there is none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
