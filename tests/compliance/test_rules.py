"""Each rule on each database: kept by the right store, and broken by each wrong one named."""

import inspect
import sqlite3

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError

from domain.errors import JisrError
from tests.compliance import rules, wrong
from tests.compliance.conftest import Opened
from tests.compliance.house import RIGHT, Wrong, event, positions, write
from tests.compliance.rules import answers, commits, guards, level, memory, numbers, reading
from tests.compliance.table import TABLE, Rule

DATABASES = ("sqlite", "postgres")
BROKEN = (
    AssertionError,
    pytest.fail.Exception,
    JisrError,
    PersistenceError,
    sqlite3.Error,
    psycopg.Error,
)
"""How a broken rule shows. A slip in a wrong store (a TypeError, say) is none of these."""

ALL_WRONG = {name: each for name, each in vars(wrong).items() if isinstance(each, Wrong)}
NAMES = {id(each): name for name, each in ALL_WRONG.items()}


PAIRS = [
    pytest.param(rule, each, id=f"{rule.__name__}-{NAMES[id(each)]}")
    for rule, wrongs in TABLE.items()
    for each in wrongs
]


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.__name__)
def test_the_store_keeps_the_rule(kind: str, rule: Rule, opened: Opened) -> None:
    rule(opened(kind, RIGHT))


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize(("rule", "defect"), PAIRS)
def test_a_wrong_store_breaks_the_rule(
    kind: str, rule: Rule, defect: Wrong, opened: Opened
) -> None:
    with pytest.raises(BROKEN):
        rule(opened(kind, defect))


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("defect", ALL_WRONG.values(), ids=ALL_WRONG)
def test_a_wrong_store_is_wrong_in_one_thing_only(kind: str, defect: Wrong, opened: Opened) -> None:
    """It opens, takes a write and can be read: it fails a rule for its defect alone."""
    house = opened(kind, defect)
    store = house.store()
    write(store, event("case/a", 1))
    assert len(positions(store)) == (0 if defect is wrong.NEVER_COMMITS else 1)


def test_no_rule_is_left_out_and_each_says_what_must_hold() -> None:
    written = {
        rule
        for room in (answers, commits, guards, level, memory, numbers, reading)
        for name, rule in inspect.getmembers(room, inspect.isfunction)
        if list(inspect.signature(rule).parameters) == ["house"]
        and rule.__module__ == room.__name__
        and not name.startswith("_")
    }
    assert written == set(TABLE)
    assert len(TABLE) >= 60
    for rule in TABLE:
        assert inspect.getdoc(rule), rule.__name__
    assert rules.__doc__


def test_a_rule_that_no_wrong_store_breaks_and_a_defect_that_none_catches_are_red() -> None:
    assert [rule.__name__ for rule, wrongs in TABLE.items() if not wrongs] == []
    caught = {id(each) for wrongs in TABLE.values() for each in wrongs}
    assert [name for name, each in ALL_WRONG.items() if id(each) not in caught] == []
