"""Forms that questions alone do not carry: rows from state, sums while filling, chains over streams.

What they ask and record is as of any other form (`pages/steps.py`). Where one is otherwise says its
`HandMade` (`asking.py`), all of whose hooks may be left out:

- `template`, `check`, `receipt`: its page, the check before it is recorded, its receipt;
- `facts`: what stands beside the questions; of it `amiss` and `complaints` send a page back;
- `known`: what it begins with;
- `says_all`: whether it is recorded without a check, whose page would say nothing new;
- `leads_to`: where it goes on in place of the receipt; `after`: what the receipt leads to.

Read `asking.py` first. Of accompaniment: `care.py`, then `visiting.py`, `entering.py`, `closing.py`.
Of people: `persons.py`, `needs.py`, `life_project.py`. Of a project: `project.py`. What mends:
`mending.py`, `merging.py`. The registry: `registering.py`. Staff: `reaching.py`. A session: `minutes.py`. A ceremony, as
its day goes: `place.py`, `hold.py`, `ceremony_held.py`. Of centres, and between
them: `centres.py`, `referral.py`.

No form of its own, but facts of several: `entries.py` (what an entry said), `resting.py` (what rests
on it), `following.py` (what will come of a step), `marks.py` (who did not come),
`session_lines.py` (a session's list), `plan_of_finance.py` (its sums), `visited.py` (what a visit asks
to raise).
"""

from collections.abc import Mapping

from service.console.hand_made import life_project, minutes, needs, project
from service.console.hand_made.asking import HandMade
from service.console.hand_made.care import CARE
from service.console.hand_made.centres import CENTRES
from service.console.hand_made.ceremony_held import CEREMONY_HELD
from service.console.hand_made.hold import HOLD
from service.console.hand_made.mending import MENDING
from service.console.hand_made.persons import PERSONS
from service.console.hand_made.place import PLACE
from service.console.hand_made.reaching import REACHING
from service.console.hand_made.referral import REFERRAL
from service.console.hand_made.registering import REGISTERING

HAND_MADE: Mapping[str, HandMade] = {
    "record-minutes": minutes.NUMBER,
    "record-decision": minutes.LINE,
    **CARE,
    **MENDING,
    **PERSONS,
    **REACHING,
    **REGISTERING,
    **project.FORMS,
    **CENTRES,
    **REFERRAL,
    "place-on-ceremony": PLACE,
    "confirm-delivery": HOLD,
    "record-ceremony-held": CEREMONY_HELD,
    **needs.FORMS,
    **life_project.FORMS,
}
"""By the step's name in the API; every other step's form is drawn as its questions are."""
GENERATED = HandMade()


def made_for(step: str) -> HandMade:
    return HAND_MADE.get(step, GENERATED)
