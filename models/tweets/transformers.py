"""How a tweet is cut into tokens."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nltk.tokenize.casual import TweetTokenizer


@cache
def tokenizer() -> "TweetTokenizer":
    """Return NLTK's tokenizer for tweets, imported late: NLTK costs a start 0.15 s."""
    from nltk.tokenize.casual import TweetTokenizer

    return TweetTokenizer(preserve_case=False, reduce_len=True)


def tweet_tokens(text: str) -> list[str]:
    """Return the lower-case tokens of `text`; emoticons, hashtags and user names stay whole."""
    tokens: list[str] = tokenizer().tokenize(text)
    return tokens
