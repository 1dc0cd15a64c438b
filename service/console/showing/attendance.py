"""Where the list of who came on a day is."""

from datetime import date
from uuid import UUID


def list_at(cohort_id: UUID, day: date) -> str:
    return f"/cohorts/{cohort_id}/attendance/{day}"
