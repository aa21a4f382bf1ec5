"""Writes the sentences of the checks with the nouns that a model's texts speak of."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.evaluation.checks import lexicon
from models.evaluation.checks.filling import fill

POSITIVE, NEGATIVE, NEUTRAL = "positive", "negative", "neutral"
OPPOSITE = {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE}
PLURALS = ("songs", "jokes", "pictures", "actors", "people", "stories")
# The words of each sentiment, in the order of the fields that they fill.
SENSES = {
    POSITIVE: (lexicon.GOOD, lexicon.GOOD_PEOPLE, lexicon.LIKE, lexicon.LIKES, lexicon.LIKED),
    NEGATIVE: (lexicon.BAD, lexicon.BAD_PEOPLE, lexicon.HATE, lexicon.HATES, lexicon.HATED),
}
FIELDS = ("{}", "{}s", "{}v", "{}vs", "{}ed")


@dataclass(frozen=True)
class Writer:
    """Fills templates; the same ones in the same way at every call."""

    nouns: Sequence[str]

    def words(self, meant: str) -> dict[str, Sequence[str]]:
        """Return what fills the fields of a template if `{x}` is `meant` and `{y}` the opposite."""
        things = [f"{word} {noun}" for noun in self.nouns for word in ("the", "this")]
        words: dict[str, Sequence[str]] = {
            "noun": self.nouns,
            "thing": ["it", "this", "that"] * len(self.nouns) + things,
            "plural": PLURALS,
            "plain": lexicon.PLAIN,
            "see": lexicon.SEE,
            "saw": lexicon.SAW,
            "others": lexicon.OTHERS,
            "other": lexicon.OTHER,
            "name": lexicon.NAMES,
            "place": lexicon.PLACES,
            "number": lexicon.NUMBERS,
            "job": lexicon.PROFESSIONS,
            "gradable": lexicon.GRADABLE[meant],
        }
        for letter, sense in (("x", meant), ("y", OPPOSITE[meant])):
            fields = [field.format(letter) for field in FIELDS]
            words |= dict(zip(fields, SENSES[sense], strict=True))
        return words

    def write(
        self, kind: Sequence[str], meant: str, count: int, **more: Sequence[str]
    ) -> list[str]:
        """Return sentences of the templates `kind` in which the author means `meant`."""
        return fill(kind, self.words(meant) | more, count, f"{kind[0]} {meant} {more}")

    def write_both(self, kind: Sequence[str], count: int) -> list[tuple[str, str]]:
        """Return sentences of both meanings, half of each, with their labels."""
        return [(text, meant) for meant in OPPOSITE for text in self.write(kind, meant, count // 2)]
