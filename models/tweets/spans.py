"""Where in the original text each n-gram feature comes from."""

from __future__ import annotations

from collections.abc import Iterator

from models.tweets.tokens import Token, char_string

Span = tuple[str, int, int]
Vocabularies = dict[str, dict[str, int]]


def word_spans(
    tokens: list[Token], marks: list[bool], vocabularies: Vocabularies, pooled: dict[str, int]
) -> Iterator[Span]:
    """Yield (feature, start, end) of words, pairs and pooled words."""
    words, pairs = vocabularies["word"], vocabularies["pair"]
    previous, start = "<s>", 0
    for token, mark in zip(tokens, marks, strict=True):
        form = f"{token.form}_N" if mark else token.form
        if form in words:
            yield f"word={form}", token.start, token.end
        if token.form in pooled:
            yield f"mean={token.form}", token.start, token.end
        pair = f"{previous} {token.form}"
        if pair in pairs:
            yield f"pair={pair}", start if previous != "<s>" else token.start, token.end
        previous, start = token.form, token.start
    if tokens and (pair := f"{previous} </s>") in pairs:
        yield f"pair={pair}", start, tokens[-1].end


def char_spans(
    tokens: list[Token], vocabularies: Vocabularies, sizes: tuple[int, int]
) -> Iterator[Span]:
    """Yield (feature, start, end) of character n-grams, ``sizes`` being the shortest and longest."""
    where: list[tuple[int, int]] = []
    for token in (token for token in tokens if token.kind not in "ul"):
        where.append((token.start, token.start))
        # A shortened or replaced token has no place for a single character: all of it answers.
        exact = len(token.form) == token.end - token.start
        size = range(len(token.form))
        where += [
            (token.start + i, token.start + i + 1) if exact else (token.start, token.end)
            for i in size
        ]
    where.append((where[-1][1], where[-1][1]) if where else (0, 0))
    string, chars = char_string(tokens), vocabularies["char"]
    for n in range(sizes[0], sizes[1] + 1):
        for i in range(len(string) - n + 1):
            if (gram := string[i : i + n]) in chars:
                yield f"char={gram}", where[i][0], where[i + n - 1][1]
