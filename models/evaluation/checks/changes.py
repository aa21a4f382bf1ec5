"""The checks of small changes: those that should change nothing, and those that should push one way."""

import random
from collections.abc import Callable, Iterator, Sequence

from models.evaluation.behaviour import (
    Case,
    Check,
    Judge,
    Published,
    grows_surer,
    is_not_lowered,
    is_not_raised,
    keeps_label,
)
from models.evaluation.checks import changed_templates, lexicon
from models.evaluation.checks.filling import MARK, fill_mark, swap_neighbours
from models.evaluation.checks.opinions import N_CASES
from models.evaluation.checks.writer import NEGATIVE, OPPOSITE, POSITIVE, Writer

# Cases with several texts to compare with are fewer.
N_SWAPS, N_OTHERS = 240, 5
# Different sentences that are added to texts.
N_ADDED = 60
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
# One name, place or number for another: the field, its templates, its words, and what the paper gives.
SWAPS = (
    ("name", changed_templates.NAMED, lexicon.NAMES, Published(2.4, 15.1, 9.1, 6.6)),
    ("place", changed_templates.PLACED, lexicon.PLACES, Published(7.0, 20.8, 14.8, 7.6)),
    ("number", changed_templates.NUMBERED, lexicon.NUMBERS, None),
)


def ordinary_texts(writer: Writer, neutral: bool) -> list[str]:
    """Return texts of one to three sentences, with a third of plain facts if there is a neutral class."""
    texts = [text for text, _ in writer.write_both(changed_templates.TEXTS, N_CASES)]
    if neutral:
        facts = writer.write(changed_templates.FACTS, POSITIVE, len(texts) // 3)
        texts[: len(facts) * 3 : 3] = facts
    return texts


def add_sign(text: str, rng: random.Random) -> str:
    """Return the text with a random handle or link before or after it."""
    sign = rng.choice(("@", "https://t.co/")) + "".join(rng.choices(SIGNS, k=6))
    return rng.choice((f"{sign} {text}", f"{text} {sign}"))


def compare_changed(
    texts: Sequence[str], change: Callable[[str, random.Random], str]
) -> tuple[Case, ...]:
    """Return cases that compare each text, changed in a small thing, with itself."""
    rng = random.Random(0)  # noqa: S311
    return tuple(Case(change(text, rng), (text,)) for text in texts)


def compare_swapped(texts: Sequence[str], fillings: Sequence[str]) -> tuple[Case, ...]:
    """Return cases that compare texts with one word in place of the MARK with the same with others."""
    rng = random.Random(0)  # noqa: S311
    cases = []
    for text in texts:
        chosen, *others = (
            fill_mark(text, word) for word in rng.sample(list(fillings), N_OTHERS + 1)
        )
        cases.append(Case(chosen, tuple(others)))
    return tuple(cases)


def small_changes(writer: Writer, neutral: bool) -> Iterator[Check]:
    """Yield the checks of what should change nothing."""
    texts = ordinary_texts(writer, neutral)
    yield Check(
        "Two swapped letters change nothing",
        compare_changed(texts, swap_neighbours),
        keeps_label,
        Published(5.6, 10.2, 10.4, 5.2),
    )
    yield Check(
        "A handle or link changes nothing",
        compare_changed(texts, add_sign),
        keeps_label,
        Published(9.6, 13.4, 24.8, 11.4),
    )
    for field, kind, words, published in SWAPS:
        marked = [
            text
            for meant in OPPOSITE
            for text in writer.write(kind, meant, N_SWAPS // 2, **{field: (MARK,)})
        ]
        yield Check(
            f"Another {field} changes nothing",
            compare_swapped(marked, words),
            keeps_label,
            published,
        )


def groups(writer: Writer) -> Iterator[Check]:
    """Yield the checks of people of one group named in place of another, in neutral sentences."""
    kind = changed_templates.WITH_GROUP
    marked = writer.write(kind, POSITIVE, N_SWAPS, group=(MARK,))
    for field, words in lexicon.GROUPS.items():
        yield Check(f"Another {field} changes nothing", compare_swapped(marked, words), keeps_label)


def pushes(writer: Writer) -> Iterator[Check]:
    """Yield the checks of additions that should push the probability of positive."""
    texts = ordinary_texts(writer, neutral=True)
    wanted: tuple[tuple[str, Judge, Published], ...] = (
        (NEGATIVE, is_not_raised, Published(0.8, 34.6, 5.0, 0.0)),
        (POSITIVE, is_not_lowered, Published(12.6, 12.4, 1.4, 0.2)),
    )
    for meant, passes, published in wanted:
        added = [
            *writer.write(changed_templates.ADDED, meant, N_ADDED),
            *changed_templates.ADDED_AS_MEANT[meant],
        ]
        rng = random.Random(0)  # noqa: S311
        cases = (Case(f"{text} {rng.choice(added)}", (text,), POSITIVE) for text in texts)
        way = "lowers" if meant == NEGATIVE else "raises"
        yield Check(f"A {meant} sentence added {way} it", tuple(cases), passes, published)
    plainly = writer.write_both(changed_templates.PLAINLY, N_CASES)
    yield Check(
        "Very makes it surer",
        tuple(Case(text.replace(" was ", " was very "), (text,), label) for text, label in plainly),
        grows_surer,
    )
