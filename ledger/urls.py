"""How a file is written as a URL, whatever its name is made of, and read back."""

import os
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file; what means something in a URL is written as `%` and two digits."""
    return f"sqlite://{quote(os.fsencode(path.absolute()))}"


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite URL; None for another kind of URL."""
    parts = urlsplit(url)
    return Path(os.fsdecode(unquote_to_bytes(parts.path))) if parts.scheme == "sqlite" else None
