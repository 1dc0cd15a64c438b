"""The forms of accompaniment that are made by hand: a visit, an entry into detention, the end of a case."""

from collections.abc import Mapping

from service.console.hand_made.asking import HandMade
from service.console.hand_made.closing import facts as of_closing
from service.console.hand_made.entering import facts as of_entry
from service.console.hand_made.visited import after as after_visit
from service.console.hand_made.visiting import facts as of_visit

CHECK = "hand_made/check.html"
ENTRY = HandMade("hand_made/entering.html", CHECK, of_entry)
CARE: Mapping[str, HandMade] = {
    "record-visit": HandMade(
        "hand_made/visiting.html",
        CHECK,
        of_visit,
        receipt="hand_made/visited.html",
        after=after_visit,
    ),
    "begin-detention": ENTRY,
    "return-to-detention": ENTRY,
    "close-case": HandMade("hand_made/closing.html", CHECK, of_closing),
}
