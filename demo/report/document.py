"""A closed session as one document, out of which its page and its files are made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from demo.desk import ReviewDesk
from demo.figures.agreement import Figures, figures
from demo.figures.board import to_judgement
from demo.figures.dispute import CaseFigures
from demo.figures.intervals import plain, share_of
from demo.report.entries import Entry, case_entries, classes_of
from demo.report.figures import describe_figures
from demo.report.model_facts import model_facts
from demo.report.reasons import explain_case, running_version, why_unexplained
from demo.report.seal import ZEROS
from demo.reviews import Review, Reviewer

FORMAT = "second-opinion-report-1"
Document = dict[str, Any]


def build_document(desk: ReviewDesk, review: Review) -> Document:
    """Return everything that a report says of a closed session, with room for its hash.

    Of a disputed case it holds why the model answered so, if the app runs the version that was judged.
    """
    reviewers = desk.store.reviewers(review)
    entries = case_entries(desk.store.cases(review), desk.store.verdicts(review), reviewers)
    classes = classes_of(desk, review, entries)
    judgements = [to_judgement(row) for row in desk.store.judgements(review) if row.verdict]
    found = figures(judgements, classes, [reviewer.id for reviewer in reviewers])
    add_figures(entries, found)
    disputed = [case.case for case in found.disputes if case.is_disputed]
    add_explanations(desk, review, entries, disputed)
    return {
        "session": review.code,
        "content_sha256": ZEROS,
        "format": FORMAT,
        "plan": asdict(review.plan),
        "opened_at": review.created_at,
        "closed_at": review.closed_at,
        "signature": asdict(review.signature) if review.signature else None,
        "model": model_facts(desk, review, classes, entries),
        "reviewers": describe_reviewers(reviewers, entries),
        "data": describe_data(entries),
        "figures": describe_figures(found, reviewers),
        "unexplained": why_unexplained(desk, review),
        "disputed": disputed,
        "cases": entries,
    }


def add_figures(entries: Iterable[Entry], found: Figures) -> None:
    """Write into each case what was said of it, in numbers; None for one that nobody judged."""
    by_case = {case.case: case for case in found.disputes}
    for entry in entries:
        case = by_case.get(entry["case"])
        entry["said"] = describe_case(case) if case else None


def describe_case(case: CaseFigures) -> dict[str, Any]:
    """Return the figures of a case that its entry does not hold already."""
    described: dict[str, Any] = plain(case)
    for known in ("case", "predicted", "probability"):
        del described[known]
    return described | {"disputed": case.is_disputed}


def add_explanations(
    desk: ReviewDesk, review: Review, entries: Iterable[Entry], disputed: Iterable[object]
) -> None:
    """Write into each disputed case why the model answered so, None where that cannot be told."""
    model, wanted = running_version(desk, review), set(disputed)
    for entry in entries:
        if entry["case"] in wanted:
            entry["explanation"] = explain_case(model, entry["record"]) if model else None


def describe_reviewers(
    reviewers: Iterable[Reviewer], entries: Iterable[Entry]
) -> list[dict[str, Any]]:
    """Return who the reviewers are, and how many verdicts each gave; a first label alone is none."""
    given = Counter(
        verdict["reviewer"]
        for entry in entries
        for verdict in entry["verdicts"]
        if verdict["verdict"]
    )
    return [
        {"name": one.name, "joined_at": one.joined_at, "verdicts": given[one.name]}
        for one in reviewers
    ]


def describe_data(entries: list[Entry]) -> dict[str, Any]:
    """Return how many cases there are, where they are from, and who was right where that is known.

    `model_right` and `people_right` are shares of the judged cases with a true label; people are right
    where more than half of those who gave a label hold the true one.
    """
    judged = [entry for entry in entries if entry["said"]]
    known = [entry for entry in judged if entry["true_label"] is not None]
    model_right = sum(entry["predicted"] == entry["true_label"] for entry in known)
    people_right = sum(entry["said"]["majority"] == entry["true_label"] for entry in known)
    return {
        "cases": len(entries),
        "from_list": sum(entry["added_by"] is None for entry in entries),
        "open_floor": sum(entry["added_by"] is not None for entry in entries),
        "judged": len(judged),
        "true_labels": sum(entry["true_label"] is not None for entry in entries),
        "model_right": plain(share_of(model_right, len(known))),
        "people_right": plain(share_of(people_right, len(known))),
    }
