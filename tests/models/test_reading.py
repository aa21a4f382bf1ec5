"""What a vectorizer read in a text: our own in one pass, and those of somebody else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from texts import LABELS, REVIEWS, TEXTS

from models.explain.answers import predict_explained
from models.explain.explanation import Explanation
from models.registry import LoadedModel, ModelCatalogue

TEXT_MODELS = ("tweets", "reviews")


@pytest.mark.parametrize("name", TEXT_MODELS)
@given(text=TEXTS)
def test_a_vectorizer_reads_what_it_transforms(
    catalogue: ModelCatalogue, name: str, text: str
) -> None:
    vectorizer = catalogue[name].pipeline[0]  # type: ignore[index]
    row, reading = vectorizer.transform([text]), vectorizer.read(text)

    assert row.indices.tolist() == reading.row[0].tolist()
    assert row.data.tobytes() == reading.row[1].tobytes()
    present = np.isin(reading.occurrences.columns, row.indices)
    assert present.all()
    shares = np.bincount(reading.occurrences.columns, reading.occurrences.shares)
    # "good, not good" cancels itself out: there is nothing to share.
    counting = row.indices[np.abs(row.data) > 1e-12]
    shared = np.intersect1d(reading.occurrences.columns, counting)
    assert shares[shared] == pytest.approx(1, abs=1e-6)


def explained(model: LoadedModel, vectorizer: TfidfVectorizer, text: str) -> Explanation:
    """Explain a text by a small model on a vectorizer of somebody else: exactly, or the test fails."""
    pipeline = make_pipeline(vectorizer, LogisticRegression()).fit(REVIEWS, LABELS)
    explanation = predict_explained(replace(model, pipeline=pipeline), {"text": text}).explanation
    assert explanation.kind == "exact"
    assert explanation.margin == pytest.approx(abs(pipeline.decision_function([text])[0]), abs=1e-6)
    return explanation


def test_a_foreign_linear_vectorizer_is_exact_and_its_words_have_places(
    reviews: LoadedModel,
) -> None:
    explanation = explained(reviews, TfidfVectorizer(), "A good film")

    assert explanation.contributions[0].feature == "good"
    assert explanation.contributions[0].spans == ((2, 6),)
