"""The forms of intake."""

from collections.abc import Mapping

from domain.case.steps import OpenCase, RecordSocialEnquiry, RuleOnEligibility
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "open-case": Layout(
        OpenCase,
        (
            *(
                "beneficiary_id",
                "occurred_on",
                "route",
                "province",
                "commune",
                "centre",
                "caseworker",
            ),
            *("consent", "given_as", "witness"),
        ),
        breaks=("consent",),
    ),
    "record-social-enquiry": Layout(
        RecordSocialEnquiry, ("occurred_on", "household_size", "has_housing", "findings")
    ),
    "rule-on-eligibility": Layout(
        RuleOnEligibility,
        ("occurred_on", "criteria", "eligible", "reasons"),
        rows_from={"criteria": Source.CRITERIA},
        checked=True,
    ),
}
