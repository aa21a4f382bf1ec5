"""Judgements for the tests of what is counted from them."""

from hypothesis import strategies as st

from demo.sessions.metrics.intervals import Id, Share
from demo.sessions.metrics.votes import Judgement

CLASSES = ("negative", "neutral", "positive")
NEG, NEU, POS = CLASSES


def judge(
    case: Id,
    reviewer: Id,
    label: str | None,
    predicted: str = POS,
    first: str | None = None,
    probability: float = 0.75,
) -> Judgement:
    verdict = "cannot_tell" if label is None else "agree" if label == predicted else "disagree"
    return Judgement(case, reviewer, verdict, label, first, predicted, probability)


# Ann and Ben judge three cases, Cem the last alone: 1 is disputed, 2 corrected, 3 confirmed.
HAND_MADE = [
    judge(1, "ann", POS),
    judge(1, "ben", NEG),
    judge(2, "ann", NEU, predicted=NEG, probability=0.55),
    judge(2, "ben", NEU, predicted=NEG, probability=0.55),
    judge(3, "ann", NEU, predicted=NEU, probability=0.95),
    judge(3, "ben", NEU, predicted=NEU, probability=0.95),
    judge(3, "cem", None, predicted=NEU, probability=0.95),
]


def counts(share: Share) -> tuple[int, int]:
    return share.right, share.total


def sessions(blind: bool = False) -> st.SearchStrategy[list[Judgement]]:
    """Return small sessions: each case has one prediction, and each reviewer judges it once at most."""
    label = st.sampled_from(CLASSES)
    model = st.lists(st.tuples(label, st.floats(0, 1)), min_size=4, max_size=4)
    said = st.dictionaries(
        st.tuples(st.integers(0, 3), st.sampled_from(["ann", "ben", "cem", 4])),
        st.tuples(st.none() | label, st.none() | label if blind else st.none()),
    )

    def build(
        model: list[tuple[str, float]], said: dict[tuple[int, Id], tuple[str | None, str | None]]
    ) -> list[Judgement]:
        return [
            judge(case, reviewer, final, *model[case][:1], first, model[case][1])
            for (case, reviewer), (final, first) in said.items()
        ]

    return st.builds(build, model, said)
