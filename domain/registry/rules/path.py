"""The steps that set versions of the rules."""

from domain.message import Role
from domain.registry.rules.decide import add_rules
from domain.registry.rules.events import RulesAdded
from domain.registry.rules.steps import AddRules
from domain.steps.table import Part, row

RULES_SET = Part(
    "rules",
    (
        row(
            AddRules,
            RulesAdded,
            who=frozenset({Role.ADMINISTRATOR}),
            by=add_rules,
            left_out={"changes": "recorded as the terms that they come to"},
        ),
    ),
)
