"""The whole API under schemathesis: every operation, each limit of what it takes, many examples."""

from pathlib import Path

from tests.integration.service.conftest import staffed
from tests.integration.service.survey import EVERYTHING, Extent, survey
from tests.support.system import running_system


def survey_everything(data: Path, seed: int) -> None:
    """Raises `AssertionError` with what was sent, and the command that sends it again."""
    folder = data / "survey"
    folder.mkdir(parents=True)
    with running_system(data / "installation") as system:
        survey(staffed(system), folder, Extent(10, 5, EVERYTHING, seed=seed))
