"""Reviewers in a database: told apart, known by a token, and coming back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from storing import join, open_session

from demo.sessions.codes import new_token, token_hash
from demo.sessions.errors import InvalidSession
from demo.sessions.model import Reviewer
from demo.store.sessions import Store


def test_a_reviewer_is_known_by_a_token_in_one_session(store: Store) -> None:
    session, other, token = open_session(store), open_session(store), new_token()
    anna = store.sessions.add_reviewer(session, " Anna ", token_hash(token))

    assert anna.name == "Anna"
    assert store.sessions.reviewers(session) == [anna]
    assert store.sessions.reviewer(session, token_hash(token)) == anna
    assert store.sessions.reviewer(other, token_hash(token)) is None
    assert store.sessions.reviewer(session, token_hash("another")) is None
    assert store.sessions.reviewer(session, session.facilitator_hash) is None


def test_a_seat_is_a_session_with_who_bears_the_token(store: Store) -> None:
    session, token = open_session(store), new_token()
    join(store, session, "Ben")
    anna = store.sessions.add_reviewer(session, "Anna", token_hash(token))

    assert store.sessions.participant(session.code, token_hash(token)) == (session, anna)
    assert store.sessions.participant(session.code.upper(), "nobody's") == (session, None)
    assert store.sessions.participant(open_session(store).code, token_hash(token))[1] is None


def test_the_token_itself_is_not_stored(store: Store) -> None:
    session, token = open_session(store), new_token()
    store.sessions.add_reviewer(session, "Anna", token_hash(token))
    connection = store.database.reader.raw_connection()
    cursor = connection.cursor()
    cursor.execute("select * from reviewers")
    rows = str(cursor.fetchall())
    connection.close()

    assert token_hash(token) in rows
    assert token not in rows


@pytest.mark.parametrize(
    "names", [["Anna"] * 2, ["Anna"] * 8, ["Anna", "ANNA", "anna", " Anna"] * 2]
)
def test_people_of_one_name_who_join_at_once_are_told_apart(store: Store, names: list[str]) -> None:
    session, barrier = open_session(store), Barrier(len(names), timeout=10)

    def enter(name: str) -> str:
        barrier.wait()
        return join(store, session, name).name

    with ThreadPoolExecutor(len(names)) as threads:
        made = list(threads.map(enter, names))

    numbered = (f"anna ({number})" for number in range(2, len(names) + 1))
    assert {name.casefold() for name in made} == {"anna", *numbered}
    assert sorted(made) == sorted(reviewer.name for reviewer in store.sessions.reviewers(session))


def test_people_of_one_name_in_two_sessions_keep_it(store: Store) -> None:
    assert {join(store, open_session(store)).name for _ in range(3)} == {"Anna"}


def test_nobody_without_a_name_joins_unless_the_session_says_so(store: Store) -> None:
    with pytest.raises(InvalidSession):
        join(store, open_session(store), "")
    session = open_session(store, anonymous=True)

    assert [join(store, session, "").name for _ in range(2)] == ["Anonymous", "Anonymous (2)"]


def test_who_is_signed_in_comes_back_as_the_same_reviewer(store: Store) -> None:
    session = open_session(store)
    first = store.sessions.add_reviewer(session, "Anna", "a" * 64, account="anna@example.org")
    again = store.sessions.add_reviewer(session, "Somebody", "b" * 64, account="anna@example.org")

    assert again == first
    assert store.sessions.reviewer(session, "b" * 64) == first
    assert store.sessions.reviewer(session, "a" * 64) is None


def test_who_is_signed_in_and_comes_twice_at_once_is_one_reviewer(store: Store) -> None:
    session, barrier = open_session(store), Barrier(6, timeout=10)

    def enter(number: int) -> Reviewer:
        barrier.wait()
        return store.sessions.add_reviewer(session, "Anna", str(number) * 64, account="anna")

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(enter, range(6)))

    assert len({reviewer.id for reviewer in made}) == 1
    assert len(store.sessions.reviewers(session)) == 1


def test_guests_without_an_account_are_not_taken_for_one_another(store: Store) -> None:
    session = open_session(store)

    assert join(store, session, "Anna") != join(store, session, "Ben")
