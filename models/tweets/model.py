"""The tweets model: its spec and its pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.spec import CardText, Example, ModelSpec, TextFeature

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

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
        Example("Negation", {"text": "The new update is not bad at all"}),
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
            "by crowd workers. Only about one in six is negative. The tweets themselves are licensed for "
            "research and are not part of this project."
        ),
        limits=(
            "Irony and sarcasm are mostly read literally. Words and events that came up after 2016 are "
            "unknown to it, and the data for training hold no emoji."
        ),
        licence="other",
    ),
)


def build_pipeline() -> Pipeline:
    """Return the unfitted pipeline: TF-IDF of words and of letters in words, logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    from models.tweets.transformers import tweet_tokens

    words = TfidfVectorizer(
        tokenizer=tweet_tokens,
        token_pattern=None,
        lowercase=False,
        ngram_range=(1, 2),
        sublinear_tf=True,
        max_features=40_000,
    )
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=60_000
    )
    return make_pipeline(
        make_union(words, letters), LogisticRegression(C=1, class_weight="balanced", max_iter=1000)
    )
