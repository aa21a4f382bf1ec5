"""The rules of a verdict, one by one and over every draft that there can be."""

import contextlib

import pytest

from demo.sessions.errors import InvalidSession, InvalidVerdict
from demo.sessions.model import (
    CANNOT_TELL,
    JUDGEMENTS,
    NONE_OF_THESE,
    Plan,
    Session,
    VerdictInput,
    now,
)
from demo.sessions.rules import resolve_verdict

THREE = ("negative", "neutral", "positive")
TWO = ("negative", "positive")


def review_of(*, blind: bool = False) -> Session:
    plan = Plan("Do we trust it?", "tweets", blind=blind)
    return Session(1, "code", plan, "ab" * 32, "cd" * 32, False, now())


def settled(
    verdict_input: VerdictInput,
    *,
    blind: bool = False,
    predicted: str = "positive",
    classes: tuple[str, ...] = THREE,
    earlier: VerdictInput | None = None,
) -> VerdictInput:
    return resolve_verdict(review_of(blind=blind), verdict_input, predicted, classes, earlier)


def refusal_of(
    verdict_input: VerdictInput,
    *,
    blind: bool = False,
    predicted: str = "positive",
    classes: tuple[str, ...] = THREE,
    earlier: VerdictInput | None = None,
) -> tuple[str | None, str]:
    with pytest.raises(InvalidVerdict) as caught:
        settled(verdict_input, blind=blind, predicted=predicted, classes=classes, earlier=earlier)
    return caught.value.field, caught.value.message


def test_to_agree_is_to_give_the_label_of_the_model() -> None:
    assert settled(VerdictInput("agree")) == VerdictInput("agree", "positive")
    assert settled(VerdictInput("agree", "positive")) == VerdictInput("agree", "positive")


def test_to_agree_with_another_label_is_refused() -> None:
    field, message = refusal_of(VerdictInput("agree", "neutral"))

    assert field == "label"
    assert message == (
        "label is 'neutral', which does not go with agree when the model says positive; "
        "choose one of: positive."
    )


@pytest.mark.parametrize("label", ["negative", "neutral"])
def test_to_disagree_is_to_give_the_right_label(label: str) -> None:
    assert settled(VerdictInput("disagree", label)) == VerdictInput("disagree", label)


def test_to_disagree_among_three_classes_without_a_label_is_refused() -> None:
    field, message = refusal_of(VerdictInput("disagree"))

    assert field == "label"
    assert message == "The right label is missing; choose one of: negative, neutral, none_of_these."


def test_to_disagree_among_two_classes_says_enough() -> None:
    assert settled(VerdictInput("disagree"), classes=TWO) == VerdictInput("disagree", "negative")


@pytest.mark.parametrize("classes", [TWO, THREE])
def test_to_disagree_may_mean_that_no_label_fits(classes: tuple[str, ...]) -> None:
    said = VerdictInput("disagree", NONE_OF_THESE)

    assert settled(said, classes=classes) == said
    assert refusal_of(VerdictInput("agree", NONE_OF_THESE))[0] == "label"


def test_a_first_label_may_be_that_none_fits() -> None:
    said = VerdictInput(blind_label=NONE_OF_THESE)

    assert settled(said, blind=True) == said


def test_to_disagree_with_the_label_of_the_model_is_refused() -> None:
    field, message = refusal_of(VerdictInput("disagree", "positive"))

    assert field == "label"
    assert message.endswith("choose one of: negative, neutral, none_of_these.")


def test_who_cannot_tell_gives_no_label() -> None:
    assert settled(VerdictInput("cannot_tell")) == VerdictInput("cannot_tell")
    assert refusal_of(VerdictInput("cannot_tell", "neutral"))[1].endswith("leave it out.")


@pytest.mark.parametrize("label", ["Positive", "", "joyful", "cannot_tell"])
def test_a_label_that_is_no_class_is_refused(label: str) -> None:
    for judgement in JUDGEMENTS:
        assert refusal_of(VerdictInput(judgement, label))[0] == "label"


@pytest.mark.parametrize("verdict", ["", "AGREE", "yes", "approve"])
def test_another_verdict_is_refused(verdict: str) -> None:
    field, message = refusal_of(VerdictInput(verdict))

    assert field == "verdict"
    assert message.endswith("send one of: agree, disagree, cannot_tell.")


def test_without_a_verdict_there_is_nothing_to_store() -> None:
    assert refusal_of(VerdictInput())[0] == "verdict"
    assert refusal_of(VerdictInput(label="positive", comment="Hm"))[0] == "verdict"


def test_a_session_that_is_not_blind_takes_no_first_label() -> None:
    assert refusal_of(VerdictInput("agree", blind_label="positive"))[0] == "blind_label"


