"""The rules of a session: whose case it is, and what is stored of what a reviewer says."""

from collections.abc import Sequence, Set

from demo.sessions.errors import InvalidVerdict
from demo.sessions.model import CANNOT_TELL, JUDGEMENTS, NONE_OF_THESE, Session, VerdictInput
from demo.sessions.text import clean_text
from models.errors import shown


def queue_of(offered: Set[int], full: Set[int], begun: Set[int]) -> Set[int]:
    """Return which of the cases offered to a reviewer they have judged or may still judge.

    Offered are the cases of the list and their own. One that is full, with as many verdicts as it needs,
    is left to those who have begun it.
    """
    return offered - (full - begun)


def resolve_verdict(
    session: Session,
    verdict_input: VerdictInput,
    predicted: str,
    classes: Sequence[str],
    earlier: VerdictInput | None,
) -> VerdictInput:
    """Return the verdict to store; raise InvalidVerdict if it breaks a rule of the session.

    "agree" implies the label, and so does "disagree" with two classes unless none of them fits. The first label in a blind
    session cannot be changed, because the answer has been shown since.
    """
    first = resolve_first(session, verdict_input, classes, earlier)
    comment = clean_text(verdict_input.comment, "comment")
    if verdict_input.verdict is None:
        if not session.plan.blind:
            raise InvalidVerdict(
                f"verdict is missing; send one of: {', '.join(JUDGEMENTS)}.", "verdict"
            )
        return (
            earlier
            if earlier and earlier.verdict
            else VerdictInput(blind_label=first, comment=comment)
        )
    if verdict_input.verdict not in JUDGEMENTS:
        raise InvalidVerdict(
            f"verdict is {shown(verdict_input.verdict)}; send one of: {', '.join(JUDGEMENTS)}.",
            "verdict",
        )
    label = resolve_label(verdict_input, predicted, classes)
    return VerdictInput(verdict_input.verdict, label, first, comment)


def resolve_first(
    session: Session,
    verdict_input: VerdictInput,
    classes: Sequence[str],
    earlier: VerdictInput | None,
) -> str | None:
    """Return the label that was given before the answer was seen, None in a session that is not blind."""
    asked = verdict_input.blind_label
    if not session.plan.blind:
        if asked is not None:
            raise InvalidVerdict("This session is not blind; leave blind_label out.", "blind_label")
        return None
    given = earlier.blind_label if earlier else None
    if given is None and asked is None:
        raise InvalidVerdict(
            "This session is blind; give your own label first, as blind_label.", "blind_label"
        )
    allowed = (*classes, NONE_OF_THESE, CANNOT_TELL)
    if asked is not None and asked not in allowed:
        raise InvalidVerdict(
            f"blind_label is {shown(asked)}; choose one of: {', '.join(allowed)}.",
            "blind_label",
        )
    if given is not None and asked not in (None, given):
        raise InvalidVerdict(
            f"Your first label was {given}, and it stays: you have seen the model's answer since.",
            "blind_label",
        )
    return given or asked


def resolve_label(
    verdict_input: VerdictInput, predicted: str, classes: Sequence[str]
) -> str | None:
    """Return the label that the reviewer holds to be right, None for "cannot tell"."""
    others = [*(label for label in classes if label != predicted), NONE_OF_THESE]
    allowed = {"agree": [predicted], "disagree": others, "cannot_tell": []}[
        verdict_input.verdict or ""
    ]
    if verdict_input.label is None:
        if verdict_input.verdict == "disagree" and len(classes) > 2:
            raise InvalidVerdict(
                f"The right label is missing; choose one of: {', '.join(others)}.", "label"
            )
        return allowed[0] if allowed else None
    if verdict_input.label not in allowed:
        choice = f"choose one of: {', '.join(allowed)}" if allowed else "leave it out"
        raise InvalidVerdict(
            f"label is {shown(verdict_input.label)}, which does not go with {verdict_input.verdict} when the model says "
            f"{predicted}; {choice}.",
            "label",
        )
    return verdict_input.label
