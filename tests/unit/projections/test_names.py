"""Names are found however they are spelled, written apart or together, by the index alone."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import permutations
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.views.consonants import MOST, bridges, skeletons
from projections.views.names import TO_ARABIC, TO_LATIN, keys_of, words_of
from projections.views.searching import MOST_WORDS
from projections.views.sought import Level, Sought, sought
from projections.views.sounding import heard
from projections.views.spelling import patterns, search_text, words


def level(query: str, *names: str | None) -> Level | None:
    """How near the names are, as the database would find out; None where they are not found."""
    keys, met = keys_of(*names), dict[int, Level]()
    asked = list(sought(words_of(query)))
    for each in asked:
        if any(each.finds(key) for key in keys):
            met[each.word] = min(met.get(each.word, each.level), each.level)
    if not asked or met.keys() != {each.word for each in asked}:
        return None
    text = search_text(*names)
    for nearest, whole in ((Level.SAME, True), (Level.BEGUN, False)):
        ways = patterns(query, whole=whole)
        if any(all(part.strip("%") in text for part in way) for way in ways):
            return nearest
    return max(met.values())


def found(query: str, *names: str | None) -> bool:
    return level(query, *names) is not None


ARABIC = [
    ("أحمد", "احمد"),
    ("إدريس", "ادريس"),
    ("آمنة", "امنه"),
    ("فاطمة", "فاطمه"),
    ("مصطفى", "مصطفي"),
    ("مؤمن", "مومن"),
    ("عائشة", "عايشه"),
    ("رجاء", "رجا"),
    ("مُحَمَّد", "محمد"),
    ("محمـــد", "محمد"),
    ("ٱلحسن", "الحسن"),
    ("العمراني", "عمراني"),
    ("المثالي", "المثالى"),
    ("عبد الله", "عبدالله"),
    ("بن علي", "بنعلي"),
    ("عبد القادر", "عبدالقادر"),
    ("عبد ال قادر", "عبد القادر"),
    ("بن عبد الله", "بنعبدالله"),
    ("بنت الحاج", "بنتالحاج"),
    ("نور الدين", "نورالدين"),
    ("عبداللله", "عبدالله"),
    ("أڭادير", "اكادير"),
    ("علی", "علي"),
    ("سلمى", "سلما"),
    ("هدى", "هدا"),
    ("عبد الرحمن", "عبد الرحمان"),
    ("عبد الرحمن", "عبدالرحمان"),
    ("هارون", "هرون"),
    ("ابن علي", "بن علي"),
    ("أبو بكر", "بوبكر"),
    ("عبد اللـــه", "عبدالله"),
    ("طارق", "تارق"),
    ("نجاة", "نجاه"),
    ("رضا", "رضى"),
    ("الرؤوف", "الرءوف"),
    ("ﻻﻟﺔ", "لاله"),
]
LATIN = [
    ("Élodie", "elodie"),
    ("SALMA", "salma"),
    ("M'hamed", "mhamed"),
    ("M’hamed", "m'hamed"),
    ("Aït Baha", "ait baha"),
    ("Noëlle", "Noelle"),
    ("Ḥasan", "hasan"),
    ("Straße", "strasse"),
    ("Youssef", "yousef"),
    ("Youssef", "Youssouf"),
    ("Youssef", "Yusuf"),
    ("Youssef", "Ioussef"),
    ("Mouftarad", "moftarad"),
    ("Mouftarad", "Muftarad"),
    ("Mohamed", "Mohammed"),
    ("Mohamed", "Muhammad"),
    ("Mohamed", "Mouhamad"),
    ("Rachid", "Rashid"),
    ("Aicha", "Aïsha"),
    ("Aicha", "Aycha"),
    ("Yassine", "Yacine"),
    ("Qasim", "Kassim"),
    ("Belkacem", "Belqasem"),
    ("Gharbi", "Rharbi"),
    ("Ghita", "Rita"),
    ("Wafae", "Ouafae"),
    ("Wiam", "Ouiam"),
    ("Anouar", "Anwar"),
    ("Marouane", "Merwan"),
    ("Cherkaoui", "Charqawi"),
    ("Alaoui", "Alawi"),
    ("Driss", "Dris"),
    ("Othmane", "Otman"),
    ("Hicham", "Hisham"),
    ("Khadija", "Khadidja"),
    ("Zineb", "Zaynab"),
    ("Omar", "Oumar"),
    ("Loubna", "Lobna"),
    ("Souad", "Soad"),
    ("Leila", "Layla"),
    ("Said", "Saïd"),
    ("Said", "Saeed"),
    ("Abdellah", "Abdallah"),
    ("Mehdi", "Mahdi"),
    ("El-Amrani", "elamrani"),
    ("Ben Ali", "Benali"),
    ("Bou Ali", "Bouali"),
    ("El Idrissi", "Elidrissi"),
    ("El Idrissi", "Idrissi"),
    ("El Idrissi", "al idrisi"),
    ("Lmithali", "El Mithali"),
    ("En-Namoudaji", "Ennamoudaji"),
    ("Et-Tajribi", "Tajribi"),
    ("Ech-Cherif", "El Cherif"),
    ("Es Said", "Essaid"),
    ("Abd El Kader", "Abdelkader"),
    ("Abdel Kader", "Abd Elqader"),
    ("Ben Abd Allah", "Benabdellah"),
    ("Nour Eddine", "Noureddine"),
    ("Fatima Ezzahra", "Fatima Zahra"),
    ("Fatima-Zohra", "Fatimazahra"),
    ("Khalid", "Khaled"),
    ("Khalid", "Kalid"),
    ("Rachid", "Rached"),
    ("Nader", "Nadir"),
    ("Tarek", "Tariq"),
    ("Malek", "Malik"),
    ("Hicham", "Hecham"),
    ("Hind", "Hend"),
    ("Fatima", "Fatma"),
    ("Fatima", "Fatimah"),
    ("Fatima", "Fatime"),
    ("Hamza", "Hamzah"),
    ("Sanae", "Sanaa"),
    ("Asmae", "Esma"),
    ("Amine", "Amin"),
    ("Hussein", "Houcine"),
    ("Hussein", "Hocine"),
    ("Houcine", "Lhoussaine"),
    ("Hussein", "L'Houssine"),
    ("El Hossein", "Lahoucine"),
    ("Hassan", "Lahcen"),
    ("El Hassan", "Lahsen"),
    ("Mohamed", "Mhamed"),
    ("Mohamed", "M'hammed"),
    ("Mohamed", "Mo7amed"),
    ("Said", "Sa3id"),
    ("Ali", "3li"),
    ("Omar", "3omar"),
    ("Khadija", "5adija"),
    ("Tariq", "Tari9"),
    ("Jamal", "Djamel"),
    ("Jamal", "Gamal"),
    ("Najib", "Nagib"),
    ("Gharbi", "Garbi"),
    ("Othmane", "Osman"),
    ("Hafidh", "Hafiz"),
    ("Hafidh", "Hafid"),
    ("Ramdane", "Ramadan"),
    ("Mustapha", "Moustafa"),
    ("Faycal", "Faysal"),
    ("Fayçal", "Faical"),
    ("Abdelkader", "Abdul Qadir"),
    ("Abdelkader", "Abdalkader"),
    ("Abd-el-Kader", "Abdelqader"),
    ("Abdessamad", "Abd Essamad"),
    ("Abdessamad", "Abdel Samad"),
    ("Abdessamad", "Abd al-Samad"),
    ("Abderrahim", "Abdul Rahim"),
    ("Abderrahmane", "Abd ur-Rahman"),
    ("Abdellah", "Abdullah"),
    ("Abdellah", "Abd Allah"),
    ("Abdelhadi", "Abd El Hadi"),
    ("Abdelouahed", "Abdul Wahid"),
    ("Noureddine", "Nour Eddine"),
    ("Noureddine", "Nur al-Din"),
    ("Salaheddine", "Salah Eddine"),
    ("Alaeddine", "Alaa ed-Din"),
    ("Ben Ali", "Bin Ali"),
    ("Benali", "Ibn Ali"),
    ("Aboubakr", "Abou Bakr"),
    ("Boubker", "Abu Bakr"),
    ("Brahim", "Ibrahim"),
    ("Driss", "Idris"),
    ("Smail", "Ismaël"),
    ("Mbarek", "Embarek"),
    ("Taoufik", "Tawfiq"),
    ("Nawal", "Naoual"),
    ("Kaoutar", "Kawthar"),
    ("El Arbi", "Larbi"),
    ("Đriss", "Driss"),
    ("Abd Jalil", "Abdeljalil"),
    ("Abd Latif", "Abdul Lateef"),
    ("Abd Hadi", "Abdelhadi"),
    ("Meryem", "Myriam"),
    ("El Ouafi", "Louafi"),
    ("Anas", "Enes"),
    ("Ilyass", "Elias"),
    ("Reda", "Ridha"),
    ("Ayoub", "Ayyub"),
    ("Soufiane", "Sofyan"),
    ("Hayat", "Hayet"),
    ("Chraibi", "Chrayebi"),
    ("Rquia", "Roqaya"),
    ("Bouchaib", "Bou Chaïb"),
]


BRIDGES = [
    ("Khalid", "خالد"),
    ("Rachid", "رشيد"),
    ("Mohammed", "محمد"),
    ("Ahmed", "أحمد"),
    ("Youssef", "يوسف"),
    ("Hassan", "حسن"),
    ("Houcine", "الحسين"),
    ("Said", "سعيد"),
    ("Omar", "عمر"),
    ("Ali", "علي"),
    ("Fatma", "فاطمة"),
    ("Aicha", "عائشة"),
    ("Khadija", "خديجة"),
    ("Zineb", "زينب"),
    ("Salma", "سلمى"),
    ("Mostafa", "مصطفى"),
    ("Yahya", "يحيى"),
    ("Zakaria", "زكرياء"),
    ("Hayat", "حياة"),
    ("Sanae", "سناء"),
    ("Wafae", "وفاء"),
    ("Anouar", "أنور"),
    ("Alaoui", "العلوي"),
    ("Ghizlane", "غزلان"),
    ("Jamal", "جمال"),
    ("Hicham", "هشام"),
    ("Abdellah", "عبد الله"),
    ("Abdelkader", "عبدالقادر"),
    ("Abd Essamad", "عبد الصمد"),
    ("Noureddine", "نور الدين"),
    ("Ben Ali", "بنعلي"),
    ("El Idrissi", "الإدريسي"),
    ("El Mithali", "المثالي"),
    ("En-Namoudaji", "النموذجي"),
    ("Et-Tajribi", "التجريبي"),
    ("El Khayali", "الخيالي"),
    ("Mouftarad", "المفترض"),
    ("Moubtakar", "المبتكر"),
    ("Salma El Mithali", "سلمى المثالي"),
    ("Youssef Ben Abd Allah", "يوسف بن عبد الله"),
]
APART = [
    ("Hassan", "Hussein"),
    ("Said", "Saad"),
    ("Said", "Souad"),
    ("Amina", "Amine"),
    ("Karim", "Akram"),
    ("Karima", "Karim"),
    ("Khalid", "Khalida"),
    ("Nadia", "Nadir"),
    ("Nadia", "Nada"),
    ("Omar", "Amira"),
    ("Omar", "Amir"),
    ("Omar", "Ammar"),
    ("Ahmed", "Hamid"),
    ("Ahmed", "Mohamed"),
    ("Hamid", "Hamida"),
    ("Samir", "Samar"),
    ("Samir", "Samira"),
    ("Karim", "Karam"),
    ("Abdellah", "Abdelilah"),
    ("Abdelkader", "Abdelkarim"),
    ("Abderrahim", "Abderrahmane"),
    ("Abdelali", "Abdellah"),
    ("Salma", "Salim"),
    ("Salma", "Asmae"),
    ("Rachid", "Rachida"),
    ("Rachid", "Rochdi"),
    ("Jamal", "Jamila"),
    ("Jamila", "Jalila"),
    ("Latifa", "Lotfi"),
    ("Fatima", "Fatna"),
    ("Mina", "Mouna"),
    ("Mona", "Imane"),
    ("Kamal", "Kamil"),
    ("Ilham", "Hilal"),
    ("Ilyas", "Layla"),
    ("Zineb", "Zoubida"),
    ("Zahra", "Zouhair"),
    ("Youssef", "Younes"),
    ("Hajar", "Hajjaj"),
    ("Sara", "Siham"),
    ("Taha", "Tahar"),
    ("Hamza", "Hamdi"),
    ("Aziz", "Azzouz"),
    ("Larbi", "Labib"),
    ("علي", "علا"),
    ("سمير", "سميا"),
    ("حسن", "حسين"),
    ("محمد", "محمود"),
    ("سعيد", "سعد"),
    ("أمينة", "أمين"),
    ("كريم", "كرم"),
    ("Hassan", "حسين"),
    ("Samira", "سمير"),
    ("Nadia", "نادر"),
]
"""Searched for by the first: the second is not found, or comes after whoever is called so."""


@pytest.mark.parametrize(("one", "other"), ARABIC + LATIN)
def test_spellings_of_one_name_find_each_other(one: str, other: str) -> None:
    assert found(one, other)
    assert found(other, one)


def test_there_are_many_spellings_and_many_names_apart() -> None:
    assert len(ARABIC + LATIN) > 120
    assert len(APART) > 50


@pytest.mark.parametrize(("apart", "together"), [pair for pair in ARABIC + LATIN if " " in pair[0]])
@pytest.mark.parametrize("around", ["{}", "Hind {}", "{} Hind", "سلمى {} المثال", "A {} B C"])
def test_a_compound_name_is_found_wherever_it_stands(
    apart: str, together: str, around: str
) -> None:
    for name, query in permutations((apart, together)):
        assert found(query, around.format(name))
        assert found(around.format(query), around.format(name))


@pytest.mark.parametrize(("latin", "arabic"), BRIDGES)
def test_who_has_a_name_in_one_script_alone_is_found_in_the_other(latin: str, arabic: str) -> None:
    for query, name in permutations((latin, arabic)):
        assert level(query, name) in (Level.SOUNDS_ALIKE, Level.OTHER_SCRIPT)


def test_who_has_a_name_in_both_scripts_is_found_by_each_and_not_across() -> None:
    both = keys_of("خالد", "Khalid")
    assert not [key for key in both if key[0] in (TO_ARABIC, TO_LATIN)]
    assert level("خالد", "خالد", "Khalid") is Level.SAME
    assert level("Khaled", "خالد", "Khalid") is Level.SOUNDS_ALIKE


@pytest.mark.parametrize(("asked", "other"), APART)
def test_another_name_is_not_found_or_comes_after(asked: str, other: str) -> None:
    own, its = level(asked, asked), level(asked, other)
    assert own is Level.SAME
    assert its is None or its > own


@pytest.mark.parametrize(
    ("one", "other"), [pair for pair in APART if pair[0][:4] in ("Hass", "Said", "Nadi", "Omar")]
)
def test_names_that_only_share_consonants_do_not_find_each_other(one: str, other: str) -> None:
    assert not found(one, other)
    assert not found(other, one)


def test_what_is_nearer_has_the_lower_level() -> None:
    levels = [
        level("Youssef", name) for name in ("Youssef", "Youssefi", "Yousef", "Youssouf", "يوسف")
    ]
    assert levels == list(Level)


def test_words_are_found_by_their_beginning_in_any_order_and_script() -> None:
    names = ("سلمى المثال", "Salma Elmithal")
    for query in ("salma", "sal", "elm", "elmi sal", "المثال سلمى", "سل مث", "salma المثال"):
        assert found(query, *names), query
    for query in ("alma", "salma hind", "mithalx", "lma", "hind"):
        assert not found(query, *names), query
    for beginning in ("Rac", "Rach", "Ra"):
        assert found(beginning, "Rachid"), beginning
    for beginning in ("Abdelka", "Abd El Ka"):
        assert found(beginning, "Abd El Kader"), beginning


def test_one_letter_finds_a_word_of_it_and_does_not_widen_a_search() -> None:
    assert not found("s", "Salma")
    assert found("s", "S Mithali")
    assert found("m salma", "Salma Mithali")
    assert not found("m hind", "Salma Mithali")


def test_every_word_of_a_long_name_is_looked_for() -> None:
    name = "Ab Cd Ef Gh Ij Kl Mn Op Qr St Uv Wx Yz Yx"
    asked = name.split()
    for first in range(len(asked) - MOST_WORDS + 1):
        assert found(" ".join(asked[first : first + MOST_WORDS]), name)
    assert not found("Yx Salma", name)


@given(st.text(max_size=60))
def test_a_name_is_always_found_by_itself(name: str) -> None:
    assert not words(name) or found(name, name)


@given(st.text(max_size=60))
def test_no_key_is_empty_and_none_of_a_word_is_that_of_a_skeleton(name: str) -> None:
    assert all(keys_of(name))
    assert not any(heard(word).startswith(("*", "<", ">")) for word in words(name))


@given(st.text("abcdefghijklmnopqrstuvwxyz23579اأإبتةثجحخدذرزسشصضطظعغفقكلمنهويىئؤء", max_size=40))
def test_a_word_has_few_skeletons_however_odd_it_is(name: str) -> None:
    for word in words(name):
        assert len(skeletons(word)) <= MOST
        assert len(bridges(word)) <= MOST
        assert all(skeletons(word) + bridges(word))


def test_nobody_has_more_keys_than_their_words_make() -> None:
    assert len(keys_of("يوسف المثالي", "Youssef El Mithali")) <= 30
    assert len(keys_of("محمد أمين بن عبد القادر", "Mohamed Amine Ben Abdelkader")) <= 60
    assert keys_of(None, None) == set()


GIVEN = """
Mohamed Ahmed Youssef Rachid Khalid Hassan Houcine Said Omar Ali Abdellah Abdelkader Abderrahim
Brahim Driss Mustapha Hamza Amine Yassine Karim Samir Nabil Jamal Kamal Hicham Othmane Anouar
Marouane Taoufik Noureddine Bilal Ilyas Zakaria Younes Soufiane Fatima Khadija Aicha Zineb Salma
Nadia Amina Samira Karima Rachida Hanane Ilham Sanae Asmae Hajar Houda Naima Latifa Malika Souad
Zahra Hind Imane Meryem Loubna Ghizlane
"""
BEGINNINGS = ("El Ma", "El Fe", "Ben", "Bou", "Ait ", "El Kha", "Ra", "Ta", "Mou", "Za", "La")
ENDINGS = """
mraoui rqani ddadi ssafi chtani lkhabi jjari zzouli bboudi ffaddal ghrabi kkouri ttabi nnouhi llami
wakili dhami rrachdi sbahi mzili tlemi hdouchi nfoussi drari
"""
EVERYBODY = 6_500
FEW = 30


@pytest.fixture(scope="module")
def crowd() -> list[str]:
    """Made-up people of a small country: common first names and 264 invented families."""
    random, first, family = Random(1), GIVEN.split(), ENDINGS.split()
    weights = [1 / (rank + 3) for rank in range(len(first))]
    return [
        f"{random.choices(first, weights)[0]} {random.choice(BEGINNINGS)}{random.choice(family)}"
        for _ in range(EVERYBODY)
    ]


HABITS = (
    ("ou", "o"),
    ("[cs]h", "sh"),
    ("Kh", "K"),
    ("(?<=[^aeiou])i(?=[^aeiou])", "e"),
    ("ss", "s"),
    ("El ", "Al "),
    ("q", "k"),
    ("ddine", "din"),
)


def misheard(name: str, random: Random) -> str:
    """The name as somebody else would write it."""
    for letters, other in random.sample(HABITS, 3):
        name = re.sub(letters, other, name)
    return name


def test_a_search_of_two_names_finds_few_among_thousands(crowd: list[str]) -> None:
    index = sorted((key, number) for number, name in enumerate(crowd) for key in keys_of(name))
    random, many = Random(2), []
    for number in random.sample(range(EVERYBODY), 200):
        for query in (crowd[number], misheard(crowd[number], random)):
            met = dict[int, set[int]]()
            for each in sought(words_of(query)):
                met.setdefault(each.word, set()).update(_standing_under(index, each))
            hits = set.intersection(*met.values())
            assert number in hits, query
            many.append(len(hits))
    assert max(many) < FEW, max(many)
    assert median(many) < FEW / 5, median(many)


def _standing_under(index: list[tuple[str, int]], asked: Sought) -> Iterator[int]:
    for at in range(bisect_left(index, (asked.key, 0)), len(index)):
        known, number = index[at]
        if not asked.finds(known):
            return
        yield number
