"""schemathesis over the API: no server error, and no answer that is not documented."""

from pathlib import Path

import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.survey import ONE_OF_A_KIND, Extent, survey

THIN = Extent(examples=1, of_others=1, covered=ONE_OF_A_KIND)
"""`make soak` takes the whole one, drawn anew each time."""


@pytest.mark.timeout(300)
def test_schemathesis_finds_no_server_error_and_no_undocumented_answer(
    office: Office, tmp_path: Path
) -> None:
    survey(office, tmp_path, THIN)
