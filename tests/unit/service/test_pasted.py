"""A list is read as whoever sent it writes it: by its heads, or a reference a line."""

import pytest

from service.queries.pasted import Pasted, pasted_in


@pytest.mark.parametrize(
    "heads",
    [
        "number\tname\tprison\toccurred_on",
        "Numéro d’écrou\tNom et  prénom\tÉtablissement\tDate",
        "رقم الاعتقال\tالاسم الكامل\tالسجن\tالتاريخ",
    ],
    ids=["codes", "French", "Arabic"],
)
def test_columns_are_known_by_their_heads_in_three_languages(heads: str) -> None:
    (line,) = pasted_in(f"{heads}\n000123\tسلمى المثال\tOukacha\t2024-07-18\n\n")
    assert line.number == "000123"
    assert line.said == "000123, سلمى المثال, Oukacha, 2024-07-18"
    assert line.answers == {"occurred_on": "2024-07-18"}


def test_without_heads_each_line_is_a_reference() -> None:
    assert pasted_in(" taz-24-0001 \nTAZ-24-0002") == [
        Pasted("TAZ-24-0001", "taz-24-0001"),
        Pasted("TAZ-24-0002", "TAZ-24-0002"),
    ]
