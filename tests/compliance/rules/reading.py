"""What readers get: as it was stored, in order, and only what they asked for."""

from tests.compliance.house import House, event, positions, write


def _versions(found: object) -> list[int]:
    return [each.originator_version for each in found]  # type: ignore[attr-defined]


def bytes_come_back_as_they_were(house: House) -> None:
    """Whatever they are: zeros, spaces at the ends, no UTF-8."""
    store = house.store()
    states = [b"", b"\x00", b" \n", bytes(range(256)), "ملاحظة".encode()]
    write(store, *(event("case/a", n, state) for n, state in enumerate(states, 1)))
    assert [found.state for found in store.select_events("case/a")] == states
    assert all(type(found.state) is bytes for found in store.select_notifications(None, 9))


def long_states_come_back_whole(house: House) -> None:
    """A million bytes are stored like ten."""
    store, long = house.store(), bytes(range(250)) * 4000
    write(store, event("case/a", 1, long))
    assert store.select_events("case/a")[0].state == long


def names_are_exact(house: House) -> None:
    """Names that differ by case, by an accent or by a space are different streams."""
    store = house.store()
    names = ["case/a", "case/A", "case/é", "case/e\u0301", "case/a ", "case/ملف"]
    write(store, *(event(name, 1) for name in names))
    for name in names:
        assert [found.originator_id for found in store.select_events(name)] == [name]


def a_stream_is_read_in_order(house: House) -> None:
    """By version."""
    store = house.store()
    write(store, *(event("case/a", version) for version in range(1, 12)))
    assert _versions(store.select_events("case/a")) == list(range(1, 12))


def all_events_are_read_in_order(house: House) -> None:
    """By position."""
    store = house.store()
    write(store, *(event(f"case/{n}", 1) for n in range(12)))
    assert positions(store) == list(range(1, 13))


def a_stream_has_its_own_events_only(house: House) -> None:
    """However alike another's name is."""
    store = house.store()
    write(store, event("case/a", 1), event("case/ab", 1), event("case/a%", 1), event("cas", 1))
    assert [found.originator_id for found in store.select_events("case/a")] == ["case/a"]


def a_stream_is_read_from_and_to_a_version(house: House) -> None:
    """After `gt`, up to `lte`, so many, or from the end."""
    store = house.store()
    write(store, *(event("case/a", version) for version in range(1, 8)))
    assert _versions(store.select_events("case/a", gt=5)) == [6, 7]
    assert _versions(store.select_events("case/a", lte=2)) == [1, 2]
    assert _versions(store.select_events("case/a", gt=2, lte=4)) == [3, 4]
    assert _versions(store.select_events("case/a", desc=True, limit=1)) == [7]
    assert _versions(store.select_events("case/a", gt=7)) == []


def all_events_are_read_from_and_to_a_position(house: House) -> None:
    """From `start`, with it or after it, up to `stop`, and so many."""
    store = house.store()
    write(store, *(event("case/a", version) for version in range(1, 8)))

    def read(*given: int, **how: bool) -> list[int]:
        return [found.id for found in store.select_notifications(*given, **how)]

    assert read(3, 2) == [3, 4]
    assert read(3, 2, inclusive_of_start=False) == [4, 5]
    assert read(5, 9, 6) == [5, 6]
    assert read(8, 9) == []


def events_are_read_by_their_topics(house: House) -> None:
    """Those asked for, and no others."""
    store = house.store()
    topics = ["Told:1", "Asked:1", "Told:2", "Asked:1"]
    write(store, *(event("case/a", n, topic=topic) for n, topic in enumerate(topics, 1)))
    found = store.select_notifications(None, 9, None, ["Asked:1"])
    assert [each.id for each in found] == [2, 4]


def several_tails_at_once_are_each_tail(house: House) -> None:
    """Read together they are what they are alone."""
    store = house.store()
    for name in ("case/c", "case/a", "case/b"):
        write(store, *(event(name, version) for version in range(1, 5)))
    after = [("case/a", 1), ("case/d", 0), ("case/b", 4), ("case/c", 2)]
    together = [(e.originator_id, e.originator_version) for e in store.select_tails(after)]
    alone = [(s, e.originator_version) for s, v in after for e in store.select_events(s, gt=v)]
    assert sorted(together) == sorted(alone)


def a_kind_is_read_stream_by_stream(house: House) -> None:
    """From any place in it on, up to a position, and nothing of a kind whose name begins alike."""
    store = house.store()
    names = ("case/b", "case/a", "cases/a", "case/B", "case-x/a", "case/b", "case/a", "case/c")
    for number, name in enumerate(names):
        write(store, event(name, names[: number + 1].count(name)))
    whole = [("case/B", 1), ("case/a", 1), ("case/a", 2), ("case/b", 1), ("case/b", 2)]
    for size in range(1, 7):
        found: list[tuple[str, int]] = []
        after = ("case/", 0)
        while stretch := store.select_between(after, "case0", 7, size):
            assert len(stretch) <= size
            found += [(each.originator_id, each.originator_version) for each in stretch]
            after = found[-1]
        assert found == whole
    part = store.select_between(("case/a", 0), "case/b", 9, 9)
    assert [(each.originator_id, each.originator_version) for each in part] == whole[1:3]


def the_streams_of_a_kind_are_listed(house: House) -> None:
    """With their versions, and none of a kind whose name begins alike."""
    store = house.store()
    write(store, event("case/a", 1), event("case/a", 2), event("case-x/a", 1), event("cases/a", 1))
    assert store.streams("case") == [("case/a", 2)]


def streams_are_listed_by_code_point(house: House) -> None:
    """On every database alike, whatever language its server speaks."""
    store = house.store()
    names = ["case/a", "case/B", "case/_", "case/ب", "case/é", "case/10", "case/9"]
    write(store, *(event(name, 1) for name in names))
    assert [name for name, _ in store.streams("case")] == sorted(names)


def an_empty_ledger_has_no_head(house: House) -> None:
    """And one with events has its last position."""
    store = house.store()
    assert store.max_notification_id() is None
    write(store, event("case/a", 1), event("case/a", 2))
    assert store.max_notification_id() == 2
