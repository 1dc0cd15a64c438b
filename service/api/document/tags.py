"""What operations are about, in the order in which somebody comes to it."""

from collections.abc import Mapping

TAGS: Mapping[str, str] = {
    "cases": "The caseload, one case, what happened in it, and what fell due.",
    "case: intake": "A case is opened, the household is visited, eligibility is ruled on.",
    "case: custody": "Detention, transfers, pardons, education inside, releases, and what binds in freedom.",
    "case: needs and plan": "What the person needs, and the plan they agree to.",
    "case: training": "Training in a trade, outside, or why none is needed.",
    "case: project approval": "A project is proposed, revised, studied, submitted, decided.",
    "case: equipment delivery": "Equipment is ordered, paid, received, and handed over.",
    "case: follow up": "Visits after the delivery, and the business made formal.",
    "case: anywhere": "What can be done at any stage: contacts, notes, a pause, closing.",
    "case: requests": "The answers of a second person to what one asked for about a case.",
    "case: mending": "Entries of a case are corrected, or retracted.",
    "case: mending money": "What moved money, as it really was: each is compensated at once.",
    "beneficiaries": "Who the people are.",
    "merging": "One person registered twice is merged, by two people, or parted again.",
    "erasure": "A person's data is erased: one asks, another confirms.",
    "agreements": "The money: what is signed, received, committed, spent.",
    "requests": "What one person asked for, and another confirms or refuses.",
    "projects": "What became of one project.",
    "orders": "Orders of equipment, of one project or of a whole list: received, paid, undone.",
    "sessions": "Sessions of committees, and what was put to them.",
    "ceremonies": "Handover ceremonies and their lists.",
    "papers out": "Papers to sign and to carry, as PDF, in Arabic and French.",
    "papers": "Papers that are kept: sent, attached by a step, listed, and had.",
    "findings": "What stands in the records and should be looked at.",
    "reports": "What was delivered, counted.",
    "office": "Staff, centres, places, your own standing, and receipts.",
    "administration": "Centres and staff are registered, access keys issued and revoked.",
    "operation": "Health, readiness, metrics, and what the problems mean. Most need no key.",
}
