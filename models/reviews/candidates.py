"""What the reviews model is compared with: baselines, itself less one part, and what was searched."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import HalvingGridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline

from models.evaluation.baselines import halving_searches, text_baselines
from models.reviews.model import build_pipeline
from models.reviews.self_training import SelfTrainedNgrams
from models.reviews.training import folds, unlabelled_texts
from models.reviews.transformers import NgramTfidf
from models.samples import Samples
from models.training.datasets import load_dataset

N_FOLDS = 1
METHOD = (
    "One fold of five: a fifth of the films, with all their reviews, and a fifth of the sentences are held "
    "out. Ours less a part keeps the scale of ours, which makes the probabilities right for the whole only. "
    "Logistic regression on our n-grams is what is left of ours without self-training, prior, naive-Bayes "
    "ratio, weights for short texts and choice of features. Intervals draw whole films. The searches go "
    "without unlabelled reviews. Nothing here learns from phrases of sentences or from a list of opinion "
    "words, as the model that is served does."
)


def ours(unlabelled: Sequence[str] | None = None, **parameters: Any) -> SelfTrainedNgrams:
    """Return our unfitted classifier with other parameters than those it is trained with."""
    classifier: SelfTrainedNgrams = build_pipeline(unlabelled, **parameters)["sentiment"]
    return classifier


class WithoutSentences(SelfTrainedNgrams):
    """Ours, but trained on whole reviews alone."""

    def fit(self, X: Any, y: Any) -> Self:
        """Leave out the samples that are single sentences, and fit."""
        sentences = set(load_dataset("sentence_polarity_cut").frame["text"])
        whole = np.array([text not in sentences for text in X])
        return super().fit(np.asarray(X)[whole], np.asarray(y)[whole])


def plain_ngrams(ngram_max: int) -> Pipeline:
    """Return what is left of ours when all but its tokens and its logistic regression is removed."""
    return make_pipeline(
        NgramTfidf(ngram_max), LogisticRegression(C=ours().student_C, max_iter=1000)
    )


def candidates() -> dict[str, Any]:
    """Return the unfitted estimators of the comparison, by what the table calls them."""
    texts = unlabelled_texts()
    return {
        "ours": ours(texts),
        "ours without self-training": ours(),
        "ours without the prior over words": ours(texts, teacher_prior=0.0, student_prior=0.0),
        "ours without opposites of turned words": ours(texts, opposite=0.0),
        "ours without sentences": WithoutSentences(**ours(texts).get_params()),
        "ours without self-training and prior": ours(student_prior=0.0),
        **text_baselines(),
        "logistic regression on our n-grams": plain_ngrams(3),
        "logistic regression on our words": plain_ngrams(1),
    }


def searches(samples: Samples) -> dict[str, HalvingGridSearchCV]:
    """Return halving searches for ours without self-training, and for the plain baseline."""
    spaces: dict[str, tuple[Any, dict[str, list[Any]]]] = {
        "ours without self-training": (
            ours(),
            {"student_C": [2.0, 6.0, 20.0, 60.0], "student_prior": [0.0, 0.15, 0.3]},
        ),
        "logistic regression": (
            make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000)),
            {
                "tfidfvectorizer__ngram_range": [(1, 1), (1, 2)],
                "tfidfvectorizer__sublinear_tf": [False, True],
                "logisticregression__C": [1.0, 5.0, 25.0],
            },
        ),
    }
    return halving_searches(spaces, folds(samples), len(samples.y), scoring="accuracy")
