"""An example body for every step: one made-up person's way, which a test walks from end to end.

Ids stand for those that earlier answers gave; all else passes as it stands.
"""

from typing import Any

BENEFICIARY = "0f8b7a52-1d7e-5c1a-9a57-3c1c1f0c8a01"
CASEWORKER = "5b1f1d0e-8b0a-5d6b-8a86-7a2f6a1e9b02"
COORDINATOR = "a3f0c7d4-6f4e-5f0e-b1c8-2c9d3b7f4e03"
AGREEMENT = "c9d3b7f4-2c1e-5a7b-9d40-8e6f5a4b3c04"
CEREMONY = "e6f5a4b3-9d40-5c2d-8b1a-7f6e5d4c3b05"
ACCESS_KEY = "f4e3d2c1-8b1a-5e4f-a2b3-6c5d4e3f2a06"

Body = dict[str, Any]

_REGISTRATION: Body = {
    "occurred_on": "2023-01-09",
    "name_ar": "سلمى المثال",
    "name_latin": "Salma Elmithal",
    "sex": "female",
    "birth_date": "1991-05-17",
    "identity": {"kind": "national_card", "number": "ZZ000001", "expires_on": "2031-05-17"},
    "phone": "+212 600 000 001",
    "contacts": [{"name": "Amina Elmithal", "relation": "sister", "phone": "+212 600 000 002"}],
    "language": "darija",
    "may_leave_message": True,
}

OFFICE: dict[str, Body] = {
    "register-centre": {
        "occurred_on": "2020-01-01",
        "centre": "taza",
        "code": "TAZ",
        "name_fr": "Centre d'accompagnement et de réinsertion de Taza",
        "name_ar": "مركز المصاحبة وإعادة الإدماج بتازة",
        "catchment": [{"province": "taza", "since": "2015-01-01"}],
    },
    "register-staff": {
        "occurred_on": "2020-01-02",
        "label": "taza-caseworker-1",
        "role": "caseworker",
        "centre": "taza",
    },
    "issue-access-key": {"occurred_on": "2020-01-02", "staff_id": CASEWORKER},
    "revoke-access-key": {"occurred_on": "2024-01-02", "key_id": ACCESS_KEY},
}

MONEY: dict[str, Body] = {
    "sign-agreement": {
        "occurred_on": "2024-01-15",
        "parties": ["Foundation", "Province of Taza", "INDH"],
        "province": "taza",
        "season": {"label": "2024", "starts_on": "2024-01-01", "ends_on": "2024-12-31"},
        "funding_source": "indh_precarious",
        "signed_at": "Taza, siège de la province",
        "envelope": "350000.00",
        "planned_places": 10,
    },
    "amend-agreement": {
        "occurred_on": "2024-02-12",
        "envelope": "400000.00",
        "planned_places": 11,
        "explanation": "The province adds one project.",
    },
    "allow-more-places": {
        "occurred_on": "2024-02-19",
        "places": 1,
        "explanation": "Two people share one workshop.",
    },
    "record-funds-received": {
        "occurred_on": "2024-02-26",
        "amount": "200000.00",
        "reference": "virement 2024/88",
    },
    "close-agreement": {
        "occurred_on": "2025-01-31",
        "repaid": "1500.00",
        "explanation": "The season is over.",
    },
    "schedule-ceremony": {
        "occurred_on": "2024-06-20",
        "province": "taza",
        "city": "Taza",
        "place": "siège de la province",
        "held_on": "2024-07-16",
        "presided_by": "the governor of the province",
    },
    "postpone-ceremony": {
        "occurred_on": "2024-06-27",
        "held_on": "2024-07-18",
        "explanation": "The hall is taken on that day.",
    },
    "cancel-ceremony": {"occurred_on": "2024-06-28", "explanation": "Joined with another one."},
    "record-ceremony-held": {
        "occurred_on": "2024-07-18",
        "attended": ["the president of the province's council", "the prison's director"],
    },
}

