"""The folder of the papers, where an operator names one: it must be there, as a disk must be mounted.

One that was made in its stead would hide that all papers are gone.
"""

import os

from service.running.faults import OperatorError
from service.settings import Settings


def require_papers(settings: Settings) -> None:
    """Raises `OperatorError` for a folder that was named and cannot be used."""
    if (wrong := wrong_with(settings)) is not None:
        raise OperatorError(wrong)


def wrong_with(settings: Settings) -> str | None:
    folder = settings.papers_folder
    if folder is None:
        return None
    if not folder.is_dir():
        return (
            f"{folder}, where papers are kept, is not there: mount it, or make it and give it to the"
            " user that Jisr runs as (JISR_PAPERS_FOLDER)"
        )
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return f"{folder}, where papers are kept, cannot be written: give it to Jisr's user"
    return None
