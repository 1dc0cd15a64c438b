"""What each operation can be refused with: codes of the table, by the status they come with.

Most problems can meet any request, or any step. Those of the rest (403, 404, 409, 422) are what
an operation's own code names (`reach.py`): a step's conditions and its rule, a query and its scope.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from http import HTTPStatus
from typing import Any

from fastapi.routing import APIRoute

from domain.agreement.decide import require_room
from domain.commands import HANDLINGS
from domain.message import Step, StreamKind
from domain.steps.handling import Handling
from domain.tracks.self_employment.decide import approval, delivery, recovery
from domain.tracks.table import TRACKS
from service.access.scope import SEEN
from service.access.table import PUBLIC, QUERIES, SENDING
from service.api.document.reach import codes_of
from service.api.steps.endpoint import StepRoute
from service.papers.taking import ATTACHING
from service.printing.pdf import Pdf
from service.problems.problem import MEDIA_TYPE
from service.problems.table import STATUS

OF_THE_OPERATION = frozenset({403, 404, 409, 422})
"""Statuses whose codes are looked for in the operation's own code."""
OF_NO_OPERATION = frozenset({405})
"""Answered at an address and not to an operation of it."""
AT_THE_EDGE = frozenset({406, 408, 413, 414, 431})
"""Statuses that meet any request, also one that shows no key."""
TO_ANYBODY = frozenset({"host_missing", "request_malformed", "unexpected", "validation_failed"})
"""What meets any request, of the other statuses."""
OF_BODIES = frozenset({"body_not_json", "body_not_utf8", "media_type_unsupported"})
"""Of what can meet whoever shows a key, what meets those alone who send a body."""
OF_STEPS = frozenset(
    {
        *("device_malformed", "idempotency_key_malformed", "idempotency_key_missing"),
        *("if_match_malformed", "stale_version"),
        *("clock", "clock_behind", "clock_far_ahead", "clock_leapt", "clock_off_database"),
        *("credential_ended", "order_expired", "ledger_lost", "seal_broken"),
    }
)
"""… and what meets steps alone."""
OF_QUERIES = frozenset({"views_behind", "views_moved", "projector_busy", "rebuild_broken"})
"""… and what meets questions alone."""
OF_PRINTING = frozenset({"printing_busy"})
"""… and what meets those alone who have something printed."""
IN_BODIES = frozenset({"body_too_complex", "text_not_storable"})
"""What is said of the content of any body."""
TO_ANY_STEP = frozenset(
    {
        *("not_allowed", "other_centre", "not_found"),
        *("refused", "upgrade_unfinished"),
        *("key_reused", "rests_on_it", "validation_failed"),
        *IN_BODIES,
    }
)
TO_ANY_QUERY = frozenset({"not_allowed", "validation_failed"})
WAITING = frozenset({"position_unknown", "views_behind"})
"""Of a question that takes `at_least`."""
OF_RESTING = frozenset({"restricted_to_coordinator"})
"""Of somebody whose data is restricted, and of a case that rests because its person asked for that."""
THAT_REST = frozenset({StreamKind.CASE, StreamKind.BENEFICIARY})
OF_MENDING = frozenset(
    {
        *("entry_not_found", "entry_already_mended", "entry_of_the_house"),
        *("mended_otherwise", "mended_by_coordinator"),
        *("beneficiary_has_open_case", "approval_still_open", "ended_track_owed"),
    }
)
OF_PAPERS = frozenset(
    {
        *("paper_acts", "paper_ambiguous", "paper_broken", "paper_empty", "paper_locked"),
        *("paper_mislabelled", "paper_moves", "paper_too_many_pages", "paper_type_unknown"),
        *("paper_unfolds", "paper_not_kept"),
    }
)
OF_MONEY = (OF_MENDING - {"mended_by_coordinator"}) | {"correction_without_room"}


def _of_step(step: type[Step]) -> frozenset[str]:
    """Its conditions and its rule: a paper is sent where it could be attached."""
    row = HANDLINGS[step]
    return frozenset(each.code for each in row.when) | codes_of(row.rule)


