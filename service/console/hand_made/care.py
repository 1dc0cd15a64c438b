"""The forms of accompaniment that are made by hand: a visit, an entry into detention, the end of a case."""

from collections.abc import Mapping

from service.console.hand_made import closing, entering, visiting
from service.console.hand_made.asking import HandMade

CHECK = "hand_made/check.html"
ENTRY = HandMade("hand_made/entering.html", CHECK, entering.facts)
CARE: Mapping[str, HandMade] = {
    "record-visit": HandMade("hand_made/visiting.html", CHECK, visiting.facts),
    "begin-detention": ENTRY,
    "return-to-detention": ENTRY,
    "close-case": HandMade("hand_made/closing.html", CHECK, closing.facts),
}
