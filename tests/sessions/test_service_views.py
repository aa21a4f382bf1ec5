"""From case to case at the session service: which one comes, and how far a reviewer is."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joining import first_label, join_as, judge_all, open_code, turn_of
from storing import record_of

from demo.sessions.case_view import Progress
from demo.sessions.errors import (
    UnknownCase,
)
from demo.sessions.model import VerdictInput
from demo.sessions.service import SessionService
from demo.store.sessions import Store, open_store
from models.explain.answers import predict_explained
from models.registry import ModelCatalogue


@pytest.fixture
def service(catalogue: ModelCatalogue, store: Store) -> SessionService:
    return SessionService(catalogue, lambda: store)


def test_cases_come_one_by_one_until_none_is_left(service: SessionService) -> None:
    participant = join_as(service, open_code(service))
    seen = []
    for number in range(3):
        case_view = turn_of(service, participant)
        assert (case_view.number, case_view.done, case_view.total, case_view.verdict) == (
            number + 1,
            number,
            3,
            None,
        )
        seen.append(case_view.case.record)
        service.judge(participant, case_view.case.id, VerdictInput("agree"))

    assert seen == [record_of(0), record_of(1), record_of(2)]
    assert service.next_view(participant) is None
    assert service.progress(participant) == Progress(3, 3)


def test_a_turn_shows_the_answer_with_its_reasons(service: SessionService) -> None:
    case_view = turn_of(service, join_as(service, open_code(service)))

    assert case_view.answer == predict_explained(
        service.catalogue["iris"], case_view.case.record, with_flip=True
    )


def test_what_is_skipped_comes_again_at_the_end(service: SessionService) -> None:
    participant = join_as(service, open_code(service))
    first = turn_of(service, participant)
    second = turn_of(service, participant, first.case.id)
    third = turn_of(service, participant, second.case.id)

    assert [case_view.number for case_view in (first, second, third)] == [1, 2, 3]
    assert turn_of(service, participant, third.case.id).case == first.case
    service.judge(participant, second.case.id, VerdictInput("agree"))
    assert turn_of(service, participant, first.case.id).case == third.case
    assert turn_of(service, participant, 10**6).case == first.case


def test_one_can_go_back_as_far_as_the_first(service: SessionService) -> None:
    participant = join_as(service, open_code(service))
    first, second, third = judge_all(service, participant)

    def before(case: int | None) -> int | None:
        case_view = service.view_before(participant, case)
        return case_view.case.id if case_view else None

    assert [before(None), before(third), before(second), before(first)] == [
        *(third, second, first, None),
    ]
    case_view = service.case_view(participant, second)
    assert case_view.verdict
    assert case_view.verdict.verdict_input == VerdictInput("agree", "setosa")


def test_a_reviewer_of_an_empty_floor_has_nothing_to_do_yet(service: SessionService) -> None:
    participant = join_as(service, open_code(service, 0))

    assert service.next_view(participant) is None
    assert service.view_before(participant, None) is None
    assert service.progress(participant) == Progress(0, 0)


def test_a_shuffled_session_has_the_same_order_after_a_restart(
    service: SessionService, database_url: str
) -> None:
    code = open_code(service, 8, order="shuffled")
    participants = [service.join(code, name) for name in ("Anna", "Ben")]
    begun = turn_of(service, participants[0][0]).case.id
    orders = [judge_all(service, participant) for participant, _ in participants]
    again = SessionService(service.catalogue, lambda: open_store(database_url, "wal"))
    participant = again.participant(code, participants[0][1])

    assert orders[0][0] == begun
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]
    assert again.queue(participant)[0] == orders[0]
    again.leave()


def test_a_case_of_another_session_or_reviewer_is_unknown(service: SessionService) -> None:
    participant, other = (
        join_as(service, open_code(service)),
        join_as(service, open_code(service)),
    )
    foreign = turn_of(service, other).case.id
    own = service.try_case(join_as(service, participant.session.code, "Ben"), record_of(9)).id

    for case in (foreign, own, 0, 10**30):
        with pytest.raises(UnknownCase):
            service.case_view(participant, case)
        with pytest.raises(UnknownCase):
            service.judge(participant, case, VerdictInput("agree"))
    assert (
        service.store.verdicts.verdicts(participant.session)
        == service.store.verdicts.verdicts(other.session)
        == []
    )


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["next", "skip", "back", "agree", "disagree", "cannot_tell", "again", "try"]
        ),
        st.integers(0, 3),
    ),
    max_size=25,
)


@pytest.fixture(params=[{}, {"blind": True}, {"order": "shuffled"}, {"verdicts_per_case": 1}])
def plan(request: pytest.FixtureRequest) -> dict[str, object]:
    return dict(request.param)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_a_reviewer_does_progress_tells_what_is_stored(
    service: SessionService, plan: dict[str, object], steps: list[tuple[str, int]]
) -> None:
    participant = join_as(service, open_code(service, 3, **plan))
    judged: dict[int, str] = {}
    case: int | None = None
    for step, number in steps:
        if step == "try":
            case = service.try_case(participant, record_of(10 + number)).id
            continue
        if step in ("next", "skip"):
            case_view = service.next_view(participant, case if step == "skip" else None)
        elif step == "back":
            case_view = service.view_before(participant, case)
        elif case:
            verdict = judged.get(case, "agree") if step == "again" else step
            label = "virginica" if verdict == "disagree" else None
            service.judge(participant, case, VerdictInput(verdict, label, first_label(participant)))
            judged[case] = verdict
            case_view = service.case_view(participant, case)
        else:
            continue
        case = case_view.case.id if case_view else None
        if case_view:
            assert (
                case_view.verdict.verdict_input.verdict if case_view.verdict else None
            ) == judged.get(case_view.case.id)
            assert (case_view.done, case_view.total) == (
                len(judged),
                service.progress(participant).total,
            )
        elif step in ("next", "skip"):
            assert len(judged) == service.progress(participant).total

    stored = {
        row.case_id: row.verdict_input.verdict
        for row in service.store.verdicts.verdicts(participant.session)
    }
    assert stored == judged
    assert service.progress(participant).done == len(judged)
    assert service.progress(participant).total == 3 + sum(
        case.added_by is not None for case in service.store.verdicts.cases(participant.session)
    )
