"""A detention number is of one imprisonment: it hangs on its stay, and comes back in no other."""

from domain.case.custody import steps as s
from domain.case.custody.vocabulary import DetentionKind, EpisodeEnd, EpisodeKind
from tests.unit.domain.custody.conftest import Life

NUMBER, OTHER = "000 123", "000124"


def entry(life: Life, day: int, number: str, **told: object) -> s.BeginDetention:
    kind = told.get("kind", DetentionKind.SENTENCE)
    return s.BeginDetention(
        occurred_on=life.day(day), kind=DetentionKind(str(kind)), detention_number=number
    )


def test_remand_and_the_sentence_after_it_are_one_imprisonment(life: Life) -> None:
    life.take(entry(life, 1, NUMBER, kind=DetentionKind.REMAND))
    assert life.refuses(entry(life, 40, OTHER)) == "detention_number_another"
    life.take(entry(life, 40, "000-123"))
    assert len(life.custody.stays) == 1
    assert life.custody.stays[0].numbers[0] == NUMBER


def test_the_next_imprisonment_has_a_number_of_its_own(life: Life) -> None:
    life.take(entry(life, 1, NUMBER))
    life.leave(90)
    assert life.refuses(entry(life, 200, NUMBER)) == "detention_number_of_another_stay"
    life.take(entry(life, 200, OTHER))
    assert [stay.numbers for stay in life.custody.stays] == [(NUMBER,), (OTHER,)]
    assert life.custody.numbers == {NUMBER, OTHER}


def test_an_earlier_imprisonment_told_late_has_another_too(life: Life) -> None:
    life.take(entry(life, 200, NUMBER))
    assert life.refuses(entry(life, 1, NUMBER)) == "detention_number_of_another_stay"


def test_who_returns_after_an_escape_has_the_number_they_had(life: Life) -> None:
    life.take(entry(life, 1, NUMBER))
    life.end(30, EpisodeKind.SENTENCE, EpisodeEnd.ESCAPE)
    other = s.ReturnToDetention(occurred_on=life.day(50), detention_number=OTHER)
    assert life.refuses(other) == "detention_number_another"
    life.come_back(50, detention_number=NUMBER)
    assert life.custody.numbers == {NUMBER}
