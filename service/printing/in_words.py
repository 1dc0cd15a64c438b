"""Amounts in words, as a paper that is signed has them beside the figures: in Arabic and French.

Dirham and centime are masculine in both, so one gender is enough. Written for what the programme
pays: below a thousand million.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.words.language import Language

MOST = 1_000_000_000
CENTIMES = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """How Arabic names so many of a thing: the form hangs on the number before it."""

    one: str
    two: str
    two_of: str
    """Two of it, before what they are of."""
    few: str
    """After 3 to 10."""
    many: str
    """After 11 to 99."""

    @property
    def bare(self) -> str:
        """After a whole hundred."""
        return self.one


DIRHAM = Counted("درهم", "درهمان", "درهما", "دراهم", "درهما")
CENTIME = Counted("سنتيم", "سنتيمان", "سنتيما", "سنتيمات", "سنتيما")
THOUSAND = Counted("ألف", "ألفان", "ألفا", "آلاف", "ألفا")
MILLION = Counted("مليون", "مليونان", "مليونا", "ملايين", "مليونا")
UNITS_AR = (
    *("صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"),
    *("أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر"),
    *("ستة عشر", "سبعة عشر", "ثمانية عشر", "تسعة عشر"),
)
TENS_AR = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
HUNDREDS_AR = (
    *("", "مائة", "مائتان", "ثلاثمائة", "أربعمائة"),
    *("خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة"),
)
TWO_HUNDRED_OF = "مائتا"
AND_AR = " و"
ONE_OF_IT = "واحد"

UNITS_FR = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize"),
    *("dix-sept", "dix-huit", "dix-neuf"),
)
TENS_FR = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
SIXTY, EIGHTY, HUNDRED, TWENTY, TEN, TWO = 60, 80, 100, 20, 10, 2


def in_words(amount: Decimal) -> Mapping[Language, str]:
    """An amount (MAD, not negative) in words; raises `ValueError` for what no paper pays."""
    if not 0 <= amount < MOST:
        raise ValueError("no amount of a paper")
    whole, rest = divmod(int((amount * CENTIMES).to_integral_value()), CENTIMES)
    return {Language.ARABIC: _arabic(whole, rest), Language.FRENCH: _french(whole, rest)}


def _arabic(dirhams: int, centimes: int) -> str:
    said = [] if dirhams == 0 and centimes else [_counted(dirhams, DIRHAM)]
    if centimes:
        said.append(_counted(centimes, CENTIME))
    return AND_AR.join(said)


def _counted(number: int, thing: Counted) -> str:
    """So many of a thing: `ثمانية وعشرون ألفا وسبعمائة وثمانون درهما`."""
    if number == 0:
        return f"{UNITS_AR[0]} {thing.one}"
    if number == 1:
        return f"{thing.one} {ONE_OF_IT}"
    before, last = number - number % HUNDRED, number % HUNDRED
    if last in (1, TWO):
        named = f"{thing.one} {ONE_OF_IT}" if last == 1 else thing.two
        return f"{_counted(before, thing)}{AND_AR}{named}" if before else named
    if last == 0:
        return f"{_number(number, of_it=True)} {thing.bare}"
    return f"{_number(number)} {thing.few if last <= TEN else thing.many}"


def _number(number: int, *, of_it: bool = False) -> str:
    """A number above two; `of_it`: what it counts follows at once, and ends in a hundred or more."""
    millions, below = divmod(number, 1_000_000)
    thousands, rest = divmod(below, 1000)
    said: list[str] = []
    if millions:
        said.append(_scaled(millions, MILLION, of_it=of_it and below == 0))
    if thousands:
        said.append(_scaled(thousands, THOUSAND, of_it=of_it and rest == 0))
    if rest:
        said.append(_below_thousand(rest, of_it=of_it))
    return AND_AR.join(said)


def _scaled(number: int, scale: Counted, *, of_it: bool) -> str:
    """So many thousands or millions."""
    if number == 1:
        return scale.one
    if number == TWO:
        return scale.two_of if of_it else scale.two
    last = number % HUNDRED
    if last in (1, TWO):
        named = scale.one if last == 1 else (scale.two_of if of_it else scale.two)
        hundreds = _below_thousand(number - last, of_it=True)
        return f"{hundreds} {scale.one}{AND_AR}{named}"
    if last == 0:
        return f"{_below_thousand(number, of_it=True)} {scale.one}"
    if last <= TEN:
        return f"{_below_thousand(number)} {scale.few}"
    return f"{_below_thousand(number)} {scale.one if of_it else scale.many}"


def _below_thousand(number: int, *, of_it: bool = False) -> str:
    hundreds, rest = divmod(number, HUNDRED)
    if of_it and number == TWO * HUNDRED:
        return TWO_HUNDRED_OF
    said = [HUNDREDS_AR[hundreds]] if hundreds else []
    if 0 < rest < TWENTY:
        said.append(UNITS_AR[rest])
    elif rest:
        tens, unit = divmod(rest, TEN)
        said += [UNITS_AR[unit]] if unit else []
        said.append(TENS_AR[tens])
    return AND_AR.join(said)


def _french(dirhams: int, centimes: int) -> str:
    said = [] if dirhams == 0 and centimes else [_dirhams(dirhams)]
    if centimes:
        said.append(f"{_french_number(centimes)} centime{_s(centimes)}")
    return " et ".join(said)


def _dirhams(number: int) -> str:
    of = "de " if number and number % 1_000_000 == 0 else ""
    return f"{_french_number(number)} {of}dirham{_s(number)}"


def _s(number: int) -> str:
    return "s" if number >= TWO else ""


def _french_number(number: int) -> str:
    if number == 0:
        return UNITS_FR[0]
    millions, below = divmod(number, 1_000_000)
    thousands, rest = divmod(below, 1000)
    said: list[str] = []
    if millions:
        said.append(f"{_hundreds(millions, last=True)} million{_s(millions)}")
    if thousands:
        said += ["mille"] if thousands == 1 else [_hundreds(thousands, last=False), "mille"]
    if rest:
        said.append(_hundreds(rest, last=True))
    return " ".join(said)


def _hundreds(number: int, *, last: bool) -> str:
    """Below a thousand; `last`: nothing but the thing follows, so that vingt and cent take their s."""
    hundreds, rest = divmod(number, HUNDRED)
    said: list[str] = []
    if hundreds:
        plural = "s" if hundreds > 1 and not rest and last else ""
        said += [UNITS_FR[hundreds]] if hundreds > 1 else []
        said.append(f"cent{plural}")
    if rest:
        said.append(_tens(rest, last=last))
    return " ".join(said)


def _tens(number: int, *, last: bool) -> str:
    if number < TWENTY:
        return UNITS_FR[number]
    if number == EIGHTY:
        return "quatre-vingts" if last else "quatre-vingt"
    if number > EIGHTY:
        return f"quatre-vingt-{UNITS_FR[number - EIGHTY]}"
    base = min(number - number % TEN, SIXTY)
    rest = number - base
    if rest == 0:
        return TENS_FR[base // TEN]
    joined = " et " if rest % TEN == 1 else "-"
    return f"{TENS_FR[base // TEN]}{joined}{UNITS_FR[rest]}"