def test_a_blind_session_takes_the_first_label_alone_and_keeps_it() -> None:
    first = settled(VerdictInput(blind_label="neutral", comment=" Hm "), blind=True)

    assert first == VerdictInput(blind_label="neutral", comment="Hm")
    assert settled(VerdictInput("agree"), blind=True, earlier=first) == VerdictInput(
        "agree", "positive", "neutral"
    )


def test_a_first_label_may_be_that_one_cannot_tell() -> None:
    assert settled(VerdictInput(blind_label=CANNOT_TELL), blind=True) == VerdictInput(
        blind_label=CANNOT_TELL
    )


@pytest.mark.parametrize(
    "verdict_input", [VerdictInput(), VerdictInput("agree"), VerdictInput("disagree", "neutral")]
)
def test_a_blind_session_shows_nothing_before_the_first_label(verdict_input: VerdictInput) -> None:
    field, message = refusal_of(verdict_input, blind=True)

    assert field == "blind_label"
    assert "positive" not in message


def test_a_first_label_that_is_no_class_is_refused() -> None:
    field, message = refusal_of(VerdictInput(blind_label="joyful"), blind=True)

    assert field == "blind_label"
    assert message.endswith(
        "choose one of: negative, neutral, positive, none_of_these, cannot_tell."
    )


def test_the_first_label_stays_once_the_answer_has_been_seen() -> None:
    earlier = VerdictInput(blind_label="neutral")
    for verdict_input in (
        VerdictInput(blind_label="positive"),
        VerdictInput("agree", blind_label="positive"),
    ):
        field, message = refusal_of(verdict_input, blind=True, earlier=earlier)

        assert field == "blind_label"
        assert message.startswith("Your first label was neutral, and it stays")


def test_the_first_label_sent_late_again_does_not_undo_the_verdict() -> None:
    earlier = VerdictInput("agree", "positive", "neutral", "Yes")

    assert settled(VerdictInput(blind_label="neutral"), blind=True, earlier=earlier) == earlier


def test_a_verdict_may_be_changed() -> None:
    earlier = VerdictInput("agree", "positive", comment="Yes")

    assert settled(VerdictInput("disagree", "neutral"), earlier=earlier) == VerdictInput(
        "disagree", "neutral"
    )


def test_a_comment_is_cleaned_and_one_that_is_too_long_is_refused() -> None:
    assert settled(VerdictInput("agree", comment=" <b>\x00 ")).comment == "<b>"
    with pytest.raises(InvalidSession, match="Comment has 1,000,000 characters"):
        settled(VerdictInput("agree", comment="x" * 1_000_000))


LABELS = (None, *THREE, NONE_OF_THESE, CANNOT_TELL, "joyful", "")
DRAFTS = [
    VerdictInput(verdict, label, first)
    for verdict in (None, *JUDGEMENTS, "yes")
    for label in LABELS
    for first in LABELS
]
RIGHT: dict[str | None, set[str | None]] = {
    "agree": {"positive"},
    "disagree": {"negative", "neutral", NONE_OF_THESE},
    "cannot_tell": {None},
    None: {None},
}


def steps(blind: bool) -> list[tuple[VerdictInput | None, VerdictInput, VerdictInput]]:
    """Return every step that there can be: what was stored, what is sent then, and what is stored now."""
    firsts = [(None, verdict_input, stored) for verdict_input, stored in accepted(blind, None)]
    seconds = [
        (earlier, verdict_input, stored)
        for earlier in {stored for _, _, stored in firsts}
        for verdict_input, stored in accepted(blind, earlier)
    ]
    return [*firsts, *seconds]


def accepted(blind: bool, earlier: VerdictInput | None) -> list[tuple[VerdictInput, VerdictInput]]:
    pairs = []
    for verdict_input in DRAFTS:
        with contextlib.suppress(InvalidVerdict):
            pairs.append((verdict_input, settled(verdict_input, blind=blind, earlier=earlier)))
    return pairs


@pytest.fixture(params=[False, True], ids=["open", "blind"])
def blind(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_what_is_stored_always_keeps_the_rules(blind: bool) -> None:
    every = steps(blind)

    assert len(every) > 20
    for earlier, _, stored in every:
        assert (stored.blind_label is not None) == blind
        assert stored.verdict or blind
        assert stored.label in RIGHT[stored.verdict]
        if earlier:
            assert stored.blind_label == earlier.blind_label
            assert stored.verdict or not earlier.verdict


def test_the_same_again_changes_nothing(blind: bool) -> None:
    for _, verdict_input, stored in steps(blind):
        assert settled(verdict_input, blind=blind, earlier=stored) == stored


def test_what_is_stored_may_be_sent_as_it_is(blind: bool) -> None:
    for _, _, stored in steps(blind):
        assert settled(stored, blind=blind, earlier=stored) == stored


def test_every_judgement_can_be_reached(blind: bool) -> None:
    reached = {stored.verdict for _, _, stored in steps(blind)}

    assert reached == ({*JUDGEMENTS, None} if blind else set(JUDGEMENTS))
