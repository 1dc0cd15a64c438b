"""How a command ends that was given what no field can hold."""

from datetime import date

import pytest

from domain.message import Role
from domain.staff.steps import RegisterStaff
from service.cli.ending import _status


@pytest.mark.parametrize(
    ("label", "words"),
    [("taza\u202eauditor", "control characters"), ("\u200d", "can be seen")],
)
def test_a_text_that_cannot_be_read_is_said_in_words_and_not_repeated(
    label: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> None:
        RegisterStaff(occurred_on=date(2024, 1, 2), label=label, role=Role.AUDITOR)

    assert _status(command) == 1
    said = capsys.readouterr().err
    assert said.startswith("label: ")
    assert words in said
    assert label not in said
