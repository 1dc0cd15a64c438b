"""People are counted in bands, by full years and months on the day counted."""

from datetime import date

import pytest

from domain.values.bands import AgeBand, SinceRelease, age_band, since_release

BORN = date(1990, 5, 17)


@pytest.mark.parametrize(
    ("on", "band"),
    [
        (date(2008, 5, 16), AgeBand.UNDER_18),
        (date(2008, 5, 17), AgeBand.FROM_18_TO_24),
        (date(2015, 5, 16), AgeBand.FROM_18_TO_24),
        (date(2015, 5, 17), AgeBand.FROM_25_TO_34),
        (date(2025, 5, 17), AgeBand.FROM_35_TO_44),
        (date(2035, 5, 17), AgeBand.FROM_45_TO_59),
        (date(2050, 5, 16), AgeBand.FROM_45_TO_59),
        (date(2050, 5, 17), AgeBand.FROM_60),
    ],
)
def test_an_age_changes_its_band_on_a_birthday(on: date, band: AgeBand) -> None:
    assert age_band(BORN, on) is band


def test_a_birthday_on_the_29th_of_february_is_on_the_28th() -> None:
    assert age_band(date(2008, 2, 29), date(2026, 2, 27)) is AgeBand.UNDER_18
    assert age_band(date(2008, 2, 29), date(2026, 2, 28)) is AgeBand.FROM_18_TO_24


@pytest.mark.parametrize(
    ("on", "band"),
    [
        (date(2024, 3, 29), SinceRelease.UNDER_6),
        (date(2024, 9, 28), SinceRelease.UNDER_6),
        (date(2024, 9, 29), SinceRelease.FROM_6_TO_11),
        (date(2025, 3, 29), SinceRelease.FROM_12_TO_23),
        (date(2026, 3, 29), SinceRelease.FROM_24),
    ],
)
def test_the_time_since_a_release_is_in_full_months(on: date, band: SinceRelease) -> None:
    assert since_release(date(2024, 3, 29), on) is band
