"""Paths as operators write them: from anywhere, and with `~` for a home."""

import os
from pathlib import Path


def whole_path(given: str | Path) -> Path:
    """The path from the root on. `./~` is a folder of that name. Raises `ValueError`."""
    text = os.fspath(given)
    if not text:
        raise ValueError("it is empty: name a file or folder")
    if not text.isascii() and text.encode("utf-8", "replace") != os.fsencode(text):
        raise ValueError("its name is no text in UTF-8: give it another")
    home = os.path.expanduser(text)  # noqa: PTH111 (a Path has lost the `./` before `~`)
    if home.startswith("~"):
        user = text.split("/")[0]
        raise ValueError(
            f"there is no user whose home {user} is; a folder of that name is ./{text}"
        )
    return Path(home).absolute()
