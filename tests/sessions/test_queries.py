"""What lists, boards and reports read of sessions."""

import pytest
from joining import join_as, open_code
from storing import record_of

from demo.sessions.errors import UnknownSession
from demo.sessions.model import VerdictInput
from demo.sessions.service import SessionService
from demo.store.sessions import Store
from models.registry import ModelCatalogue


@pytest.fixture
def service(catalogue: ModelCatalogue, store: Store) -> SessionService:
    return SessionService(catalogue, lambda: store)


def test_queries_see_what_the_service_stored(service: SessionService) -> None:
    code = open_code(service)
    anna = join_as(service, code)
    case, *others = service.queue(anna)[0]
    row = service.judge(anna, case, VerdictInput("disagree", "virginica", comment="Too long."))
    queries, session = service.queries, service.session(code)

    assert queries.all_sessions() == [queries.session(code)] == [session]
    assert queries.reviewers(session) == [anna.reviewer]
    assert [one.id for one in queries.cases(session)] == [case, *others]
    assert queries.verdicts(session) == [row]
    assert queries.counts(session).n_verdicts == 1
    assert queries.some_cases(session, [case])[case].record == record_of(0)


def test_a_first_label_alone_is_said_but_no_judgement(service: SessionService) -> None:
    anna = join_as(service, open_code(service, blind=True))
    first, second, _ = service.queue(anna)[0]
    service.judge(anna, first, VerdictInput(blind_label="cannot_tell"))
    service.judge(anna, second, VerdictInput("agree", blind_label="setosa"))

    rows = service.queries.judgement_rows(anna.session)
    (judgement,) = service.queries.judgements(anna.session)

    assert [row.case_id for row in rows] == [first, second]
    assert (judgement.case, judgement.verdict) == (second, "agree")


def test_to_look_for_open_feedback_does_not_make_it(service: SessionService) -> None:
    with pytest.raises(UnknownSession):
        service.queries.session("open-feedback-iris")

    assert service.queries.all_sessions() == []


def test_a_stored_report_is_read_as_it_is(service: SessionService) -> None:
    session = service.session(open_code(service))

    assert service.queries.report(session, "html") is None
    assert service.keep_report(session, "html", "the first") == "the first"
    assert service.keep_report(session, "html", "the second") == "the first"
    assert service.queries.report(session, "html") == "the first"
