"""The forms of intake."""

from collections.abc import Mapping

from domain.case.steps import OpenCase, RecordSocialEnquiry, RuleOnEligibility
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "open-case": Layout(
        OpenCase,
        ("beneficiary_id", "route", "centre", "province", "caseworker", "consent", "occurred_on"),
    ),
    "record-social-enquiry": Layout(
        RecordSocialEnquiry, ("household_size", "has_housing", "findings", "occurred_on")
    ),
    "rule-on-eligibility": Layout(
        RuleOnEligibility,
        ("eligible", "criteria", "reasons", "occurred_on"),
        rows_from={"criteria": Source.CRITERIA},
        checked=True,
    ),
}
