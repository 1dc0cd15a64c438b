"""The rules, by the kind of stream whose history each reads; and which events are kept for them."""

from collections.abc import Mapping
from datetime import date

from domain.checks import (
    exempted,
    long_after,
    near_ceiling,
    one_device,
    one_phone,
    too_early,
    wordless,
)
from domain.checks.long_after import is_late, may_be_late
from domain.checks.looking import Rule
from domain.events.stored import EVENTS
from domain.message import Event, Recorded, StreamKind

OF_EVERY_ASKING = (one_device.RULE,)
RULES: Mapping[StreamKind, tuple[Rule, ...]] = {
    StreamKind.CASE: (
        *OF_EVERY_ASKING,
        too_early.RULE,
        long_after.RULE,
        near_ceiling.RULE,
        wordless.RULE,
        exempted.RULE,
    ),
    StreamKind.AGREEMENT: OF_EVERY_ASKING,
    StreamKind.BENEFICIARY: (*OF_EVERY_ASKING, one_phone.RULE),
}


def _read(rules: tuple[Rule, ...]) -> frozenset[type[Event]]:
    """The types that these rules name, and those made from them."""
    named = tuple(each for rule in rules for each in rule.reads)
    return frozenset(each for each in EVENTS.values() if issubclass(each, named))


_LATE = frozenset(kind for kind, rules in RULES.items() if long_after.RULE in rules)
_READ = {kind: _read(rules) for kind, rules in RULES.items()}


def is_read(kind: StreamKind, recorded: Recorded) -> bool:
    """Whether a rule may need it: the others of a stream need not be kept for the checks."""
    read = _READ.get(kind)
    if read is None:
        return False
    about = recorded.envelope
    if about.version == 1 or type(recorded.event) in read:
        return True
    return kind in _LATE and may_be_late(recorded) and is_late(recorded, date.min)