IDENTITY: dict[str, Body] = {
    "register-beneficiary": _REGISTRATION,
    "change-details": _REGISTRATION
    | {"occurred_on": "2023-01-16", "name_latin": "Salma El Mithal"},
    "request-erasure": {"occurred_on": "2025-09-01"},
    "approve-erasure": {"occurred_on": "2025-09-02"},
}

INTAKE: dict[str, Body] = {
    "open-case": {
        "occurred_on": "2023-01-10",
        "beneficiary_id": BENEFICIARY,
        "route": "detention",
        "centre": "taza",
        "province": "taza",
        "caseworker": CASEWORKER,
        "consent": {"messages": True},
    },
    "record-social-enquiry": {
        "occurred_on": "2023-01-20",
        "household_size": 5,
        "has_housing": True,
        "findings": "The mother keeps a room ready.",
    },
    "rule-on-eligibility": {
        "occurred_on": "2023-01-27",
        "eligible": True,
        "criteria": [
            {"criterion": "vulnerability", "met": True},
            {"criterion": "conduct", "met": True},
        ],
        "reasons": "No income, and a steady course inside.",
    },
}

CUSTODY: dict[str, Body] = {
    "record-detention-status": {
        "occurred_on": "2023-01-30",
        "status": "sentenced",
        "detained_since": "2021-03-30",
        "expected_release": "2024-06-28",
        "prison": "a prison of the region",
        "detention_number": "000001",
    },
    "record-prison-transfer": {"occurred_on": "2023-02-15", "prison": "another prison"},
    "change-expected-release": {
        "occurred_on": "2023-03-01",
        "expected_release": "2024-05-31",
        "reason": "Recounted by the prison's clerk.",
    },
    "record-pardon": {
        "occurred_on": "2023-07-30",
        "pardon": "reduction",
        "expected_release": "2024-03-29",
    },
    "record-education": {
        "occurred_on": "2023-09-15",
        "level": "literacy",
        "started_on": "2022-10-03",
        "result": "completed",
        "certificate": True,
    },
    "record-pre-release-review": {
        "occurred_on": "2023-12-28",
        "review": "pre_release/90/2024-03-29",
        "findings": "Housing is settled, papers are not.",
    },
    "record-release": {"occurred_on": "2024-03-29", "release": "end_of_sentence"},
}

NEEDS: dict[str, Body] = {
    "assess-needs": {
        "occurred_on": "2023-02-06",
        "form": "needs-1",
        "areas": {"accommodation": "met", "education_skills_work": "not_started"},
        "remarks": "Wears glasses for close work.",
    },
    "agree-plan": {
        "occurred_on": "2023-02-20",
        "trade_wished": "sewing",
        "qualifications": ["sewing"],
        "goals": ["A workshop of her own within a year of release."],
    },
    "open-track": {"occurred_on": "2023-03-06", "track": "self_employment"},
}

TRAINING: dict[str, Body] = {
    "enrol-in-training": {
        "occurred_on": "2024-04-08",
        "trade": "sewing",
        "provider": "ISTA Taza",
        "planned_end": "2024-05-17",
    },
    "complete-training": {"occurred_on": "2024-05-17", "result": "passed", "certificate": True},
    "drop-out-of-training": {"occurred_on": "2024-04-19", "explanation": "Found day work."},
    "waive-training": {
        "occurred_on": "2024-04-22",
        "explanation": "Ten years in the trade.",
        "evidence": "Certificate of a former employer.",
    },
}

