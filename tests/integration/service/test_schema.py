"""schemathesis over the API: no server error, and no answer that is not documented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.service.conftest import Office, staffed
from tests.integration.service.survey import ONE_OF_A_KIND, Extent, survey
from tests.support.system import forked_system

THIN = Extent(examples=1, of_others=1, covered=ONE_OF_A_KIND, shown=False)
"""The survey of `tests.soak` takes the whole, drawn anew each time."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Of its own: what is drawn registers centres and the like, which others would stumble over."""
    with forked_system(tmp_path / "installation") as system:
        yield staffed(system)


@pytest.mark.rare  # the soak's own survey takes more; here it says early what broke
def test_schemathesis_finds_no_server_error_and_no_undocumented_answer(
    office: Office, tmp_path: Path
) -> None:
    survey(office, tmp_path, THIN)
