import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tweets.tokens import LONG, QUICK, find_words, pattern, tokenize

PIECES = [
    *"ab1 .-_#'<>()[]/:=@!?,%“é👍\u200d\U0001f3fb\n",
    "http://",
    "https:",
    "www.",
    "x.com/",
    "http://a",
]


def grammar() -> str:
    from nltk.tokenize.casual import REGEXPS

    return "|".join(REGEXPS)


def seconds_for(text: str) -> float:
    start = time.process_time()
    list(pattern().finditer(text))
    return time.process_time() - start


@pytest.mark.parametrize("part", QUICK)
def test_what_is_made_quick_stands_in_the_grammar_once(part: str) -> None:
    assert grammar().count(part) == 1


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_text_is_cut_as_nltk_cuts_it(text: str) -> None:
    slow = re.compile(grammar(), re.VERBOSE | re.IGNORECASE)

    cut = [match.span() for match in pattern().finditer(text)]

    assert cut == [match.span() for match in slow.finditer(text)]


@pytest.mark.parametrize("text", ["http://a" + "." * 24, "https://a" + "?!" * 12])
def test_a_link_that_ends_in_dots_takes_no_longer_than_another(text: str) -> None:
    assert seconds_for(text) < 0.1


@pytest.mark.parametrize("sign", ["#", "-", "<", "http://a.", "http://(", "<-", "(", "a-"])
def test_a_text_of_one_sign_is_cut_quickly(sign: str) -> None:
    assert seconds_for((sign * 5_000)[:5_000]) < 0.3


def test_the_words_of_a_long_tweet_are_read_as_they_stand_save_for_groups() -> None:
    short, long = (
        find_words(tokenize(f"Anna is not a good muslim singer {'la ' * n_more}"))
        for n_more in (0, LONG)
    )

    read = [token.form for token in short.tokens]
    assert "good" in read
    assert short.turned
    assert short.turned[read.index("good")]
    assert [token.form for token in long.tokens][:5] == ["anna", "is", "not", "a", "good"]
    assert "muslim" not in read
    assert "muslim" not in [token.form for token in long.tokens]
    assert not any(long.turned or [])
