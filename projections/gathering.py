"""Views gathered from another view's rows: one row for all that share a key, whosever they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from projections.view import View


@dataclass(frozen=True, slots=True)
class Gathered:
    """`view` has at most a row for each `key` of the rows of `of`; `many` of it is never 0.

    `made` is a query of `view`'s columns, in their order, with the place `{some}` for what leaves
    some of the rows of `of`. It says the same on both databases.
    """

    view: View[Any]
    of: View[Any]
    key: str
    many: str
    made: str
    shared: str
    """A query of the keys that may have a row, by the rows of `of` alone."""

    def mark(self, owners: str) -> str:
        """Before rows of these owners go: what was gathered from them is to be gathered again."""
        return (
            f"UPDATE {self.view.name} SET {self.many} = 0 "  # noqa: S608 (names of ours)
            f"WHERE {self.key} IN ({self._theirs(owners)})"
        )

    def gather(self, owners: str) -> str:
        """Once their rows are there: of what was marked, and of what they have now."""
        marked = f"SELECT {self.key} FROM {self.view.name} WHERE {self.many} = 0"  # noqa: S608
        some = f"WHERE {self.key} IN ({marked} UNION {self._theirs(owners)})"
        others = ", ".join(f"{each} = excluded.{each}" for each in self._others())
        again = f"ON CONFLICT ({self.key}) DO UPDATE SET {others}"
        return f"{self._insert(some)} {again}"

    @property
    def forget(self) -> str:
        """What was marked and not gathered again is no more."""
        return f"DELETE FROM {self.view.name} WHERE {self.many} = 0"  # noqa: S608 (names of ours)

    @property
    def gather_all(self) -> str:
        """Where nothing is gathered yet."""
        return self._insert(f"WHERE {self.key} IN ({self.shared})")

    def _insert(self, some: str) -> str:
        names = ", ".join(self.view.names)
        return f"INSERT INTO {self.view.name} ({names}) {self.made.format(some=some)}"

    def _theirs(self, owners: str) -> str:
        return f"SELECT {self.key} FROM {self.of.name} WHERE {self.of.owner} {owners}"  # noqa: S608

    def _others(self) -> Iterable[str]:
        return (name for name in self.view.names if name != self.key)
