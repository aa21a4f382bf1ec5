"""A text without some of its words."""

from collections.abc import Iterable

from models.text.graphemes import after_marks

Span = tuple[int, int]
CLOSING = ".,;:!?)]}…"


def remove_spans(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with the spans (start, end) cut out, each with one space that stood beside it.

    Spans may touch or overlap. Words that would run into each other get a space between them.
    """
    for start, end in reversed(merge_spans(spans)):
        text = close_gap(text[:start], text[after_marks(text, end) :])
    return text


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def close_gap(left: str, right: str) -> str:
    """Return what was before and after a cut as one text."""
    if right.startswith(" ") and (not left or left[-1].isspace()):
        return left + right[1:]
    if left.endswith(" ") and (not right or right[0] in CLOSING or right[0].isspace()):
        return left[:-1] + right
    if left and right and left[-1].isalnum() and right[0].isalnum():
        return f"{left} {right}"
    return left + right
