"""What a session is made of: its plan, its signature, the order of its cases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.sessions.errors import InvalidSession
from demo.sessions.model import (
    DECISIONS,
    MOST_SIGNERS,
    MOST_VERDICTS,
    Plan,
    Reviewer,
    Session,
    Signature,
    check_plan,
    check_signature,
    now,
    order_for,
)

ids = st.lists(st.integers(1, 10**6), unique=True, max_size=30)


def review_of(order: str = "shuffled", code: str = "2222-2222-2222-2222") -> Session:
    plan = Plan("Do we trust it?", "iris", order=order)
    return Session(1, code, plan, "ab" * 32, "cd" * 32, False, now())


def reviewer_of(number: int = 1) -> Reviewer:
    return Reviewer(number, f"Reviewer {number}", now())


def refusal_of(**asked: Any) -> tuple[str | None, str]:
    with pytest.raises(InvalidSession) as caught:
        check_plan({"title": "A title", "model": "iris"} | asked)
    return caught.value.field, caught.value.message


def test_a_title_and_a_model_are_enough() -> None:
    assert check_plan({"title": " A \n title ", "model": "iris"}) == Plan("A title", "iris")


def test_everything_that_is_asked_for_is_in_the_plan() -> None:
    asked = {
        "title": "A title",
        "model": "iris",
        "purpose": "To\nlearn",
        "question": "Do we use it?",
        "blind": True,
        "order": "shuffled",
        "verdicts_per_case": 3,
        "open_floor": False,
        "anonymous": True,
    }

    assert vars(check_plan(asked)) == asked


def test_texts_that_are_null_are_left_out() -> None:
    plan = check_plan({"title": "A", "model": "iris", "purpose": None, "question": None})

    assert (plan.purpose, plan.question) == ("", "")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " \x00 "}, "title"),
        ({"title": None}, "title"),
        ({"title": 7}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"model": None}, "model"),
        ({"model": ["iris"]}, "model"),
        ({"purpose": 0}, "purpose"),
        ({"purpose": "x" * 4_001}, "purpose"),
        ({"question": ["Why?"]}, "question"),
        ({"blind": "yes"}, "blind"),
        ({"blind": 1}, "blind"),
        ({"open_floor": None}, "open_floor"),
        ({"anonymous": "false"}, "anonymous"),
        ({"order": "random"}, "order"),
        ({"order": None}, "order"),
        ({"order": ["shared"]}, "order"),
        ({"verdicts_per_case": 0}, "verdicts_per_case"),
        ({"verdicts_per_case": MOST_VERDICTS + 1}, "verdicts_per_case"),
        ({"verdicts_per_case": True}, "verdicts_per_case"),
        ({"verdicts_per_case": 2.0}, "verdicts_per_case"),
        ({"verdicts_per_case": "2"}, "verdicts_per_case"),
    ],
)
def test_a_bad_field_is_refused_by_its_name(asked: dict[str, Any], field: str) -> None:
    assert refusal_of(**asked)[0] == field


def test_an_unknown_field_is_refused_with_those_that_there_are() -> None:
    _, message = refusal_of(blnd=True)

    assert message.startswith("There is no field 'blnd'; a session takes anonymous, blind, ")


def test_the_model_may_not_be_missing() -> None:
    with pytest.raises(InvalidSession, match="model must be the name of a model"):
        check_plan({"title": "A title"})


def test_a_signature_is_cleaned() -> None:
    signature = check_signature("reject", " Too\nweak \x00", [" Anna ", "", "B\u202een"])

    assert signature == Signature("reject", "Too\nweak", ("Anna", "Ben"))


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_is_taken(decision: str) -> None:
    assert check_signature(decision, "Why", ("Anna",)).decision == decision


@pytest.mark.parametrize(
    ("decision", "reasons", "signed_by", "field"),
    [
        ("yes", "Why", ["Anna"], "decision"),
        (None, "Why", ["Anna"], "decision"),
        (["approve"], "Why", ["Anna"], "decision"),
        ("approve", "", ["Anna"], "reasons"),
        ("approve", " \x00\n", ["Anna"], "reasons"),
        ("approve", None, ["Anna"], "reasons"),
        ("approve", "x" * 4_001, ["Anna"], "reasons"),
        ("approve", "Why", [], "signed_by"),
        ("approve", "Why", ["", " "], "signed_by"),
        ("approve", "Why", "Anna", "signed_by"),
        ("approve", "Why", None, "signed_by"),
        ("approve", "Why", {"Anna": 1}, "signed_by"),
        ("approve", "Why", [7], "signed_by"),
        ("approve", "Why", ["x" * 81], "signed_by"),
        ("approve", "Why", [f"Anna {n}" for n in range(MOST_SIGNERS + 1)], "signed_by"),
    ],
)
def test_a_signature_without_a_part_is_refused(
    decision: object, reasons: object, signed_by: object, field: str
) -> None:
    with pytest.raises(InvalidSession) as caught:
        check_signature(decision, reasons, signed_by)

    assert caught.value.field == field


def test_the_time_is_utc_and_sorts_as_text() -> None:
    before, after = now(), now()

    assert before <= after
    assert datetime.fromisoformat(before).tzinfo == UTC
    assert len(before) <= 32


@given(ids)
def test_a_shared_order_is_that_of_the_list(case_ids: list[int]) -> None:
    assert order_for(review_of("shared"), reviewer_of(), case_ids) == case_ids


@given(ids)
def test_a_shuffled_order_has_every_case_once_and_is_the_same_every_time(
    case_ids: list[int],
) -> None:
    order = order_for(review_of(), reviewer_of(), case_ids)

    assert sorted(order) == sorted(case_ids)
    assert order_for(review_of(), reviewer_of(), case_ids[::-1]) == order


@given(ids, st.integers(10**6 + 1, 10**7))
def test_a_case_that_is_added_leaves_the_others_in_their_order(
    case_ids: list[int], added: int
) -> None:
    before = order_for(review_of(), reviewer_of(), case_ids)
    after = order_for(review_of(), reviewer_of(), [*case_ids, added])

    assert [case for case in after if case != added] == before


def test_each_reviewer_and_each_session_has_an_order_of_its_own() -> None:
    case_ids = list(range(1, 21))
    orders = [
        order_for(review_of(code=code), reviewer_of(number), case_ids)
        for code in ("2222-2222-2222-2222", "3333-3333-3333-3333")
        for number in range(1, 21)
    ]

    assert len({tuple(order) for order in orders}) == 40
    assert len({order[0] for order in orders}) > 10
