"""Cases in a database: whose they are, who gets them, and what was said of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from storing import join, open_session, put, record_of

from demo.sessions.errors import UnknownCase
from demo.sessions.model import Case, Draft, Review, Reviewer
from demo.store.sessions import Store


@pytest.fixture
def review(store: Store) -> Review:
    return open_session(store)


@pytest.fixture
def anna(store: Store, review: Review) -> Reviewer:
    return join(store, review)


@pytest.fixture
def case(store: Store, review: Review) -> Case:
    return store.cases(review)[0]


def test_a_case_is_of_one_session(store: Store, review: Review, case: Case) -> None:
    other = open_session(store)

    assert store.case(review, case.id) == case
    with pytest.raises(UnknownCase, match="This session has no case "):
        store.case(other, case.id)


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**31, 2**63, 10**100])
def test_a_number_that_no_case_has_is_unknown(store: Store, review: Review, number: int) -> None:
    with pytest.raises(UnknownCase):
        store.case(review, number)


def test_an_input_of_a_reviewers_own_is_theirs(
    store: Store, review: Review, anna: Reviewer
) -> None:
    ben = join(store, review, "Ben")
    made = store.add_case(review, anna, record_of(9))

    assert (made.position, made.record, made.added_by) == (3, record_of(9), anna.id)
    assert store.case(review, made.id, anna) == store.case(review, made.id) == made
    with pytest.raises(UnknownCase):
        store.case(review, made.id, ben)
    assert store.cases(review)[-1] == made


def test_the_same_input_again_is_the_same_case(
    store: Store, review: Review, anna: Reviewer
) -> None:
    first = store.add_case(review, anna, record_of(9))

    assert store.add_case(review, anna, dict(list(record_of(9).items())[::-1])) == first
    assert store.add_case(review, join(store, review, "Ben"), record_of(9)) != first
    assert store.add_case(review, anna, record_of(0)) not in store.cases(review)[:3]


def test_the_same_input_sent_at_once_is_one_case(
    store: Store, review: Review, anna: Reviewer
) -> None:
    barrier = Barrier(10, timeout=10)

    def add(_: int) -> int:
        barrier.wait()
        return store.add_case(review, anna, record_of(9)).id

    with ThreadPoolExecutor(10) as threads:
        assert len(set(threads.map(add, range(10)))) == 1

    assert len(store.cases(review)) == 4


def test_inputs_of_many_at_once_are_all_there(store: Store, review: Review) -> None:
    reviewers = [join(store, review, f"Reviewer {number}") for number in range(8)]

    def add(number: int) -> int:
        return store.add_case(review, reviewers[number % 8], record_of(number + 10)).id

    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(add, range(40)))

    added = store.cases(review)[3:]
    assert {case.id for case in added} == made
    assert len(made) == 40
    assert [case.position for case in added] == sorted(case.position for case in added)


def test_the_first_input_of_an_open_floor_has_the_first_place(store: Store) -> None:
    review = open_session(store, 0)

    assert store.add_case(review, join(store, review), record_of(1)).position == 0


def test_a_queue_holds_the_list_and_ones_own_inputs(
    store: Store, review: Review, anna: Reviewer
) -> None:
    ben = join(store, review, "Ben")
    listed = [case.id for case in store.cases(review)]
    own = store.add_case(review, anna, record_of(9))
    put(store, review, anna, store.cases(review)[1], Draft("agree"))

    assert store.queue(review, anna) == ([*listed, own.id], {listed[1]})
    assert store.queue(review, ben) == (listed, set())


def test_a_first_label_alone_is_no_verdict_yet(store: Store) -> None:
    review = open_session(store, blind=True)
    anna, case = join(store, review), store.cases(review)[0]
    put(store, review, anna, case, Draft(blind_label="setosa"))

    assert store.queue(review, anna)[1] == set()


def test_a_case_with_verdicts_enough_is_left_to_those_who_began_it(store: Store) -> None:
    review = open_session(store, verdicts_per_case=2)
    anna, ben, carla = (join(store, review, name) for name in ("Anna", "Ben", "Carla"))
    first, *others = store.cases(review)
    rest = [case.id for case in others]
    put(store, review, anna, first, Draft("agree"))
    assert store.queue(review, carla) == ([first.id, *rest], set())

    put(store, review, ben, first, Draft("cannot_tell"))
    assert store.queue(review, carla) == (rest, set())
    assert store.queue(review, anna) == ([first.id, *rest], {first.id})


def test_first_labels_alone_do_not_fill_a_case(store: Store) -> None:
    review = open_session(store, 1, verdicts_per_case=1, blind=True)
    anna, ben = join(store, review, "Anna"), join(store, review, "Ben")
    (case,) = store.cases(review)
    put(store, review, anna, case, Draft(blind_label="setosa"))

    assert store.queue(review, ben)[0] == [case.id]
    put(store, review, ben, case, Draft("agree", blind_label="setosa"))
    assert store.queue(review, anna) == ([case.id], set())


def test_what_the_board_asks_for_is_what_was_said(
    store: Store, review: Review, anna: Reviewer, case: Case
) -> None:
    row = put(store, review, anna, case, Draft("disagree", "virginica", comment="No"))
    own = store.add_case(review, anna, record_of(9))
    (said,) = store.judgements(review)

    assert (said.case_id, said.reviewer_id) == (row.case_id, row.reviewer_id)
    assert (said.verdict, said.label, said.blind_label, said.comment) == (
        *("disagree", "virginica", None, "No"),
    )
    assert (said.predicted, said.probability) == ("setosa", 0.9)
    assert [(place.position, place.added_by) for place in store.places(review)] == [
        *((0, None), (1, None), (2, None), (3, anna.id)),
    ]
    assert store.records(review, [own.id, case.id, 10**6]) == {
        case.id: case.record,
        own.id: record_of(9),
    }