APPROVAL: dict[str, Body] = {
    "propose-project": {
        "occurred_on": "2024-05-20",
        "trade": "sewing",
        "items": [
            {"label": "industrial sewing machine", "quantity": 1, "estimated": "21500.50"},
            {"label": "overlock machine", "quantity": 1, "estimated": "8499.50"},
        ],
        "premises": "family",
        "own_contribution": "1000.00",
        "permits": ["none needed"],
        "address": "Taza, at the family's house",
    },
    "record-coaching": {
        "occurred_on": "2024-05-22",
        "provider": "ANAPEC",
        "remarks": "Knows her prices well.",
    },
    "record-study": {
        "occurred_on": "2024-05-27",
        "provider": "ANAPEC",
        "technically_sound": True,
        "financially_sound": True,
        "recommended_amount": "32000.00",
    },
    "submit-to-session": {
        "occurred_on": "2024-05-29",
        "agreement_id": AGREEMENT,
        "session_on": "2024-06-10",
    },
    "record-decision": {
        "occurred_on": "2024-06-11",
        "decision": "approve",
        "session_on": "2024-06-10",
        "minutes": "2024/17",
        "equipment_amount": "30000.00",
        "cash_grant": "2000.00",
    },
    "sign-undertaking": {"occurred_on": "2024-06-13"},
    "end-approval": {"occurred_on": "2024-06-17", "explanation": "She chose another trade."},
}

DELIVERY: dict[str, Body] = {
    "order-equipment": {
        "occurred_on": "2024-06-14",
        "supplier": "a supplier in Taza",
        "contract": "2024/31",
        "prices": [{"item": 1, "price": "21500.50"}, {"item": 2, "price": "8499.50"}],
    },
    "receive-equipment": {"occurred_on": "2024-07-04", "items": [1, 2]},
    "record-payment": {"occurred_on": "2024-07-05", "amount": "30000.00", "invoice": "F-2024-112"},
    "place-on-ceremony": {"occurred_on": "2024-07-08", "ceremony_id": CEREMONY},
    "take-off-ceremony": {"occurred_on": "2024-07-08"},
    "confirm-delivery": {
        "occurred_on": "2024-07-18",
        "items": [{"item": 1, "serials": ["SN-0001"]}, {"item": 2, "serials": ["SN-0002"]}],
        "cash": [{"amount": "2000.00", "cheque": "0000123"}],
        "received_by": "holder",
    },
    "formalise-business": {
        "occurred_on": "2024-07-25",
        "form": "auto_entrepreneur",
        "registered_as": "AE 000001",
    },
}

FOLLOW_UP: dict[str, Body] = {
    "record-visit": {
        "occurred_on": "2024-10-17",
        "review": "visit/3/2024-07-18",
        "project": "running",
        "equipment": "in_use",
        "monthly_income": "3200.00",
        "people_employed": 1,
        "remarks": "Sews for two shops.",
    },
    "reschedule-visit": {
        "occurred_on": "2025-03-31",
        "review": "visit/9/2024-07-18",
        "due_on": "2025-04-25",
    },
}

ANYWHERE: dict[str, Body] = {
    "record-contact": {
        "occurred_on": "2024-04-03",
        "channel": "at_centre",
        "outcome": "reached",
        "note": "Came with her sister.",
    },
    "add-note": {"occurred_on": "2024-04-04", "text": "Asks for help with the national card."},
    "exempt-review": {
        "occurred_on": "2025-01-10",
        "review": "visit/6/2024-07-18",
        "because": "health",
        "explanation": "In hospital for a week.",
    },
    "clear-exemption": {"occurred_on": "2025-01-20", "review": "visit/6/2024-07-18"},
    "pause-case": {"occurred_on": "2024-04-05", "explanation": "Travels to her family."},
    "resume-case": {"occurred_on": "2024-04-06"},
    "assign-caseworker": {"occurred_on": "2024-04-07", "caseworker": CASEWORKER},
    "close-case": {
        "occurred_on": "2025-06-30",
        "outcome": "project_running",
        "explanation": "The workshop feeds the family.",
    },
    "reopen-case": {"occurred_on": "2025-06-30", "explanation": "Closed by mistake."},
}

EXAMPLES: dict[str, Body] = {
    **OFFICE,
    **MONEY,
    **IDENTITY,
    **INTAKE,
    **CUSTODY,
    **NEEDS,
    **TRAINING,
    **APPROVAL,
    **DELIVERY,
    **FOLLOW_UP,
    **ANYWHERE,
}
"""Step name → an example body."""
