"""How much an input is like what the model was trained on, and short sentences about it."""

import re
from collections.abc import Mapping, Sequence
from statistics import median, mode
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.explain.explanation import Baselines, Familiarity, Word
from models.explain.subject import subject_notice
from models.metadata import Metadata, Profile
from models.registry import LoadedModel
from models.spec import Record, Value
from models.text.language import find_language
from models.text.reading import WORD, read_text

if TYPE_CHECKING:
    from models.samples import Samples

Floats = NDArray[np.float64]

# With fewer known words than this, a text is hardly in a language the model was trained on.
MOSTLY_UNKNOWN = 0.5
# Of fewer words, a share says nothing about the language.
LEAST_WORDS = 4
LEAST_UNKNOWN = 3
# People try models on short sentences: only one of half the usual least length is far from it.
FAR = 2
N_READ = 2_000
NO_WORD = "The model knows no word of this text: the answer is little more than its starting point."
NO_WORDS_AT_ALL = "There is no word in this text: the answer rests on its numbers and signs alone."
ONLY_LINK = (
    "This text is only a link: the model reads the letters of the link, not the page behind it."
)
LINK = re.compile(r"(?:https?://|www\.)\S+")


def is_word(piece: str) -> bool:
    """Tell whether a piece of a text is a word rather than a number, a sign or an emoji."""
    return piece[0].isalpha() or piece[-1].isalpha()


def judge_text(
    text: str, words: Sequence[Word], metadata: Metadata
) -> tuple[Familiarity, tuple[str, ...]]:
    """Return how familiar a text is, and a sentence for each unusual thing.

    Of a text in another language nothing else is said. The limits come from `metadata["profile"]`; without one, only unknown words are looked at.
    """
    real = [w for w in words if text[w.start].isalpha() or text[w.end - 1].isalpha()]
    unknown = [word for word in real if not word.known]
    share = 1 - len(unknown) / len(real) if real else None
    names = dict.fromkeys(text[word.start : word.end].lower() for word in unknown)
    familiarity = Familiarity(n_words=len(real), known_share=share, unknown_words=tuple(names))
    language = None if metadata.get("any_language") else find_language(text)
    if language:
        return familiarity, (f"This looks like {language}; the model reads English only.",)
    if not any(word.known for word in words):
        return familiarity, (NO_WORD,)
    if not real:
        return familiarity, (NO_WORDS_AT_ALL,)
    if LINK.fullmatch(text.strip()):
        return familiarity, (ONLY_LINK,)
    notices = [
        unknown_notice(len(real), len(unknown), metadata),
        length_notice(len(real), metadata),
        subject_notice(
            {text[word.start : word.end].lower() for word in real},
            len(real),
            metadata.get("profile", {}),
        ),
    ]
    return familiarity, tuple(notice for notice in notices if notice)


def unknown_notice(n_words: int, n_unknown: int, metadata: Metadata) -> str | None:
    """Say that most words of a text are unknown, or more than in nearly all of the training, or None."""
    known = n_words - n_unknown
    shares = metadata.get("profile", {}).get("known_share", {})
    usual = shares.get("low", MOSTLY_UNKNOWN)
    few = f"The model knows only {known} of the {n_words} words"
    if n_words < LEAST_WORDS:
        return None
    if known < MOSTLY_UNKNOWN * n_words:
        return (
            f"{few}. Is this a language that it was not trained on? Then the answer means nothing."
        )
    if n_unknown >= LEAST_UNKNOWN and known < usual * n_words:
        return f"{few}, fewer than in nearly all texts that it has seen: take the answer with care."
    return None


def length_notice(n_words: int, metadata: Metadata) -> str | None:
    """Say that a text of `n_words` is far shorter or longer than those of the training, or None."""
    limits = metadata.get("profile", {}).get("words")
    if not limits:
        return None
    low, high = limits["low"], limits["high"]
    if low / FAR <= n_words <= high:
        return None
    kind = "short" if n_words < low else "long"
    plural = "word" if n_words == 1 else "words"
    return (
        f"This text is unusually {kind} for the model: {n_words:,} {plural}, where nearly all that it "
        f"has seen had {low:,} to {high:,}."
    )


def count_words(text: str) -> int:
    """Return how many words a text has, counted in the same way for every model."""
    return sum(is_word(match.group()) for match in WORD.finditer(text))


def typical_sample(model: LoadedModel) -> NDArray[Any]:
    """Return the average training sample, shape (n_features,), or one that a form starts with."""
    profile, spec = model.metadata.get("profile", {}), model.spec
    values = profile.get("mean") or [feature.start for feature in spec.features]
    return np.array(values, np.float64 if spec.takes_numbers else object)


