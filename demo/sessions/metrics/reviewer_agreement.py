"""How far reviewers agree among themselves, beyond chance."""

from dataclasses import dataclass

import numpy as np

from demo.sessions.metrics.votes import UNKNOWN, Bools, Codes, Votes, cross

KAPPA, ALPHA = "Cohen's kappa", "Krippendorff's alpha"
# Landis and Koch (1977): what a value up to each bound is called.
READINGS = (
    (0.20, "slight"),
    (0.40, "fair"),
    (0.60, "moderate"),
    (0.80, "substantial"),
    (1.00, "almost perfect"),
)


@dataclass(frozen=True)
class ReviewerAgreement:
    """Agreement among reviewers: 1 is complete, 0 as expected by chance, below 0 worse than chance.

    `value` is None, and `reason` says why, if it cannot be computed. It is counted over the `n_cases` that
    two or more of the `n_reviewers` gave a label, in a `blind` session the label that was given before the
    model's answer was shown.
    """

    method: str | None
    value: float | None
    reading: str | None
    reason: str | None
    n_reviewers: int
    n_cases: int
    blind: bool


def agreement_among(votes: Votes) -> ReviewerAgreement:
    """Return Cohen's kappa if two reviewers share cases, Krippendorff's nominal alpha if more do.

    Cohen (1960); Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability".
    """
    labels = votes.first if votes.blind else votes.label
    given = labels != UNKNOWN
    each = np.bincount(votes.case[given], minlength=len(votes.case_ids))
    shared = given & (each[votes.case] > 1)
    n_cases, n_reviewers = int((each > 1).sum()), len(np.unique(votes.reviewer[shared]))
    method = {0: None, 2: KAPPA}.get(n_reviewers, ALPHA)
    reason = reason_against(labels[shared])
    value = None
    if reason is None:
        value = kappa(labels[shared]) if method == KAPPA else alpha(votes, labels, shared)
    reading = None if value is None else read(value)
    return ReviewerAgreement(method, value, reading, reason, n_reviewers, n_cases, votes.blind)


def reason_against(labels: Codes) -> str | None:
    """Say why the labels of shared cases tell nothing about agreement, or None if they do."""
    if not len(labels):
        return "No case has labels of two reviewers."
    if (labels == labels[0]).all():
        return "All labels are the same, so agreement beyond chance cannot be told."
    return None


def kappa(labels: Codes) -> float:
    """Return Cohen's kappa of labels that stand in pairs: two reviewers on one case after another."""
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(labels[0::2], labels[1::2]))


def alpha(votes: Votes, labels: Codes, shared: Bools) -> float:
    """Return Krippendorff's alpha for nominal labels."""
    import krippendorff

    shape = (len(votes.case_ids), len(votes.labels))
    counts = cross(votes.case[shared], labels[shared], shape)
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def read(value: float) -> str:
    """Return what agreement of this value is called (Landis and Koch 1977, Biometrics 33).

    Their bounds are a convention, made for kappa and used for alpha as well. Krippendorff himself asks
    more of alpha: 0.8 to rely on labels, 0.667 for tentative conclusions.
    """
    if value < 0:
        return "poor"
    return next((name for bound, name in READINGS if value <= bound), READINGS[-1][1])
