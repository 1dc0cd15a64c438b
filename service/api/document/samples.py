"""What each problem looks like: its own text, with the example's numbers, dates and codes."""

import json
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from domain.errors import Param
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE, ITEMS
from domain.rules import FundingSource
from domain.values.codes import EntryKind
from domain.values.money import total
from service.api.edge.limits import DEEPEST, LONGEST_NUMBER, MOST_VALUES, STEP_BODY
from service.problems.faults import Fault, Faults
from service.problems.problem import NO_FAULTS, Rejected, body_of, problem_of
from service.queries.exchange import MOST as MOST_ENTRIES
from service.queries.papers_out.printing import MOST_SHEETS
from service.words.language import Language
from service.words.store import words

GOODS = total(item.price for item in ITEMS)
PARAMS: Mapping[str, Param] = {
    "actual": 12,
    "asked": str(GOODS),
    "body": 20,
    "by": 17,
    "centre": EXAMPLE.centre,
    "centre_ar": register_centre().name_ar,
    "centre_fr": register_centre().name_fr,
    "code": "TAZ",
    "committed": str(EXAMPLE.cost),
    "contracted": "21500.50",
    "recovered": "1500.00",
    "cash": "2000.00",
    "cost": str(GOODS),
    "date": str(EXAMPLE.delivered_on),
    "age": 16,
    "year": "2023/2024",
    "days": 40,
    "depth": DEEPEST,
    "digits": LONGEST_NUMBER,
    "earliest": str(EXAMPLE.released_on),
    "entries": f"14 sign-undertaking {EXAMPLE.day(390)}; 18 record-circumstances {EXAMPLE.day(393).replace(day=1)}",
    "entry": 14,
    "ended_on": str(EXAMPLE.delivered_on),
    "expected": 11,
    "fee": "0.00",
    "head": 4096,
    "sealed": 4096,
    "header": "idempotency-key",
    "held_on": str(EXAMPLE.delivered_on),
    "gone": "12000.00",
    "incident": 1,
    "invoice": "F-001",
    "in_hand": "1500.00",
    "item": 2,
    "items": len(ITEMS),
    "kind": EntryKind.SUPPLIER,
    "goes_by": "supplier-taza",
    "partner": "school-taza",
    "rule": "visit_months",
    "version": "v2",
    "kinds": EntryKind.SUPPLIER,
    "last": str(EXAMPLE.delivered_on),
    "least": "2000.00",
    "lacking": "800.00",
    "latest": str(EXAMPLE.delivered_on),
    "left": str(ITEMS[0].price),
    "limit": STEP_BODY,
    "line": 1,
    "lines": 3,
    "meets_on": str(EXAMPLE.session_on),
    "count": 500,
    "times": 2,
    "log_entries": MOST_ENTRIES,
    "most": "50000.00",
    "movement": 1,
    "number": 1,
    "oldest": 34,
    "ordered": 120,
    "paid": str(ITEMS[0].price),
    "parts": MOST_VALUES,
    "sheets": MOST_SHEETS,
    "payment": 1,
    "places": 40,
    "planned": str(ITEMS[0].price),
    "position": 4097,
    "price": str(ITEMS[0].price),
    "province": EXAMPLE.province,
    "received": "200000.00",
    "recommended": str(EXAMPLE.cost),
    "reference": "5f0c2a52",
    "refund": 1,
    "review": EXAMPLE.visit_key(3),
    "room": "21500.00",
    "seconds": 90,
    "sent_by": f"{EXAMPLE.delivered_on}T09:30:00Z",
    "since": str(EXAMPLE.released_on),
    "source": str(FundingSource.INDH_INCOME),
    "steps": "correct-payment,reverse-payment",
    "taken": 12,
    "to_come": str(EXAMPLE.cost),
    "tranche": 3,
    "tranches": 2,
    "tries": 10,
    "where": "content.occurred_on",
    "until": str(EXAMPLE.released_on),
    "years": 5,
    "youngest": 18,
}
"""By the name that a text has for it."""
APART: Mapping[str, Mapping[str, Param]] = {"request_too_slow": {"head": 10}}
"""Where a code's text has another thing by that name."""
FAULTS: Mapping[str, Faults] = {"validation_failed": Faults.of([Fault("/occurred_on", "missing")])}
"""What is wrong with fields, for the code that says so."""


def problem_samples(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """A problem of each code, as OpenAPI has examples, in English."""
    return {code: _sample(code) for code in codes}


def spoken_of(code: str) -> list[str]:
    """The names of what the code's text speaks of."""
    detail = words(Language.ENGLISH).problem[code]["detail"]
    return [name for _, name, _, _ in Formatter().parse(detail) if name]


def _sample(code: str) -> dict[str, Any]:
    known = {**PARAMS, **APART.get(code, {})}
    params = {name: known[name] for name in spoken_of(code) if name in known}
    rejected = Rejected(code, FAULTS.get(code, NO_FAULTS), **params)
    problem = problem_of(rejected, Language.ENGLISH)
    return {"summary": problem.title, "value": json.loads(body_of(problem))}
