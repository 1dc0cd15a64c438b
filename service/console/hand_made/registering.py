"""An entry of the registry: what it may be already is shown before it is registered, or merged.

A form that missed an entry waits among the drafts; the receipt leads back to it.
"""

from collections.abc import Mapping
from typing import Any

from service.console.choices.registry import alike, entry_of
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.console.showing.entries import shown_entry


async def _alike(asking: Asking) -> Mapping[str, Any]:
    found, language = await alike(asking.visit, asking.typed), asking.visit.language
    return {"alike": [shown_entry(each, language) for each in found]}


async def _as_it_stands(asking: Asking) -> Mapping[str, str]:
    """What is registered under the code that the address names, to be changed."""
    code = asking.typed.get("entry", "")
    if "name_fr" in asking.typed or (found := await entry_of(asking.visit, code)) is None:
        return {}
    return refilled(asking.questions, found.model_dump())


async def _both(asking: Asking) -> Mapping[str, Any]:
    """The two that are said to be one, side by side."""
    codes = (asking.typed.get("entry", ""), asking.typed.get("goes_by", ""))
    found = [await entry_of(asking.visit, code) for code in codes]
    return {"both": [shown_entry(each, asking.visit.language) for each in found if each]}


_MERGE = HandMade("hand_made/entry_merge.html", "hand_made/entry_merge_check.html", _both)

REGISTERING: Mapping[str, HandMade] = {
    "register-entry": HandMade(
        "hand_made/entry.html",
        "hand_made/entry_check.html",
        _alike,
        receipt="hand_made/entry_sent.html",
        known=_as_it_stands,
    ),
    "merge-entries": _MERGE,
    "undo-entry-merge": _MERGE,
}
