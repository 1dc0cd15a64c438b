"""The whole process on a page: the parts of a case's way, in order.

Each part's rows stand in the folder they belong to: what is about the person in
`case/path.py`, a track's own in `tracks/<track>/path.py`; `tracks/parts.py` puts them in order. A row says who may take a step,
under which conditions, by which rule, and what it makes. The API, the list of steps open
now, `jisr path` and the ledger all work from here.
"""

from domain.agreement.path import AGREEMENTS
from domain.batch.path import BATCHES
from domain.beneficiary.path import BENEFICIARIES
from domain.beneficiary.rights.path import RIGHTS
from domain.case.emergency.path import EMERGENCIES
from domain.case.referral.asking.path import ASKING
from domain.cohort.path import COHORTS
from domain.complaint.path import COMPLAINTS
from domain.dismissal.path import FINDINGS
from domain.erasure.path import ERASURE
from domain.handovers.path import CEREMONIES
from domain.mending.goods import MENDING_GOODS
from domain.mending.money import MENDING_MONEY
from domain.mending.path import MENDING
from domain.merging.path import MERGES
from domain.order.path import ORDERS
from domain.reception.path import RECEPTIONS
from domain.registry.centres.path import CENTRES
from domain.registry.path import REGISTRY
from domain.registry.rules.path import RULES_SET
from domain.session.path import SESSIONS
from domain.staff.calendar_link.path import CALENDAR_LINKS
from domain.staff.partners.path import PARTNERS
from domain.staff.path import STAFF
from domain.staff.reach.path import REACHING_STAFF
from domain.staff.standing_in.path import DELEGATIONS
from domain.steps.table import Part
from domain.tracks.parts import PARTS
from domain.upkeep.path import UPKEEP

PATH = (*PARTS, MENDING, MENDING_MONEY)
"""The way of one person."""

BESIDE = (
    BENEFICIARIES,
    MERGES,
    RIGHTS,
    ERASURE,
    AGREEMENTS,
    SESSIONS,
    Part(ORDERS.name, (*ORDERS.rows, *MENDING_GOODS.rows)),
    CEREMONIES,
    COHORTS,
    BATCHES,
    RECEPTIONS,
    COMPLAINTS,
    STAFF,
    DELEGATIONS,
    REACHING_STAFF,
    PARTNERS,
    CALENDAR_LINKS,
    ASKING,
    EMERGENCIES,
    Part(REGISTRY.name, (*REGISTRY.rows, *RULES_SET.rows)),
    CENTRES,
    UPKEEP,
    FINDINGS,
)
"""What is kept beside a case: who the people are, the money, the lists, the house itself."""
