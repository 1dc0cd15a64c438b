"""Findings, kept as rows: what several streams have at one time and one may have.

A finding begins when the second of its streams comes to stand (the first, where one says it by
itself), and ends when there are too few again. It is made anew from its grounds, all of them, when
one of its streams changes: what is found is read, and not what exists.
"""

from datetime import date
from uuid import UUID

from domain.message import Message
from domain.values.findings import ALONE, OF_THREE, FindingCode
from projections.gathering import Gathered
from projections.view import View
from projections.views.grounds import grounds

SEVERAL = 2
"""So many streams with the same thing make a finding, unless it stands alone, or takes three."""


class Found(Message):
    """A finding, and on how many streams it rests."""

    finding_id: UUID
    code: FindingCode
    since: date
    """The day on which the second was recorded, or the only one."""
    until: date | None
    """The day on which what ended it was recorded; null while it is open."""
    streams: int


found = View(
    "findings",
    Found,
    key=["finding_id"],
    owner="finding_id",
    indexes=[["since", "finding_id"], ["streams"]],
)

_ALONE, _THREE = (", ".join(f"'{each}'" for each in sorted(some)) for some in (ALONE, OF_THREE))
_NEEDED = f"CASE WHEN code IN ({_ALONE}) THEN 1 WHEN code IN ({_THREE}) THEN 3 ELSE {SEVERAL} END"
_MADE = f"""
WITH by_stream AS (
    SELECT
        finding_id, max(code) AS code, min(position) AS begun, min(known_on) AS begun_on,
        CASE WHEN count(ended) = count(*) THEN max(ended) END AS ended,
        CASE WHEN count(ended) = count(*) THEN max(until) END AS ended_on
    FROM grounds {{some}}
    GROUP BY finding_id, name
),
shared AS (
    SELECT finding_id FROM by_stream GROUP BY finding_id
    HAVING count(*) >= {SEVERAL} OR max(code) IN ({_ALONE})
),
turns AS (
    SELECT finding_id, code, begun AS place, begun_on AS day, 1 AS step FROM by_stream
    WHERE finding_id IN (SELECT finding_id FROM shared)
    UNION ALL
    SELECT finding_id, code, ended, ended_on, -1 FROM by_stream
    WHERE ended IS NOT NULL AND finding_id IN (SELECT finding_id FROM shared)
),
standing AS (
    SELECT
        finding_id, code, day, step,
        {_NEEDED} AS needed,
        sum(step) OVER (
            PARTITION BY finding_id ORDER BY place, step ROWS UNBOUNDED PRECEDING
        ) AS many
    FROM turns
)
SELECT
    finding_id, code,
    min(CASE WHEN step = 1 AND many >= needed THEN day END) AS since,
    CASE WHEN sum(step) < min(needed)
        THEN max(CASE WHEN step = -1 AND many = needed - 1 THEN day END) END AS until,
    sum(CASE WHEN step = 1 THEN 1 ELSE 0 END) AS streams
FROM standing
GROUP BY finding_id, code
HAVING max(CASE WHEN step = 1 AND many >= needed THEN 1 ELSE 0 END) = 1
"""  # noqa: S608 (names and numbers of ours)

_SHARED = f"""
SELECT finding_id FROM grounds GROUP BY finding_id HAVING min(name) < max(name)
UNION SELECT finding_id FROM grounds WHERE code IN ({_ALONE})
"""  # noqa: S608 (codes of ours)

FOUND = Gathered(found, of=grounds, key="finding_id", many="streams", made=_MADE, shared=_SHARED)
