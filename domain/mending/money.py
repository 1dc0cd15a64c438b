"""The steps by which entries that moved money are mended, each compensated in the same commit."""

from domain.agreement import events as a
from domain.case import events as c
from domain.case import path as case
from domain.ceremony import events as g
from domain.mending.decision import correct_decision
from domain.mending.delivery import correct_delivery
from domain.mending.path import reads_person
from domain.mending.reading import reading
from domain.mending.recovery import correct_recovery, follows_stock
from domain.message import Role
from domain.project import events as p
from domain.project.funders import follows_funders
from domain.session import events as l
from domain.steps.table import Part, row
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.again import follows_fundings

COORDINATORS = frozenset({Role.COORDINATOR, Role.DIVISION})

LEFT_OUT = {"entry_number": "stands in `entries`, with all that was recorded with it"}


SETTLED = (a.ApprovalSettled, a.ApprovalUnsettled, a.FundsFreed, a.SavingReversed)

MENDING_MONEY = Part(
    "mending_money",
    (
        reading(
            row(
                s.CorrectDecision,
                *(c.EntriesMended, e.DecisionRecorded, l.LineDecided),
                *(p.ProjectEntriesMended, p.ProjectDecided),
                *(a.FundsCommitted, a.CommitmentCorrected, a.CommitmentReversed, *SETTLED),
                who=COORDINATORS,
                when=(case.EXISTS,),
                by=correct_decision,
                reads=reads_person,
                left_out=LEFT_OUT,
            ),
            also=follows_fundings,
        ),
        reading(
            row(
                s.CorrectDelivery,
                *(c.EntriesMended, e.DeliveryConfirmed, e.CeremonyMissed, e.TakenOffCeremony),
                *(p.ProjectEntriesMended, p.ItemsDelivered, g.LineCorrected),
                *(a.DeliveryCorrected, *SETTLED),
                who=COORDINATORS,
                when=(case.EXISTS,),
                by=correct_delivery,
                reads=reads_person,
                left_out=LEFT_OUT,
            ),
            also=follows_funders,
        ),
        reading(
            row(
                s.CorrectRecovery,
                *(c.EntriesMended, e.RecoveryRecorded, a.RecoveryCorrected, *SETTLED),
                *(p.ProjectEntriesMended, p.ItemsRecovered, p.HolderRefunded),
                who=COORDINATORS,
                when=(case.EXISTS,),
                by=correct_recovery,
                reads=reads_person,
                left_out=LEFT_OUT,
            ),
            also=follows_stock,
        ),
    ),
)
