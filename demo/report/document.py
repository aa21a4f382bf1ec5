"""A closed session as one document, out of which its page and its files are made."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict
from typing import Any

from demo.render.figures import name_reviewers
from demo.report.reasons import explain_case, running_version, why_unexplained
from demo.report.seal import ZEROS
from demo.sessions.metrics.agreement import Figures, figures
from demo.sessions.metrics.intervals import Id, share_of
from demo.sessions.model import Case, Reviewer, Session, Verdict
from demo.sessions.service import SessionService
from models.registry import LoadedModel
from models.training.card_figures import METRIC_TITLES, metric_text

Entry = dict[str, Any]


def case_entries(
    cases: Iterable[Case], verdicts: Iterable[Verdict], reviewers: Iterable[Reviewer]
) -> list[Entry]:
    """Return the cases in their order; `number` counts from 1.

    `predicted` is None for a case that nobody judged: the model was not asked then.
    """
    names = {reviewer.id: reviewer.name for reviewer in reviewers}
    by_case: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        by_case.setdefault(verdict.case_id, []).append(verdict)
    return [case_entry(case, by_case.get(case.id, ()), names) for case in cases]


def case_entry(case: Case, verdicts: Sequence[Verdict], names: dict[int, str]) -> Entry:
    """Return a case with the answer of the model and the verdicts on it."""
    answered = verdicts[0].answered if verdicts else None
    return {
        "case": case.id,
        "number": case.position + 1,
        "record": dict(case.record),
        "context": dict(case.context),
        "true_label": case.true_label,
        "added_by": names.get(case.added_by) if case.added_by is not None else None,
        "predicted": answered.predicted if answered else None,
        "probabilities": dict(answered.probabilities) if answered else {},
        "verdicts": [verdict_entry(verdict, names) for verdict in verdicts],
    }


def verdict_entry(verdict: Verdict, names: dict[int, str]) -> Entry:
    """Return a verdict, with the answer that it is about."""
    answered = verdict.answered
    return {
        "reviewer": names[verdict.reviewer_id],
        "verdict": verdict.verdict_input.verdict,
        "label": verdict.verdict_input.label,
        "first_label": verdict.verdict_input.blind_label,
        "comment": verdict.verdict_input.comment,
        "predicted": answered.predicted,
        "probabilities": dict(answered.probabilities),
        "model_sha256": answered.model_sha256,
        "latency_ms": answered.latency_ms,
        "created_at": verdict.created_at,
        "changed_at": verdict.changed_at,
    }


def classes_of(service: SessionService, session: Session, entries: Iterable[Entry]) -> list[str]:
    """Return the classes that were answered, in the order of the model; those of its spec if none were."""
    answered = dict.fromkeys(
        label
        for entry in entries
        for verdict in entry["verdicts"]
        for label in verdict["probabilities"]
    )
    spec = service.catalogue.specs.get(session.plan.model)
    return list(answered) or list(spec.classes if spec else ())


def model_facts(
    service: SessionService, session: Session, classes: Sequence[str], entries: Sequence[Entry]
) -> dict[str, Any]:
    """Return the model's name, version and, if the app runs that version, where it comes from.

    What another version was trained and measured on says nothing about the one that was judged.
    """
    name = session.plan.model
    spec = service.catalogue.specs.get(name)
    model = running_version(service, session)
    return {
        "name": name,
        "title": spec.title if spec else name,
        "summary": spec.summary if spec else "",
        "cases": spec.cases if spec else "cases",
        "sha256": session.model_sha256,
        "classes": list(classes),
        "fields": [field.describe() for field in spec.fields] if spec else unknown_fields(entries),
        "text_field": spec.text_name if spec else None,
        "origin": origin(model) if model else None,
    }


def unknown_fields(entries: Sequence[Entry]) -> list[dict[str, str]]:
    """Return the fields of the records of a model that the app no longer has."""
    names = dict.fromkeys(name for entry in entries for name in entry["record"])
    return [{"name": name, "title": name, "unit": ""} for name in names]


def origin(model: LoadedModel) -> dict[str, Any]:
    """Return what a model was trained and measured on, and its main figure."""
    metadata, metric = model.metadata, model.spec.main_metric
    evaluation = metadata["evaluation"]
    return {
        "trained": metadata.get("date", ""),
        "training_data": titles(metadata.get("training_data", [])),
        "measured_on": titles(evaluation.get("data", [])),
        "method": evaluation.get("method", ""),
        "versions": metadata["versions"],
        "figure": {
            "name": METRIC_TITLES.get(metric, metric),
            "value": evaluation["metrics"][metric],
            "text": metric_text(metric, evaluation["metrics"][metric]),
        },
    }


def titles(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the titles of data sets with their sizes."""
    return [{"title": source["title"], "rows": source["rows"]} for source in sources]


FORMAT = "second-opinion-report-1"
Document = dict[str, Any]


def build_document(service: SessionService, session: Session) -> Document:
    """Return everything that a report says of a closed session, with room for its hash.

    Of a disputed case it holds why the model answered so, if the app runs the version that was judged.
    """
    queries = service.queries
    reviewers = queries.reviewers(session)
    entries = case_entries(queries.cases(session), queries.verdicts(session), reviewers)
    classes = classes_of(service, session, entries)
    ids = [reviewer.id for reviewer in reviewers]
    found = figures(queries.judgements(session), classes, ids)
    described = found.describe()
    add_figures(entries, described.pop("disputes"), set(found.disputed))
    add_explanations(service, session, entries)
    return {
        "session": session.code,
        "content_sha256": ZEROS,
        "format": FORMAT,
        "plan": asdict(session.plan),
        "opened_at": session.created_at,
        "closed_at": session.closed_at,
        "signature": asdict(session.signature) if session.signature else None,
        "model": model_facts(service, session, classes, entries),
        "reviewers": describe_reviewers(reviewers, found),
        "data": describe_data(entries),
        "figures": name_reviewers(described, map(vars, reviewers)),
        "unexplained": why_unexplained(service, session),
        "disputed": found.disputed,
        "cases": entries,
    }


def add_figures(entries: Iterable[Entry], counted: Iterable[Entry], disputed: Set[Id]) -> None:
    """Add to each case its figures, None if nobody judged it."""
    by_case = {case.pop("case"): case for case in counted}
    for entry in entries:
        said = by_case.get(entry["case"])
        if said:
            # The entry tells them already.
            del said["predicted"], said["probability"]
            said["disputed"] = entry["case"] in disputed
        entry["said"] = said


def add_explanations(service: SessionService, session: Session, entries: Iterable[Entry]) -> None:
    """Add to each disputed case why the model answered so, None if that is unknown."""
    model = running_version(service, session)
    for entry in entries:
        if entry["said"] and entry["said"]["disputed"]:
            entry["explanation"] = explain_case(model, entry["record"]) if model else None


def describe_reviewers(reviewers: Iterable[Reviewer], found: Figures) -> list[Entry]:
    """Return who the reviewers are, and how many verdicts each gave; a first label alone is none."""
    return [
        {
            "name": one.name,
            "joined_at": one.joined_at,
            "verdicts": given.share.total + given.cannot_tell,
        }
        for one, given in zip(reviewers, found.by_reviewer, strict=True)
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
        "model_right": asdict(share_of(model_right, len(known))),
        "people_right": asdict(share_of(people_right, len(known))),
    }