BY_NAME: Mapping[str, frozenset[str]] = {
    "correct-entries": OF_MENDING
    | {"entry_named_twice", "correction_unreadable", "opening_of_another"}
    | {"centre_does_not_serve", "guardian_missing", "date_before_earlier_step"},
    "retract-entry": OF_MENDING
    | {"opened_in_error_instead", "ended_with_orders", "places_exhausted"}
    | {"correction_without_room", "agreement_closed_to_spending"},
    "correct-decision": OF_MONEY
    | {"money_rests_on_decision", "agreement_closed_to_spending", "history_incomplete"}
    | {"already_delivered"}
    | codes_of(approval.decided, require_room),
    "correct-recovery": OF_MONEY
    | {"stock_moved_since", "recovery_not_decided", "agreement_closed_to_spending"}
    | {"agreement_not_named", "recovery_exceeds_delivered", "problem_already_resolved"}
    | {"history_incomplete"}
    | codes_of(recovery.require_of_problem),
    "correct-delivery": OF_MONEY
    | {"told_of_item_since", "recovery_rests_on_delivery", "agreement_closed_to_spending"}
    | {"cash_exceeds_grant", "line_told_as_missed", "not_approved", "history_incomplete"}
    | codes_of(delivery.handed_over),
    "open-track": codes_of(*(tables.require for tables in TRACKS.values()))
    | {each.code for tables in TRACKS.values() for each in tables.when},
    **{f"send-{kind}-paper": OF_PAPERS | _of_step(step) for kind, step in ATTACHING.items()},
    "dismiss-finding": frozenset({"finding_not_found", "finding_of_yours"}),
    "reopen-finding": frozenset({"finding_not_found"}),
    "get-readiness": frozenset({"unavailable", "database_behind", "newer_release_needed"}),
    "get-metrics": frozenset({"unavailable"}),
}
"""What stands in methods, where `reach.py` does not look."""

Codes = Mapping[int, tuple[str, ...]]


def family_of(route: APIRoute) -> str | None:
    """Those that share most problems: steps, and questions; None for what needs no key."""
    if isinstance(route, StepRoute) or route.operation_id in SENDING:
        return "Step"
    if route.operation_id not in QUERIES:
        return None
    return "Query" if route.body_field is None else "Search"


def problems_of(route: APIRoute, *, waits: bool) -> Codes:
    """The codes the route's operation can answer, by status; `waits`: it takes `at_least`."""
    found = {*_own(route), *BY_NAME.get(str(route.operation_id), ())}
    match family_of(route):
        case "Step":
            found |= TO_ANY_STEP | (_at_any_door() - OF_QUERIES)
        case "Query":
            found |= TO_ANY_QUERY | (_at_any_door() - OF_STEPS - OF_BODIES - WAITING)
        case "Search":
            found |= TO_ANY_QUERY | IN_BODIES | (_at_any_door() - OF_STEPS - WAITING)
        case _:
            found |= TO_ANYBODY | {c for c, status in STATUS.items() if status in AT_THE_EDGE}
    found |= WAITING if waits else frozenset()
    found |= OF_PRINTING if route.response_class is Pdf else frozenset()
    by_status: dict[int, list[str]] = {}
    for code in sorted(found):
        by_status.setdefault(STATUS[code], []).append(code)
    return {status: tuple(codes) for status, codes in sorted(by_status.items())}


def _at_any_door() -> frozenset[str]:
    """What can meet anybody who shows a key, whatever they ask for."""
    elsewhere = OF_THE_OPERATION | OF_NO_OPERATION
    codes = frozenset(code for code, status in STATUS.items() if status not in elsewhere)
    return codes - OF_PRINTING


def _own(route: APIRoute) -> frozenset[str]:
    """What the operation's own code names."""
    name = str(route.operation_id)
    if isinstance(route, StepRoute):
        handling: Handling = HANDLINGS[route.operation.step]
        conditions = frozenset(condition.code for condition in handling.when)
        parts = (getattr(handling, each.name) for each in fields(handling))
        resting = OF_RESTING if handling.kind in THAT_REST else frozenset()
        return resting | conditions | codes_of(*parts, *_methods(type(handling)))
    scope = [] if name in PUBLIC or name not in QUERIES else [SEEN[QUERIES[name].scope]]
    return codes_of(route.endpoint, *scope)


def _methods(cls: type) -> Iterator[Callable[..., Any]]:
    for each in cls.__mro__:
        yield from (value for value in vars(each).values() if callable(value))


def answer_of(status: int, codes: Iterable[str]) -> dict[str, Any]:
    """A problem's answer, as OpenAPI has it, with an example for each code."""
    return {
        "description": WORDS.get(status) or HTTPStatus(status).phrase,
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {code: {"$ref": f"#/components/examples/{code}"} for code in codes},
            }
        },
    }


WORDS: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "No valid access key",
    403: "This role or centre may not",
    404: "Nothing by that id",
    406: "Nothing of the kinds in `Accept` is answered",
    408: "It came too slowly",
    409: "The state of things forbids it now",
    410: "The person was erased",
    412: "Changed since the version in If-Match",
    413: "The body is too large",
    414: "The address is too long",
    415: "The body is not JSON",
    422: "The content would never pass",
    429: "Too many wrong keys came from this address: wait",
    431: "The head of the request is too long",
    500: "A fault of ours, with a reference",
    503: "A part is away: repeat it with the same Idempotency-Key",
    504: "The views have not come to `at_least` yet",
}
