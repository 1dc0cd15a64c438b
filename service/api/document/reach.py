"""Which problems a function can come to: the codes and conditions it names, and all it calls.

Read off the compiled code, so that no list beside a rule must be kept up. It follows functions of
this project, also into others they are handed or keep; it does not follow methods of objects.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

from domain.errors import JisrError, Refused
from domain.steps.conditions import Condition
from service.problems.table import STATUS

OURS = ("domain", "ledger", "projections", "service")
TOO_GENERAL = (JisrError, Refused)
"""Their own codes say nothing: they are raised with another."""


def codes_of(*begin: Any) -> frozenset[str]:
    """The codes of the table that these functions name, or what they call."""
    found: set[str] = set()
    seen: set[FunctionType] = set()
    left = [each for one in begin for each in _functions_in(one)]
    while left:
        function = left.pop()
        if function in seen:
            continue
        seen.add(function)
        codes, called = _read(function)
        found |= codes
        left += called
    return frozenset(found)


@cache
def _read(function: FunctionType) -> tuple[frozenset[str], tuple[FunctionType, ...]]:
    """The codes that it names itself, and the functions it can call."""
    codes: set[str] = set()
    called: list[FunctionType] = []
    for value in _named(function):
        if isinstance(value, str):
            codes |= {value} & STATUS.keys()
        elif isinstance(value, type) and issubclass(value, JisrError):
            codes |= set() if value in TOO_GENERAL else {value.code} & STATUS.keys()
        elif isinstance(value, tuple):
            codes |= {each.code for each in value if isinstance(each, Condition)}
            codes |= {each for each in value if isinstance(each, str)} & STATUS.keys()
        else:
            called += _functions_in(value)
    return frozenset(codes), tuple(called)


def _named(function: FunctionType) -> Iterator[Any]:
    """All that its code names: constants, globals, what stands in modules, what it encloses."""
    for cell in function.__closure__ or ():
        yield from _kept_in(cell.cell_contents)
    for code in _codes(function.__code__):
        yield from code.co_consts
        known = [function.__globals__.get(name) for name in code.co_names]
        yield from known
        for module in known:
            if isinstance(module, ModuleType) and _is_ours(module.__name__):
                yield from (vars(module).get(name) for name in code.co_names)


def _kept_in(value: Any) -> Iterator[Any]:
    """It, and what a tuple or one of our own records keeps: a rule stands in its row."""
    yield value
    if isinstance(value, tuple):
        inside: Iterable[Any] = value
    elif is_dataclass(value) and not isinstance(value, type):
        inside = (getattr(value, each.name) for each in fields(value))
    else:
        return
    for each in inside:
        yield from _kept_in(each)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """It, and what is written inside it: comprehensions, lambdas."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _functions_in(value: Any) -> Iterator[FunctionType]:
    wrapped: Callable[..., Any] = getattr(value, "__wrapped__", value)
    for each in (wrapped,) if wrapped is value else (wrapped, value):  # what a decorator adds too
        if isinstance(each, FunctionType) and _is_ours(each.__module__):
            yield each


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in OURS
