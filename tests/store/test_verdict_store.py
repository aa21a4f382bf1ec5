"""Cases in a database: whose they are, who gets them, and what was said of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from storing import join, open_session, put, record_of

from demo.sessions.errors import UnknownCase
from demo.sessions.model import Case, Reviewer, Session, VerdictInput
from demo.store.sessions import Store


@pytest.fixture
def session(store: Store) -> Session:
    return open_session(store)


@pytest.fixture
def anna(store: Store, session: Session) -> Reviewer:
    return join(store, session)


@pytest.fixture
def case(store: Store, session: Session) -> Case:
    return store.verdicts.cases(session)[0]


def test_a_case_is_of_one_session(store: Store, session: Session, case: Case) -> None:
    other = open_session(store)

    assert store.verdicts.case(session, case.id) == case
    with pytest.raises(UnknownCase, match="This session has no case "):
        store.verdicts.case(other, case.id)


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**31, 2**63, 10**100])
def test_a_number_that_no_case_has_is_unknown(store: Store, session: Session, number: int) -> None:
    with pytest.raises(UnknownCase):
        store.verdicts.case(session, number)


def test_an_input_of_a_reviewers_own_is_theirs(
    store: Store, session: Session, anna: Reviewer
) -> None:
    ben = join(store, session, "Ben")
    made = store.verdicts.add_case(session, anna, record_of(9))

    assert (made.position, made.record, made.added_by) == (3, record_of(9), anna.id)
    assert (
        store.verdicts.case(session, made.id, anna) == store.verdicts.case(session, made.id) == made
    )
    with pytest.raises(UnknownCase):
        store.verdicts.case(session, made.id, ben)
    assert store.verdicts.cases(session)[-1] == made


def test_the_same_input_again_is_the_same_case(
    store: Store, session: Session, anna: Reviewer
) -> None:
    first = store.verdicts.add_case(session, anna, record_of(9))

    assert store.verdicts.add_case(session, anna, dict(list(record_of(9).items())[::-1])) == first
    assert store.verdicts.add_case(session, join(store, session, "Ben"), record_of(9)) != first
    assert (
        store.verdicts.add_case(session, anna, record_of(0))
        not in store.verdicts.cases(session)[:3]
    )


def test_the_same_input_sent_at_once_is_one_case(
    store: Store, session: Session, anna: Reviewer
) -> None:
    barrier = Barrier(10, timeout=10)

    def add(_: int) -> int:
        barrier.wait()
        return store.verdicts.add_case(session, anna, record_of(9)).id

    with ThreadPoolExecutor(10) as threads:
        assert len(set(threads.map(add, range(10)))) == 1

    assert len(store.verdicts.cases(session)) == 4


def test_inputs_of_many_at_once_are_all_there(store: Store, session: Session) -> None:
    reviewers = [join(store, session, f"Reviewer {number}") for number in range(8)]

    def add(number: int) -> int:
        return store.verdicts.add_case(session, reviewers[number % 8], record_of(number + 10)).id

    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(add, range(40)))

    added = store.verdicts.cases(session)[3:]
    assert {case.id for case in added} == made
    assert len(made) == 40
    assert [case.position for case in added] == sorted(case.position for case in added)


def test_the_first_input_of_an_open_floor_has_the_first_place(store: Store) -> None:
    session = open_session(store, 0)

    assert store.verdicts.add_case(session, join(store, session), record_of(1)).position == 0


def test_a_queue_holds_the_list_and_ones_own_inputs(
    store: Store, session: Session, anna: Reviewer
) -> None:
    ben = join(store, session, "Ben")
    listed = [case.id for case in store.verdicts.cases(session)]
    own = store.verdicts.add_case(session, anna, record_of(9))
    put(store, session, anna, store.verdicts.cases(session)[1], VerdictInput("agree"))

    assert store.verdicts.queue(session, anna) == ([*listed, own.id], {listed[1]})
    assert store.verdicts.queue(session, ben) == (listed, set())


def test_a_first_label_alone_is_no_verdict_yet(store: Store) -> None:
    session = open_session(store, blind=True)
    anna, case = join(store, session), store.verdicts.cases(session)[0]
    put(store, session, anna, case, VerdictInput(blind_label="setosa"))

    assert store.verdicts.queue(session, anna)[1] == set()


def test_a_case_with_verdicts_enough_is_left_to_those_who_began_it(store: Store) -> None:
    session = open_session(store, verdicts_per_case=2)
    anna, ben, carla = (join(store, session, name) for name in ("Anna", "Ben", "Carla"))
    first, *others = store.verdicts.cases(session)
    rest = [case.id for case in others]
    put(store, session, anna, first, VerdictInput("agree"))
    assert store.verdicts.queue(session, carla) == ([first.id, *rest], set())

    put(store, session, ben, first, VerdictInput("cannot_tell"))
    assert store.verdicts.queue(session, carla) == (rest, set())
    assert store.verdicts.queue(session, anna) == ([first.id, *rest], {first.id})


def test_first_labels_alone_do_not_fill_a_case(store: Store) -> None:
    session = open_session(store, 1, verdicts_per_case=1, blind=True)
    anna, ben = join(store, session, "Anna"), join(store, session, "Ben")
    (case,) = store.verdicts.cases(session)
    put(store, session, anna, case, VerdictInput(blind_label="setosa"))

    assert store.verdicts.queue(session, ben)[0] == [case.id]
    put(store, session, ben, case, VerdictInput("agree", blind_label="setosa"))
    assert store.verdicts.queue(session, anna) == ([case.id], set())


def test_what_the_board_asks_for_is_what_was_said(
    store: Store, session: Session, anna: Reviewer, case: Case
) -> None:
    row = put(store, session, anna, case, VerdictInput("disagree", "virginica", comment="No"))
    own = store.verdicts.add_case(session, anna, record_of(9))
    (said,) = store.verdicts.judgements(session)

    assert (said.case_id, said.reviewer_id) == (row.case_id, row.reviewer_id)
    assert (said.verdict, said.label, said.blind_label, said.comment) == (
        *("disagree", "virginica", None, "No"),
    )
    assert (said.predicted, said.probability) == ("setosa", 0.9)
    assert [
        (place.position, place.added_by) for place in store.verdicts.case_positions(session)
    ] == [
        *((0, None), (1, None), (2, None), (3, anna.id)),
    ]
    assert store.verdicts.some_cases(session, [own.id, case.id, 10**6]) == {
        case.id: case,
        own.id: own,
    }
