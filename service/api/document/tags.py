"""What operations are about, in the order in which somebody comes to it."""

from collections.abc import Mapping

TAGS: Mapping[str, str] = {
    "cases": "The caseload, one case, what happened in it, and what fell due.",
    "case: intake": "A case is opened, the household is visited, eligibility is ruled on.",
    "case: custody": "Detention, transfers, pardons, education inside, and the release.",
    "case: needs and plan": "What the person needs, and the plan they agree to.",
    "case: training": "Training in a trade, outside, or why none is needed.",
    "case: project approval": "A project is proposed, studied, submitted, decided in session.",
    "case: equipment delivery": "Equipment is ordered, paid, received, and handed over.",
    "case: follow up": "Visits after the delivery, and the business made formal.",
    "case: anywhere": "What can be done at any stage: contacts, notes, a pause, closing.",
    "beneficiaries": "Who the people are.",
    "erasure": "A person's data is erased: one asks, another agrees.",
    "agreements": "The money: what is signed, received, committed, spent.",
    "projects": "What became of one project.",
    "ceremonies": "Handover ceremonies and their lists.",
    "reports": "What was delivered, counted.",
    "office": "Staff, centres, places, your own standing, and receipts.",
    "administration": "Centres and staff are registered, access keys issued and revoked.",
    "operation": "Health, readiness, metrics, and what the problems mean. Most need no key.",
}
