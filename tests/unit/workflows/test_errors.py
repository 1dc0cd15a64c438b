"""The table between domain errors and what Temporal carries is complete."""

from collections.abc import Iterator

import pytest
from temporalio import exceptions
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from domain import errors
from workflows.case.errors import from_temporal, named_failures, to_temporal


def tree(root: type[errors.JisrError]) -> Iterator[type[errors.JisrError]]:
    for each in root.__subclasses__():
        yield each
        yield from tree(each)


CLASSES = [each for each in tree(errors.JisrError) if each.__module__ == errors.__name__]
FAULTS = [each for each in CLASSES if not issubclass(each, errors.Refused)]


async def travelled(error: ApplicationError) -> BaseException:
    """The error after it went through Temporal's format and back."""
    failure = Failure()
    await DataConverter.default.encode_failure(error, failure)
    return await DataConverter.default.decode_failure(failure)


@pytest.mark.parametrize("cls", FAULTS, ids=lambda cls: cls.__name__)
async def test_every_error_but_a_refusal_comes_back_as_it_went(cls: type[errors.JisrError]) -> None:
    back = from_temporal(await travelled(to_temporal(cls(needed=3, by="2024-07-18"))))
    assert type(back) is cls
    assert back.code == cls.code
    assert back.params == {"needed": 3, "by": "2024-07-18"}


@pytest.mark.parametrize(
    "refused",
    [
        errors.Refused("not_in_detention"),
        errors.Refused("date_before_earlier_step", earliest="2021-03-30"),
        errors.NotAllowed(role="division"),
        errors.StaleVersion(expected=3, actual=5),
        errors.Erased(),
    ],
    ids=lambda each: each.code,
)
async def test_a_refusal_travels_without_saying_which(refused: errors.Refused) -> None:
    carried = to_temporal(refused)
    failure = Failure()
    await DataConverter.default.encode_failure(carried, failure)
    for told in (refused.code, *map(str, refused.params.values())):
        assert told.encode() not in failure.SerializeToString()
    back = from_temporal(await travelled(carried))
    assert type(back) is errors.Refused
    assert (back.code, back.params) == ("refused", {})


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_only_an_outage_may_be_tried_again_and_logged(cls: type[errors.JisrError]) -> None:
    carried = to_temporal(cls())
    outage = cls is errors.Unavailable
    assert carried.non_retryable is not outage
    assert (carried.category is ApplicationErrorCategory.UNSPECIFIED) is outage


def test_what_temporal_itself_says_is_an_outage_or_a_fault() -> None:
    timeout = exceptions.TimeoutError("late", type=None, last_heartbeat_details=[])
    assert isinstance(from_temporal(timeout), errors.Unavailable)
    fault = ApplicationError("no such handler", type="RuntimeError", non_retryable=True)
    assert isinstance(from_temporal(fault), errors.Unexpected)


async def test_a_failure_nobody_named_travels_without_its_text() -> None:
    with pytest.raises(ApplicationError) as raised, named_failures("record_step"):
        raise KeyError("Fatima Zahra")
    failure = Failure()
    await DataConverter.default.encode_failure(raised.value, failure)
    assert b"Fatima" not in failure.SerializeToString()
    assert failure.application_failure_info.type == "unexpected"
    assert failure.application_failure_info.non_retryable
