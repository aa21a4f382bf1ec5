"""Figures of a session in words, for the command line."""

from demo.figures.dispute import CaseFigures
from demo.figures.intervals import Share
from demo.figures.reviewer_agreement import ReviewerAgreement
from models.spec import Record

LONGEST_EXCERPT = 60
NOTHING = "–"


def share_text(share: Share) -> str:
    """Return a share in percent."""
    return NOTHING if share.share is None else f"{100 * share.share:.0f} %"


def interval_text(share: Share) -> str:
    """Return the interval of a share in percent."""
    if share.low is None or share.high is None:
        return NOTHING
    return f"{100 * share.low:.0f} to {100 * share.high:.0f} %"


def agreement_text(among: ReviewerAgreement) -> str:
    """Return how far reviewers agree among themselves."""
    if among.value is None:
        return f"Agreement among reviewers: {among.reason}"
    return (
        f"Agreement among {among.n_reviewers} reviewers on {among.n_cases} cases: {among.method} "
        f"{among.value:.2f} ({among.reading})."
    )


def counted_text(case: CaseFigures) -> str:
    """Return what people say of a case, with how many say so."""
    labels = [f"{label} {n}" for label, n in case.labels.items()]
    return ", ".join([*labels, *([f"can't tell {case.cannot_tell}"] if case.cannot_tell else [])])


def excerpt(record: Record) -> str:
    """Return the beginning of an input, on one line."""
    values = (f"{value:g}" if isinstance(value, float) else str(value) for value in record.values())
    text = " ".join(" · ".join(value for value in values if value).split())
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]}…"
