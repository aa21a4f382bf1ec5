"""The parts that an explanation is told by: they do not overlap, so that their sum is the margin."""

from collections.abc import Iterator
from typing import NamedTuple

from models.explain.explanation import Explanation, Span
from models.explain.highlights import Highlight, highlights
from models.explain.phrases import phrase_name
from models.field import Record
from models.spec import ModelSpec

# Of so many contributions, phrases of this part of the strongest are told as one piece.
N_LISTED, LEAST_PHRASE = 10, 0.25


class Part(NamedTuple):
    """A word, phrase, value or trait of the text by its name for people, and what it adds in log-odds."""

    name: str
    value: float


def value_parts(spec: ModelSpec, record: Record, explanation: Explanation) -> list[Part]:
    """Return each feature with its value, strongest first."""
    features = {feature.title: feature for feature in spec.features}
    return [
        Part(f"{title} {features[title].value_text(record[features[title].name])}", value)
        for title, value, _ in explanation.contributions
    ]


def text_parts(text: str, pieces: list[Highlight], explanation: Explanation) -> list[Part]:
    """Return the pieces of a text and what stands in none of them, strongest first."""
    sums: dict[str, float] = {}
    for start, end, value, _ in pieces:
        if value:
            name = f"“{phrase_name(text[start:end])}”"
            sums[name] = sums.get(name, 0.0) + value
    unknown = {piece.start for piece in pieces if piece.unknown}
    for contribution in explanation.contributions:
        # Of the whole text, or of words that the model has never met.
        if all(start in unknown for start, _ in contribution.spans):
            sums[contribution.feature] = contribution.value
    return sorted((Part(*item) for item in sums.items()), key=lambda part: -abs(part.value))


def cut_phrases(text: str, explanation: Explanation) -> list[Highlight]:
    """Return the pieces that together are `text`, with the words of a listed phrase as one piece."""
    phrases = sorted(listed_phrases(explanation))
    joined: list[Highlight] = []
    at = 0
    for piece in highlights(text, explanation):
        while at < len(phrases) and phrases[at][1] <= piece.start:
            at += 1
        last = joined[-1] if joined else None
        if (
            last
            and at < len(phrases)
            and phrases[at][0] <= last.start
            and last.end < phrases[at][1]
        ):
            joined[-1] = Highlight(last.start, piece.end, (last.value or 0) + (piece.value or 0))
        else:
            joined.append(piece)
    return joined


def listed_phrases(explanation: Explanation) -> Iterator[Span]:
    """Yield the places of the strongest phrases of several words, none of which overlap."""
    taken: list[Span] = []
    listed = explanation.contributions[:N_LISTED]
    starts = {word.start: word.end for word in explanation.words}
    for _, value, spans in listed:
        if abs(value) < LEAST_PHRASE * abs(listed[0].value):
            return
        for start, end in spans:
            is_phrase = starts.get(start, end) < end
            if is_phrase and all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield start, end
