"""What /docs knows of the routes of review sessions only once the models are known: bodies that run."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from demo.sessions.model import CANNOT_TELL, NONE_OF_THESE
from models.spec import ModelSpec

Object = dict[str, Any]


def add_examples(app: FastAPI, prefix: str, specs: Mapping[str, ModelSpec]) -> None:
    """Complete the OpenAPI of an app whose routes of review sessions begin with `prefix`."""
    build_document = app.openapi

    def complete() -> Object:
        document = build_document()
        for (method, path), titled in request_examples(specs).items():
            body = document["paths"][prefix + path][method]["requestBody"]
            body["content"]["application/json"]["examples"] = {
                title: {"summary": title, "value": value} for title, value in titled.items()
            }
        document["components"]["schemas"]["PlanRequest"]["properties"]["model"]["enum"] = list(
            specs
        )
        remove_foreign_errors(document)
        return document

    app.openapi = complete  # type: ignore[method-assign]


def remove_foreign_errors(document: Object) -> None:
    """Remove FastAPI's own 422 from routes with parameters that name no other: its shape is not ours."""
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    for methods in document["paths"].values():
        for operation in methods.values():
            if operation["responses"].get("422", {}).get("description") == "Validation Error":
                del operation["responses"]["422"]


def request_examples(specs: Mapping[str, ModelSpec]) -> dict[tuple[str, str], Object]:
    """Return bodies that run as they stand: by method, path below the sessions, and title."""
    # Of two classes, so that who disagrees need not name the other.
    spec = min(specs.values(), key=lambda spec: (len(spec.classes) != 2, spec.order))
    question = "Do we rely on it from next month on?"
    plan = {"title": "First impressions", "model": spec.name, "question": question}
    blind = {
        "title": "Does it see what we see?",
        "purpose": "To sort what comes in.",
        "blind": True,
        "order": "shuffled",
        "verdicts_per_case": 3,
        "cases": [dict(example.record) for example in spec.examples],
    }
    verdicts: Object = {
        "First label of a blind session": {"blind_label": spec.classes[0]},
        "Agree": {"verdict": "agree"},
        "Cannot tell": {"verdict": CANNOT_TELL, "comment": "It depends on who says it."},
    }
    none = {"verdict": "disagree", "label": NONE_OF_THESE, "comment": "It is no opinion at all."}
    verdicts["No label fits"] = none
    if len(spec.classes) == 2:
        verdicts["Disagree"] = {"verdict": "disagree", "comment": "This is irony."}
    decision = {
        "decision": "approve_with_conditions",
        "reasons": "Right where it is sure. What it is unsure of goes to a person.",
        "signed_by": ["Anna", "Ben"],
    }
    cases = {example.title: {"record": dict(example.record)} for example in spec.examples}
    return {
        ("post", ""): {"Open floor": plan, "Case list, blind": plan | blind},
        ("post", "/{code}/reviewers"): {"By name": {"name": "Anna"}},
        ("post", "/{code}/cases"): cases,
        ("put", "/{code}/cases/{case}/verdict"): verdicts,
        ("post", "/{code}/close"): {"Approve with conditions": decision},
    }
