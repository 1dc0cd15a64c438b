"""The registry is found however it is spelled, and comes to the same before and after a merge."""

from datetime import date, timedelta

from domain.case.steps import RecordEducation
from domain.message import StreamKind, name_of
from domain.registry.state import REGISTRY
from domain.registry.steps import MergeEntries, UndoEntryMerge
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.tracks.self_employment.steps import ProposeProject
from domain.tracks.training.steps import CompleteTraining, EnrolInTraining
from domain.values.codes import EntryKind
from projections.projector import Projector
from projections.store import Views
from projections.views import entry_search, entry_totals, orders
from projections.views.entry_search import Naming, Search
from projections.views.entry_uses import EntryUse
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Person, Programme
from tests.integration.projections.test_merged import merge as merge_people
from tests.integration.projections.test_registry import SUPPLIER, register

DAY = date(2024, 6, 30)
ATLAS = {
    "entry": "s-atlas",
    "name_fr": "Sté L’Atlas Équipement SARL",
    "name_ar": "شركة أطلس للتجهيز",
}
NOUR = {"entry": "s-nour", "name_fr": "Menuiserie Ennour", "name_ar": "نجارة النور"}


def found(views: Views, text: str, **more: object) -> list[str]:
    with views.reading() as conn:
        asked = Search(text, **more)  # type: ignore[arg-type]  # fields of a search, by their names
        return [each.entry for each in entry_search.search(conn, asked)]


def merge(programme: Programme, entry: str, goes_by: str) -> None:
    step = MergeEntries(occurred_on=DAY, entry=entry, goes_by=goes_by, explanation="One.")
    _take(programme, step)


def _take(programme: Programme, step: MergeEntries | UndoEntryMerge) -> None:
    programme.record(
        programme.order(StreamKind.REGISTRY, name_of(REGISTRY), step, FOUNDING_ADMINISTRATOR)
    )


def test_an_entry_is_found_in_either_script_however_it_is_spelled(
    programme: Programme, projector: Projector, views: Views
) -> None:
    register(programme, ATLAS, NOUR)
    catch_up(projector)
    for text in ("atlas equipement", "societe atlass", "اطلس التجهيز", "équip atlas", "s-atlas"):
        assert found(views, text) == ["s-atlas"], text
    for text in ("nour", "menuiserie nur", "النور", "ennour menuiserie"):
        assert found(views, text) == ["s-nour"], text
    assert found(views, "atlas nour") == []
    school = {"kind": EntryKind.SCHOOL, "name_ar": "ثانوية", "province": None}
    trains = school | {
        "entry": "t",
        "name_fr": "Office de la Formation et de la Promotion du Travail",
    }
    lycees = [school | {"entry": f"l-{day}", "name_fr": f"Lycée {day} Janvier"} for day in (1, 11)]
    register(programme, trains, *lycees)
    catch_up(projector)
    for text in ("OFPT", "O.F.P.T.", "o. f. p. t", "promotion travail"):
        assert found(views, text) == ["t"], text
    for text, entry in (("11 janvier", "l-11"), ("lycee ١١", "l-11"), ("1 janvier", "l-1")):
        assert found(views, text) == [entry], text
    assert found(views, "atlas", kinds=(EntryKind.PRISON,)) == []


def test_a_name_it_had_and_one_merged_into_it_find_it_and_days_of_both_count(
    programme: Programme, projector: Projector, views: Views
) -> None:
    other = {"entry": "s-toubkal", "name_fr": "Toubkal", "name_ar": "توبقال", "since": DAY}
    register(programme, ATLAS | {"until": DAY - timedelta(days=1)}, other)
    register(programme, other | {"name_fr": "Ets Siroua", "name_ar": "سيروا"})
    catch_up(projector)
    assert found(views, "toubkal") == found(views, "siroua") == ["s-toubkal"]
    assert found(views, "toubkal", valid_on=DAY - timedelta(days=1)) == []
    merge(programme, "s-atlas", "s-toubkal")
    catch_up(projector)
    assert found(views, "atlas", valid_on=DAY - timedelta(days=1)) == ["s-toubkal"]
    _take(programme, UndoEntryMerge(occurred_on=DAY, entry="s-atlas", explanation="Two."))
    catch_up(projector)
    assert found(views, "atlas") == ["s-atlas"]
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live


def test_who_registers_one_is_shown_those_alike(
    programme: Programme, projector: Projector, views: Views
) -> None:
    register(programme, ATLAS, NOUR)
    catch_up(projector)
    with views.reading() as conn:
        for fr, ar in (("Atlas Equipements et fils", None), ("?", "أطلس")):
            asked = Naming(EntryKind.SUPPLIER, fr, ar)
            assert [each.entry for each in entry_search.alike(conn, asked)] == ["s-atlas"], fr
        asked = Naming(EntryKind.COMPANY, "Atlas Équipement")
        assert entry_search.alike(conn, asked) == []


def test_totals_agree_with_and_without_a_merge(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    towards = [
        each for each in person.towards_approval() if not isinstance(each.step, RecordEducation)
    ]
    released = next(n for n, each in enumerate(towards) if isinstance(each.step, ProposeProject))
    trained = [person.step(person.way.step(each)) for each in (EnrolInTraining, CompleteTraining)]
    programme.record(*person.intake(), *towards[:released], *trained, *towards[released:])
    programme.record(*person.towards_delivery())
    catch_up(projector)

    def sums(entry: str) -> list[entry_totals.EntryTotals]:
        with views.reading() as conn:
            asked = entry_totals.Filters(EntryKind.SUPPLIER, entry=entry)
            return entry_totals.totals(conn, asked)

    (before,) = sums(SUPPLIER.entry)
    assert before.orders == 1
    assert before.paid > before.refunded >= 0
    register(programme, ATLAS)
    merge(programme, SUPPLIER.entry, "s-atlas")
    catch_up(projector)
    for entry in ("s-atlas", SUPPLIER.entry):
        assert sums(entry) == [before.model_copy(update={"entry": "s-atlas"})]
    with views.reading() as conn:
        listed = orders.find(conn, orders.Filters(supplier="s-atlas")).rows
        assert [each.supplier for each in listed] == [SUPPLIER.entry]
        of_centres = entry_totals.Filters(EntryKind.VOCATIONAL_CENTRE)
        (taken,) = entry_totals.totals(conn, of_centres)
        assert [(each.use, each.people, each.still) for each in taken.taken] == [
            (EntryUse.TRAINED, 1, 0)
        ]
        elsewhere = entry_totals.Filters(EntryKind.SUPPLIER, centre="midelt")
        assert entry_totals.totals(conn, elsewhere) == []


def test_who_was_registered_twice_is_one_person_in_the_totals(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, alias = Person(programme), Person(programme)
    for person in (one, alias):
        towards = [
            each for each in person.towards_approval() if not isinstance(each.step, RecordEducation)
        ]
        untrained = next(n for n, x in enumerate(towards) if isinstance(x.step, ProposeProject))
        enrolled = person.step(person.way.step(EnrolInTraining))
        programme.record(*person.intake(), *towards[:untrained], enrolled)
    catch_up(projector)

    def people() -> list[int]:
        with views.reading() as conn:
            of_centres = entry_totals.Filters(EntryKind.VOCATIONAL_CENTRE)
            (taken,) = entry_totals.totals(conn, of_centres)
            return [each.people for each in taken.taken]

    assert people() == [2]
    merge_people(programme, one, alias)
    catch_up(projector)
    assert people() == [1]
