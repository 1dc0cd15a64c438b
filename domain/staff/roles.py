"""What the roles of staff stand for."""

from domain.message import Role

HELD_BY_PEOPLE = frozenset(Role) - {Role.TIMER, Role.OPERATOR}
"""The roles that a person can hold."""

BOUND_TO_A_CENTRE = frozenset({Role.CASEWORKER, Role.COORDINATOR})

READING_PERSONS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.AUDITOR})
"""The roles that read what is personal, judicial or about somebody's health."""
