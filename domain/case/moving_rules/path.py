"""The step that moves a case to another version of the rules: a supervisor's, while it is open."""

from domain.case.moving_rules.decide import adopt_rules, reads_registry
from domain.case.moving_rules.events import RulesAdopted
from domain.case.moving_rules.steps import AdoptRules
from domain.case.path import OPEN
from domain.message import Role
from domain.steps.table import row

MOVING_RULES = row(
    AdoptRules,
    RulesAdopted,
    who=frozenset({Role.COORDINATOR, Role.DIVISION}),
    when=(OPEN,),
    by=adopt_rules,
    reads=reads_registry,
)
