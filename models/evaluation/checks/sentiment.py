"""All behavioural checks of a sentiment model."""

from collections.abc import Sequence

from models.evaluation.behaviour import Check, has_label
from models.evaluation.checks import changes, opinions
from models.evaluation.checks.opinions import all_labelled, with_labels
from models.evaluation.checks.writer import NEUTRAL, Writer

Labelled = Sequence[tuple[str, str]]


def checks_for(
    nouns: Sequence[str], facts: Sequence[str], emoji: Labelled, typed: Labelled = ()
) -> tuple[Check, ...]:
    """Return the checks of a sentiment model.

    `nouns` are things that its texts speak of, `facts` sentences that it should call neutral (none for a
    model without that class), `emoji` texts whose emoji decides and `typed` sentences such as visitors
    type, with their labels.
    """
    writer, neutral = Writer(nouns), bool(facts)
    checks = (
        *opinions.plain_words(writer),
        *(opinions.neutral_words(writer) if neutral else ()),
        Check("Plain facts are neutral", all_labelled(facts, NEUTRAL), has_label),
        *opinions.clauses(writer),
        *opinions.answers(writer),
        *changes.small_changes(writer, neutral),
        *changes.groups(writer),
        *changes.pushes(writer),
        Check("Emoji", with_labels(emoji), has_label),
        Check("Sentences as visitors type them", with_labels(typed), has_label),
    )
    return tuple(check for check in checks if check.cases)
