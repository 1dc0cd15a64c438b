"""Cases that are otherwise than most: whoever builds a page thinks of them last."""

from dataclasses import dataclass
from uuid import UUID

from service.console.pages.routes import PAGES as ROUTES
from tests.browser.conftest import House
from tests.integration.service.story import Story, somebody

NOT_LOOKED_AT = {
    "/calendar/{link}": "no page: a calendar program takes it",
    "/found/{name}": "what was found: `test_pages` searches, and looks at it",
    "/live": "what changes in a list, as its page follows it: no page of its own",
    "/sent/{key}": "a receipt: the whole path ends each of its steps there",
    "/sent/{key}/proof": "the page of an entry's proof, of which another visit is",
    "/drafts/{key}": "leads to the form that was left",
    "/console/sign-in": "the page that stands at every address for whoever is not signed in",
    "/{collection}/{thing_id}/papers-out/{paper}": "a PDF",
    "/papers-out/visit-sheets": "a PDF",
    "/beneficiaries/{beneficiary_id}/record.zip": "a file to hand over",
    "/cases/{case_id}/attestations/{attestation_id}": "a PDF",
    "/batches/{batch_id}/refused.csv": "a file to mend",
    "/cohorts/{cohort_id}/attendance": "leads to the list of a day",
    "/cohorts/{cohort_id}/attendance/{day}/sheet": "a PDF",
}
"""Routes that no visit leads to, and why; files and the forms of steps beside."""
FORMS = "/steps/"
"""`test_hard_use` opens each step's form."""


def looked_at() -> list[str]:
    """The addresses at which somebody reads a page, as the table of routes has them."""
    return [
        path
        for method, path, _ in ROUTES
        if method == "GET"
        and path not in NOT_LOOKED_AT
        and FORMS not in path
        and not path.endswith("/{paper}")
    ]


@dataclass(frozen=True, slots=True)
class Odd:
    """A case, and the person it is of."""

    case: str
    person: str


def odd_cases(house: House) -> dict[str, Odd]:
    """By what is odd about them: those of the house, and some of their own."""
    mother = {"name": "Aicha Elmithal", "relation": "mother", "phone": "+212600000002"}
    opened = {
        "minor": _opened(house, birth_date="2012-03-04", guardian=mother),
        "without a Latin name": _opened(house, name_latin=None),
        "without an Arabic name": _opened(house, name_ar=None),
        "with nothing but a name": _opened(
            house,
            name_latin=None,
            **dict.fromkeys(("identity", "phone", "contacts", "birth_date", "language")),
        ),
    }
    known = {
        "without a track": house.opened,
        "erased": house.erased,
        "paused": house.paused,
        "with names of sixty letters": house.long,
        "followed up": house.delivered,
    }
    found = house.office.caseworker.found
    return opened | {
        name: Odd(case, found(f"/v1/cases/{case}")["beneficiary_id"])
        for name, case in known.items()
    }


def _opened(house: House, **more: object) -> Odd:
    """`more`: what the registration says otherwise; None: nothing at all."""
    story = Story(house.office)
    told = {name: each for name, each in somebody(**more).items() if each is not None}
    story.ids |= house.office.caseworker.step("/v1/beneficiaries", told)["ids"]
    story.take(house.office.caseworker, "/v1/cases", "open-case")
    house.office.caseworker.found("/v1/cases", at_least=story.position)
    return Odd(str(UUID(story.ids["case"])), str(UUID(story.ids["beneficiary"])))
