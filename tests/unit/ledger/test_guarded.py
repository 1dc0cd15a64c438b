"""What goes wrong while a rule decides: a fault is the command's own, an outage is tried again."""

import sqlite3
from typing import cast

import psycopg
import pytest

from domain.errors import Unexpected
from domain.message import Command
from ledger.recording.deciding import guarded


class Asked:
    """As much of a command as is named in the log."""

    step = "a step"


def away() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.parametrize("outage", [away(), psycopg.OperationalError(), OSError()])
def test_an_outage_while_a_rule_reads_is_no_fault_of_the_rule(outage: Exception) -> None:
    with pytest.raises(type(outage)), guarded(cast("Command", Asked())):
        raise outage


def test_a_fault_of_the_rule_is(caplog: pytest.LogCaptureFixture) -> None:
    said = str(len(caplog.text)) * 9
    with pytest.raises(Unexpected), guarded(cast("Command", Asked())):
        raise KeyError(said)
    assert "KeyError" in caplog.text
    assert said not in caplog.text
