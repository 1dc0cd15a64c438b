"""Names that a reader has put away stand nowhere in an answer; all else does."""

from typing import Annotated

from domain.message import FieldClass, Message
from service.access.names import nameless


class Contact(Message):
    name: str | None
    phone: str


class Person(Message):
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    reference: str
    contacts: Annotated[tuple[Contact, ...], FieldClass.PERSONAL] = ()


class Supplier(Message):
    name: str
    name_ar: str


class Page(Message):
    rows: tuple[Person | Supplier, ...]


def test_people_lose_their_names_and_suppliers_keep_theirs() -> None:
    contact = Contact(name="Hind", phone="0600000001")
    person = Person(name_ar="سعيد", reference="TAZ-24-0001", contacts=(contact,))
    supplier = Supplier(name="Atelier", name_ar="ورشة")
    bare = nameless(Page(rows=(person, supplier)))
    without = person.model_copy(
        update={"name_ar": None, "contacts": (contact.model_copy(update={"name": None}),)}
    )
    assert bare.rows == (without, supplier)


def test_an_answer_without_a_name_is_the_same_answer() -> None:
    page = Page(rows=(Supplier(name="Atelier", name_ar="ورشة"),))
    assert nameless(page) is page
    assert nameless("text") == "text"
