"""`jisr` of a release whose views have one table more: run as `python -m tests.faults.reshaped up …`.

Its views are other ones than this release's, and stand beside them.
"""

# ruff: noqa: PLC0415 - the table is there before the views are counted
PROGRAM = "tests.faults.reshaped"


def become() -> None:
    from uuid import UUID

    from domain.message import Message
    from projections.view import View

    class Leaving(Message):
        case_id: UUID

    View("leavings", Leaving, key=["case_id"], owner="case_id")


if __name__ == "__main__":
    become()
    from tests.faults.hasty import run

    run()
