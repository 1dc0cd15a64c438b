"""The processes of an installation, as the machine sees them."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from tests.support.halting import kill
from tests.support.waiting import until

GONE = (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess)


def processes_of(data: Path) -> dict[int, str]:
    """Every process that names the data folder, by id: which part it is."""
    return dict(_found(data))


def _found(data: Path) -> Iterator[tuple[int, str]]:
    for process in psutil.process_iter():
        with suppress(*GONE):
            words = process.cmdline()
            texts = [" ".join(words), *process.environ().values()]
            if process.pid != os.getpid() and any(_names(data, text) for text in texts):
                yield process.pid, _part(words)


def _names(data: Path, text: str) -> bool:
    return f"{data}/" in text or f"{data} " in f"{text} "


def _part(words: list[str]) -> str:
    """Of a part, all words are one title."""
    title = " ".join(words).split()
    if title[:1] == ["jisr"]:
        return title[1]
    if "-m" in words:
        return words[words.index("-m") + 2]
    return Path(words[0]).name if words else "nothing"


def pid_of(data: Path, part: str) -> int:
    """The process of a part, as soon as there is one."""
    found: list[int] = []

    def there() -> bool:
        found[:] = [pid for pid, name in processes_of(data).items() if name == part]
        return bool(found)

    until(there, f"no process of {part}")
    return found[0]


def kill_part(data: Path, part: str) -> None:
    """As the machine's want of memory would; it is gone then, and what kept it starts another."""
    kill(pid_of(data, part))


def temporal_address(data: Path) -> str:
    words = psutil.Process(pid_of(data, "temporal")).cmdline()
    return f"127.0.0.1:{words[words.index('--port') + 1]}"
