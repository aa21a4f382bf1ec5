"""The checks of plain words, of negations, and of clauses that outweigh others."""

from collections.abc import Iterable, Iterator, Sequence

from models.evaluation.behaviour import Case, Check, Published, has_label
from models.evaluation.checks import templates
from models.evaluation.checks.writer import NEGATIVE, NEUTRAL, POSITIVE, Writer

N_CASES = 400
HALF = N_CASES // 2
YES, NO = ("Yes", "Yes.", "yes", "Yes!"), ("No", "No.", "no", "No!")


def all_labelled(texts: Sequence[str], label: str) -> tuple[Case, ...]:
    """Return cases that should all get the same label."""
    return tuple(Case(text, label=label) for text in texts)


def all_unlike(texts: Sequence[str], label: str) -> tuple[Case, ...]:
    """Return cases that should all get another label."""
    return tuple(Case(text, unlike=label) for text in texts)


def with_labels(pairs: Iterable[tuple[str, str]]) -> tuple[Case, ...]:
    """Return cases of texts with their labels."""
    return tuple(Case(text, label=label) for text, label in pairs)


def both_labelled(writer: Writer, kind: Sequence[str]) -> tuple[Case, ...]:
    """Return cases of both meanings, each of which should get its label."""
    return with_labels(writer.write_both(kind, N_CASES))


def plain_words(writer: Writer) -> Iterator[Check]:
    """Yield the checks of words that are turned by nothing, or by a negation."""
    yield Check(
        "Sentiment words in short sentences",
        both_labelled(writer, templates.LADEN),
        has_label,
        Published(4.0, 15.0, 2.8, 0.0),
    )
    yield Check(
        "A negated negative is not negative",
        all_unlike(writer.write(templates.NEGATED, POSITIVE, N_CASES), NEGATIVE),
        has_label,
        Published(18.8, 54.2, 29.4, 13.2),
    )
    yield Check(
        "A negated positive is negative",
        all_labelled(writer.write(templates.NEGATED, NEGATIVE, N_CASES), NEGATIVE),
        has_label,
    )


def clauses(writer: Writer) -> Iterator[Check]:
    """Yield the checks of a clause that outweighs another."""
    yield Check(
        "Thought to be bad, but it was not",
        all_unlike(writer.write(templates.THOUGHT, POSITIVE, N_CASES), NEGATIVE),
        has_label,
        Published(100.0, 90.4, 100.0, 84.8),
    )
    yield Check(
        "Thought to be good, but it was not",
        all_labelled(writer.write(templates.THOUGHT, NEGATIVE, N_CASES), NEGATIVE),
        has_label,
    )
    yield Check(
        "The author's opinion over others'",
        both_labelled(writer, templates.AUTHOR),
        has_label,
        Published(45.4, 62.4, 68.0, 38.8),
    )
    yield Check(
        "Now over then",
        both_labelled(writer, templates.THEN_AND_NOW),
        has_label,
        Published(41.0, 36.6, 42.2, 18.8),
    )


def answers(writer: Writer) -> Iterator[Check]:
    """Yield the checks of a question that the author answers with yes or no."""
    kind = templates.QUESTION
    yield Check(
        "A question answered with yes",
        all_labelled(writer.write(kind, POSITIVE, HALF, answer=YES), POSITIVE)
        + all_labelled(writer.write(kind, NEGATIVE, HALF, answer=YES), NEGATIVE),
        has_label,
        Published(9.0, 57.6, 20.8, 3.6),
    )
    yield Check(
        "A question answered with no",
        all_labelled(writer.write(kind, POSITIVE, HALF, answer=NO), NEGATIVE)
        + all_unlike(writer.write(kind, NEGATIVE, HALF, answer=NO), NEGATIVE),
        has_label,
        Published(96.8, 90.8, 81.6, 55.4),
    )


def neutral_words(writer: Writer) -> Iterator[Check]:
    """Yield the checks of words without sentiment, for a model with a neutral class."""
    yield Check(
        "Neutral words in context are neutral",
        all_labelled(writer.write(templates.PLAIN, POSITIVE, N_CASES), NEUTRAL),
        has_label,
        Published(0.0, 7.6, 4.8, 94.6),
    )
    yield Check(
        "A negated neutral is neutral",
        all_labelled(writer.write(templates.NEGATED_PLAIN, POSITIVE, N_CASES), NEUTRAL),
        has_label,
        Published(40.4, 39.6, 74.2, 98.4),
    )
