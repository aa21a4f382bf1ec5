"""What a reviewer learns at the end: how far they agreed with the model and with the others."""

from sessions import FLOWERS, LABELS, NAMES, judge_all, open_session

from demo.sessions.model import VerdictInput
from demo.sessions.own_agreement import own_agreement
from demo.sessions.service import SessionService
from models.spec import Prediction

# By reviewer and case: setosa, versicolor and versicolor are what the model says.
SAID = {
    0: ("agree", "disagree", "cannot_tell"),
    1: ("agree", "agree", "agree"),
    2: ("agree", "disagree", "agree"),
}


def say(prediction: Prediction, case: int, reviewer: int) -> VerdictInput:
    verdict = SAID[reviewer][case]
    label = next(each for each in reversed(LABELS) if each != prediction.label)
    return VerdictInput(verdict, label if verdict == "disagree" else None)


def test_a_reviewer_learns_how_far_they_agreed_with_model_and_others(
    service: SessionService,
) -> None:
    session, people = open_session(
        service, "iris", [(flower, None) for flower in FLOWERS], NAMES, order="shuffled"
    )
    judge_all(service, session, people, say)

    found = own_agreement(service, people[0])

    assert (found.n_judged, found.n_untold) == (3, 1)
    assert found.with_model == (1, 2)
    # Of the second case the two others hold one label each: there is no "most of them".
    assert found.with_others == (1, 1)
    assert [case.number for case in found.cases] == [1, 2, 3]
    ids, _ = service.queue(people[0])
    assert [case.id for case in found.cases] == ids
    assert {case.verdict for case in found.cases} == set(SAID[0])


def test_who_judged_alone_is_compared_with_the_model_alone(service: SessionService) -> None:
    listed = [(flower, None) for flower in FLOWERS]
    session, (anna, _) = open_session(service, "iris", listed, ["Anna", "Ben"])
    judge_all(service, session, [anna], say)

    found = own_agreement(service, anna)

    assert found.with_model == (1, 2)
    assert found.with_others == (0, 0)
