"""How far one reviewer agreed with the model and with the others, and what they said of each case."""

from collections.abc import Mapping
from dataclasses import dataclass

from demo.sessions.case_view import Participant
from demo.sessions.metrics.dispute import count_cases
from demo.sessions.metrics.votes import Judgement, cast_votes
from demo.sessions.service import SessionService
from models.spec import Record

# How many cases are listed with their inputs.
N_LISTED = 200


@dataclass(frozen=True)
class OwnCase:
    """A case that the reviewer has judged; `number` is its place in their order, from 1."""

    id: int
    number: int
    record: Record
    verdict: str
    label: str | None
    predicted: str


@dataclass(frozen=True)
class OwnAgreement:
    """How often a reviewer agreed, of how many cases: with the model, and with most of the others.

    Cases that the reviewer could not tell are in neither `total`; nor are, of `with_others`, those of
    which the others hold no label in common. `cases` are the first ones of `n_judged`.
    """

    n_judged: int
    n_untold: int
    with_model: tuple[int, int]
    with_others: tuple[int, int]
    cases: tuple[OwnCase, ...]


def own_agreement(service: SessionService, participant: Participant) -> OwnAgreement:
    """Return what a reviewer said, beside what model and others say of the same cases.

    To be shown to who has judged all cases: it tells how the others see them.
    """
    session, me = participant.session, participant.reviewer.id
    judgements = service.queries.judgements(session)
    own = {int(each.case): each for each in judgements if each.reviewer == me}
    others = [each for each in judgements if each.reviewer != me and int(each.case) in own]
    counted = count_cases(cast_votes(others, participant.model.spec.classes))
    held = {int(each.case): each.majority for each in counted if each.majority is not None}
    told = [each for each in own.values() if each.verdict != "cannot_tell"]
    shared = [each for each in told if int(each.case) in held]
    return OwnAgreement(
        len(own),
        len(own) - len(told),
        (sum(each.verdict == "agree" for each in told), len(told)),
        (sum(each.label == held[int(each.case)] for each in shared), len(shared)),
        list_cases(service, participant, own),
    )


def list_cases(
    service: SessionService, participant: Participant, own: Mapping[int, Judgement]
) -> tuple[OwnCase, ...]:
    """Return the first judged cases in the reviewer's order."""
    ids, _ = service.queue(participant)
    placed = [(number, case) for number, case in enumerate(ids, 1) if case in own][:N_LISTED]
    cases = service.queries.some_cases(participant.session, [case for _, case in placed])
    return tuple(
        OwnCase(
            case,
            number,
            cases[case].record,
            own[case].verdict,
            own[case].label,
            own[case].predicted,
        )
        for number, case in placed
    )
