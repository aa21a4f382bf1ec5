"""The reviews model: its spec and its pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from models.features import ContextField, TextFeature
from models.spec import CardText, Example, ModelSpec

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

# Of LengthScale: makes the probabilities right on films that were held out.
SCALE = (0.233, -0.043)

FILMS = (
    "2001: A Space Odyssey (1968)",
    "Alien (1979)",
    "Amélie (2001)",
    "Casablanca (1942)",
    "Fargo (1996)",
    "Groundhog Day (1993)",
    "In the Mood for Love (2000)",
    "Jaws (1975)",
    "Parasite (2019)",
    "Pulp Fiction (1994)",
    "Rear Window (1954)",
    "Seven Samurai (1954)",
    "Spirited Away (2001)",
    "The Godfather (1972)",
    "The Matrix (1999)",
    "Titanic (1997)",
)


def review(title: str, text: str, movie: str = "") -> Example:
    """Return an example with the film it is about, if any."""
    return Example(title, {"text": text, "movie": movie})


SPEC = ModelSpec(
    name="reviews",
    title="Sentiment of movie reviews",
    subject="Sentiment",
    choice="Movie review",
    summary="Whether a review recommends a film or warns of it.",
    classes=("negative", "positive"),
    features=(
        TextFeature("text", "Text", max_length=20_000, placeholder="Type or paste a review…"),
    ),
    context=ContextField("movie", "Movie", max_length=200, suggestions=FILMS),
    examples=(
        Example(
            "Praise and blame",
            {
                "text": "The script is weak and the effects look cheap. Still, the two leads are wonderful, "
                "I was never bored, and the ending is perfect."
            },
            opens_page=True,
        ),
        review(
            "Clear praise",
            "A wonderful film. The acting is superb, and the ending moved me to tears.",
            "Casablanca (1942)",
        ),
        review(
            "Clear warning",
            "Two hours of boredom: a dull script, wooden acting and no story at all.",
        ),
        review(
            "Negation", "Not bad at all. I did not expect to enjoy it this much.", "Jaws (1975)"
        ),
        review(
            "Sarcasm",
            "Brilliant idea to let the leading man explain the plot. Twice. I slept very well.",
        ),
        review(
            "Mixed feelings",
            "It looks beautiful and the music is lovely, but the story drags and I never cared for anyone.",
            "Titanic (1997)",
        ),
        review("Emoji", "Watched it twice in one week 😍🍿 10/10"),
        review("Slang", "This flick was dope, the fight scenes totally slap."),
    ),
    main_metric="accuracy",
    order=11,
    sure_accuracy=0.95,
    cases="reviews",
    card=CardText(
        purpose=(
            "Showing a group of people how a classical text model judges reviews of films, and letting "
            "them judge it in turn."
        ),
        not_for=(
            "Other kinds of text, other languages, or ranking films by what it says. It has only two "
            "answers: a balanced review is still called one or the other."
        ),
        data=(
            "The labelled reviews of the Large Movie Review Dataset (Maas et al. 2011): at most 30 for each "
            "film, and only those with at most 4 or at least 7 stars of 10, so that lukewarm ones are missing. "
            "Single sentences of reviews (Pang and Lee 2005), phrases of the Stanford Sentiment Treebank "
            "(Socher et al. 2013) and Bing Liu's list of opinion words tell what few words mean."
        ),
        limits=(
            "Irony and sarcasm are mostly read literally. It saw whole reviews of about 230 words; a single "
            "sentence is judged less surely. What negates a word, and whose opinion a clause is, is found by "
            "rules for English that know neither long detours nor spelling errors, save for two swapped letters."
        ),
        licence="other",
    ),
)


def build_pipeline(unlabelled: Sequence[str] | None = None, **parameters: Any) -> Pipeline:
    """Return the unfitted pipeline: TF-IDF of one to three words and a self-trained logistic regression.

    `unlabelled` are further texts to learn from, `parameters` those of `SelfTrainedNgrams`. After the
    fit, `pipeline["sentiment"].pipeline_` is the plain pipeline that is stored.
    """
    from sklearn.pipeline import Pipeline

    from models.reviews.self_training import SelfTrainedNgrams

    return Pipeline(
        [("sentiment", SelfTrainedNgrams(unlabelled, **({"scale": SCALE} | parameters)))]
    )