def find_baselines(model: LoadedModel) -> Baselines:
    """Return what the samples of a model are compared with."""
    known = model.metadata.get("profile", {}).get("classes", {})
    classes = model.spec.classes
    means = tuple(known[label]["mean"] for label in classes) if set(classes) <= set(known) else ()
    return Baselines(typical_sample(model), means)


def judge_values(model: LoadedModel, parsed: Record) -> tuple[Familiarity, tuple[str, ...]]:
    """Return how near a sample is to the classes of the training, and sentences if it is not.

    A value outside of the range seen is named, and a combination farther from every class than 99 of
    100 training samples are from theirs.
    """
    features = model.spec.features
    notices = [notice for f in features if (notice := f.notice(parsed[f.name]))]
    profile = model.metadata.get("profile")
    if not profile or "distance" not in profile:
        return Familiarity(), tuple(notices)
    sample = np.array([[parsed[feature.name] for feature in features]], np.float64)
    if np.isnan(sample).any():
        return Familiarity(), tuple(notices)
    names = list(profile["classes"])
    away = distances(sample, profile["classes"])[0]
    nearest, limit = int(away.argmin()), float(profile["distance"])
    if away[nearest] > limit:
        each = "All in all this is" if notices else "Each value is possible, but together they are"
        notices.append(f"{each} unlike all {model.spec.cases} that {model.spec.known_by}.")
    familiarity = Familiarity(distance=float(away[nearest]), limit=limit, nearest=names[nearest])
    return familiarity, tuple(notices)


def distances(samples: Floats, classes: Mapping[str, Any]) -> Floats:
    """Return the Mahalanobis distance (1936) of each sample to each class, (n_samples, n_classes).

    Each class has its own covariance: a tight one is left sooner than a loose one.
    """
    columns = []
    for figures in classes.values():
        away = samples - np.array(figures["mean"])
        columns.append(np.sqrt(np.einsum("ij,jk,ik->i", away, figures["precision"], away)))
    return np.stack(columns, axis=1)


def training_profile(samples: "Samples", pipeline: Any) -> Profile:
    """Return the figures that familiarity is measured by, for `metadata["profile"]`.

    Texts: the 1st and 99th percentile of the number of words, and the share of words known (mean and 1st
    percentile, of a sample of texts). Numbers: the mean; each class's mean and inverse covariance
    ("precision"); and the 99th percentile of the samples' distances to their nearest class. Numbers and
    categories together: as the mean, the median or the most frequent value of each.
    """
    if isinstance(samples.X[0], str):
        return text_profile(list(samples.X), pipeline)
    if samples.X.dtype == object:
        return {"mean": [middle(column.tolist()) for column in samples.X.T]}
    X = np.asarray(samples.X, np.float64)
    profile: Profile = {
        "mean": X.mean(axis=0).tolist(),
        "classes": {
            str(label): {
                "mean": X[samples.y == label].mean(axis=0).tolist(),
                "precision": np.linalg.pinv(
                    np.atleast_2d(np.cov(X[samples.y == label].T))
                ).tolist(),
            }
            for label in np.unique(samples.y)
        },
    }
    nearest = distances(X, profile["classes"]).min(axis=1)
    profile["distance"] = float(np.percentile(nearest, 99))
    return profile


def middle(values: Sequence[Value]) -> Value:
    """Return the median of numbers, the most frequent of other values."""
    numbers = [value for value in values if isinstance(value, int | float)]
    return median(numbers) if len(numbers) == len(values) else mode(values)


def text_profile(texts: Sequence[str], pipeline: Any) -> Profile:
    low, high = np.percentile([count_words(text) for text in texts], [1, 99])
    chosen = np.random.default_rng(0).permutation(len(texts))[:N_READ]
    shares = [known_share(pipeline[0], texts[index]) for index in chosen]
    seen = [share for share in shares if share is not None]
    return {
        "words": {"low": int(low), "high": int(np.ceil(high))},
        "known_share": {"mean": float(np.mean(seen)), "low": float(np.percentile(seen, 1))},
    }


def known_share(vectorizer: Any, text: str) -> float | None:
    """Return the share of the words of a text that the vectorizer knows, None if it has no words."""
    reading = read_text(vectorizer, text)
    pairs = zip(reading.words, reading.known.tolist(), strict=True)
    known = [met for (start, end), met in pairs if is_word(text[start:end])]
    return sum(known) / len(known) if known else None
