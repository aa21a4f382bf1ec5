"""The words of one text, with what has been found out about how each is meant."""

from collections.abc import Container

from models.text.cues import NEGATIONS, PASSED_OVER, STOPPING

SENTENCE_ENDS = ".!?;"


class Marks:
    """For each word whether it is turned, how much of it is meant, and the index of what turned or strengthened it.

    All are meant as they stand until something else is found out.
    """

    def __init__(self, forms: list[str], neutral: Container[str]) -> None:
        self.forms = forms
        self.neutral = neutral
        self.turned = [False] * len(forms)
        self.shares = [1.0] * len(forms)
        self.sources = list(range(len(forms)))

    def at(self, index: int) -> str:
        """Return the word at an index, "" outside of the text."""
        return self.forms[index] if 0 <= index < len(self.forms) else ""

    def start_of(self, index: int) -> int:
        """Return where the sentence begins that a word stands in."""
        while index > 0 and self.forms[index - 1][0] not in SENTENCE_ENDS:
            index -= 1
        return index

    def end_of(self, index: int) -> int:
        """Return the index after the sentence that a word stands in."""
        while index < len(self.forms) and self.forms[index][0] not in SENTENCE_ENDS:
            index += 1
        return min(index + 1, len(self.forms))

    def is_word(self, index: int) -> bool:
        """Tell whether a word says something that can be turned."""
        form = self.forms[index]
        return form[0].isalnum() and not (
            form in PASSED_OVER or form in STOPPING or form in NEGATIONS
        )

    def has_word(self, first: int, last: int) -> bool:
        """Tell whether a stretch holds a word that can be turned."""
        return any(self.is_word(index) for index in range(first, last))

    def find_comma(self, first: int, last: int) -> int | None:
        """Return where the first comma of a stretch is."""
        return next((i for i in range(first, last) if self.forms[i] == ","), None)

    def share(self, first: int, last: int, share: float) -> None:
        """Give the words from `first` to before `last` the same share."""
        self.shares[first:last] = [share] * (last - first)
