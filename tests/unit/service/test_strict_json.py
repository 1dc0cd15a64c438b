"""JSON is read as every reader would read it, or not at all; and never for long."""

import time

import pytest

from service.api.edge.limits import DEEPEST, LARGE_STEP_BODY, MOST_VALUES
from service.api.edge.strict_json import is_storable, parsed
from service.problems.problem import Rejected


def refused(raw: bytes) -> Rejected:
    with pytest.raises(Rejected) as caught:
        parsed(raw)
    return caught.value


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b'{"name": 1, "name": 2}', "/name"),
        (b'{"name": 1, "\\u006eame": 2}', "/name"),
        (b'{"a": {"b": [{"c": 1}, {"c": 1, "d": 2, "c": 1}]}}', "/a/b/1/c"),
        (b'[{"a/b": 1, "a/b": 1}]', "/0/a~1b"),
        (b'{"": 1, "": 2}', "/"),
    ],
)
def test_a_member_given_twice_is_named(raw: bytes, field: str) -> None:
    error = refused(raw)
    assert error.code == "body_member_doubled"
    assert [(fault.field, fault.code) for fault in error.faults.named] == [(field, "doubled")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"n": NaN}', "body_not_json"),
        (b'{"n": Infinity}', "body_not_json"),
        (b'{"n": -Infinity}', "body_not_json"),
        (b"{'n': 1}", "body_not_json"),
        (b'{"n": 1,}', "body_not_json"),
        (b'\xef\xbb\xbf{"n": 1}', "body_not_json"),
        (b'{"n": "\n"}', "body_not_json"),
        (b"", "body_not_json"),
        (b'"\xff"', "body_not_utf8"),
        (b'"\xed\xa0\x80"', "body_not_utf8"),
        (b'{"n": "\\ud800x"}', "text_not_storable"),
        (b'{"\\udc00": 1}', "text_not_storable"),
        (b'{"n": ["a\\u0000b"]}', "text_not_storable"),
        (b'{"n": ' + b"1" * 41 + b"}", "body_too_complex"),
        (b'{"n": 1' + b"0" * 5000 + b"}", "body_too_complex"),
        (b'{"n": 1e' + b"9" * 50 + b"}", "body_too_complex"),
    ],
)
def test_what_readers_would_take_differently_is_refused(raw: bytes, code: str) -> None:
    assert refused(raw).code == code


@pytest.mark.parametrize(
    "number", ["1e3", "1E3", "35e+3", "1.5e1", "-0", "-0.0", "-0.00", "0e0", "1e400"]
)
def test_a_number_is_written_out(number: str) -> None:
    error = refused(b'{"a": [{"b": ' + number.encode() + b"}]}")
    assert error.code == "validation_failed"
    assert [(each.field, each.code) for each in error.faults.named] == [
        ("/a/0/b", "number_written")
    ]


@pytest.mark.parametrize(
    "number", ["0.1234567890123456", "123456789012345.6", "0.30000000000000001"]
)
def test_a_fraction_has_no_more_digits_than_every_reader_keeps(number: str) -> None:
    """Else one reader rounds it to another amount than the next."""
    assert [each.code for each in refused(number.encode()).faults.named] == ["number_written"]


@pytest.mark.parametrize(
    "number", ["9007199254740993", "0.00000123456789", "0", "0.0", "10", "-10", "-0.5", "1000.50"]
)
def test_a_number_that_is_written_out_is_read(number: str) -> None:
    assert parsed(number.encode()) == float(number)


def test_what_is_plain_is_read() -> None:
    raw = '{"a": ["\\u0041\\ud83d\\ude00", -1.5, true, null, {"سلمى": "\\\\u0000"}]}'.encode()
    assert parsed(raw) == {"a": ["A😀", -1.5, True, None, {"سلمى": "\\u0000"}]}


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * LARGE_STEP_BODY,
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
        b'{"a":' * (LARGE_STEP_BODY // 5),
        b"[" + b"1," * MOST_VALUES + b"1]",
        b"[" + b"1," * (LARGE_STEP_BODY // 2 - 2) + b"1]",
        b"{" + b",".join(b'"%d":1' % number for number in range(40_000)) + b"}",
    ],
    ids=["deep", "just too deep", "deep objects", "just too many", "many entries", "many members"],
)
def test_what_would_be_dear_is_refused_at_once(raw: bytes) -> None:
    began = time.process_time()
    assert refused(raw).code in {"body_too_complex", "body_not_json"}
    assert time.process_time() - began < 0.1


def test_text_is_storable_without_nul_and_half_pairs() -> None:
    assert is_storable("سلمى 😀")
    assert not is_storable("a\x00")
    assert not is_storable("\ud83d")
