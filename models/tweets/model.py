"""The tweets model: its spec and its pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.features import TextFeature
from models.spec import CardText, Example, ModelSpec

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

    from models.tweets.vectors import WordVectors

MAX_FEATURES = 130_000
# Makes the probabilities right on tweets of years that were held out.
TEMPERATURE = 1.0

SPEC = ModelSpec(
    name="tweets",
    title="Sentiment of tweets",
    subject="Sentiment",
    choice="Tweet",
    summary="Whether a short message sounds negative, neutral or positive.",
    classes=("negative", "neutral", "positive"),
    features=(TextFeature("text", "Text", max_length=5_000, placeholder="Type or paste a tweet…"),),
    examples=(
        Example("Clear praise", {"text": "Best concert of my life, thank you all so much!"}),
        Example(
            "Clear complaint",
            {"text": "Two hours late and nobody says a word. Worst airline ever."},
        ),
        Example("Plain fact", {"text": "The library opens at nine on Saturday."}),
        Example("Negation", {"text": "Not bad at all"}),
        Example(
            "Sarcasm",
            {"text": "Oh great, another Monday morning without coffee. Just what I needed."},
        ),
        Example("Mixed feelings", {"text": "Love the camera, hate the battery."}),
        Example("Emoji", {"text": "Finally home with my dog 😍🐶❤️"}),
        Example("Slang", {"text": "ngl this album slaps, sooo good"}),
    ),
    main_metric="macro_recall",
    order=10,
    sure_accuracy=0.75,
    cases="tweets",
    unseen="of a later year",
    card=CardText(
        purpose=(
            "Showing a group of people how a classical text model judges the tone of short messages, "
            "and letting them judge it in turn."
        ),
        not_for=(
            "Decisions about people, moderation, or measuring opinion without a check on a sample of "
            "one's own. It reads English only, and does not know what a message is about."
        ),
        data=(
            "Tweets of 2013 to 2016 from SemEval-2017 Task 4A (Rosenthal, Farra and Nakov 2017), labelled "
            "by crowd workers; only about one in six is negative. With less weight, phrases of the Stanford "
            "Sentiment Treebank (Socher et al. 2013), which tell what a few words mean. The tweets "
            "themselves are licensed for research and are not part of this project."
        ),
        limits=(
            "Irony and sarcasm are mostly read literally. Words and events that came up after 2016 are "
            "unknown to it, and the data for training hold no emoji. What negates a word, and whose opinion "
            "a clause is, is found by rules for English that know neither long detours nor spelling errors. Tweets of "
            "more than 18 words and signs are read as they stand: there the rules did more harm than good."
        ),
        licence="other",
    ),
)


def build_pipeline(
    vectors: WordVectors | None = None, neutral: Iterable[str] | None = None
) -> Pipeline:
    """Return the unfitted pipeline: one pass over words, letters and style, then a logistic regression.

    `vectors` are word vectors to average over a tweet, or None to do without; `neutral` are words that a
    negation does not turn. Raises DatasetError if
    the lexicons cannot be had.
    """
    from sklearn.pipeline import Pipeline

    from models.text.lexicons import read_liu, read_vader
    from models.tweets.folding import TemperedLogisticRegression
    from models.tweets.transformers import TweetVectorizer

    features = TweetVectorizer(
        read_liu(), read_vader(), vectors, neutral, max_features=MAX_FEATURES
    )
    return Pipeline(
        [("features", features), ("classifier", TemperedLogisticRegression(TEMPERATURE))]
    )
