"""What /docs says of the routes of review sessions."""

from collections.abc import Mapping
from typing import Any

from demo.api.description import (
    AFTER,
    CASE,
    CODE,
    MAYBE,
    OBJECT,
    READING,
    WHOLE,
    WRITING,
    documented,
    option,
    optional,
)
from demo.api.prediction_schema import (
    EXPLANATION,
    PROBABILITY,
    TEXT,
    Schema,
    body,
    json_content,
    object_of,
)
from demo.sessions.model import CANNOT_TELL, JUDGEMENTS, MOST_CASES, MOST_VERDICTS, ORDERS
from demo.sessions.text import LONGEST_NAME, LONGEST_TEXT
from models.spec import ModelSpec

Specs = Mapping[str, ModelSpec]


def example_spec(specs: Specs) -> ModelSpec:
    """Return the model of the examples: of two classes, so that who disagrees need not name the other."""
    return min(specs.values(), key=lambda spec: (len(spec.classes) != 2, spec.order))


def opening_examples(spec: ModelSpec) -> dict[str, Any]:
    """Return what to open a session with, by title."""
    question = "Do we rely on it from next month on?"
    return {
        "Open floor": {"title": "First impressions", "model": spec.name, "question": question},
        "Case list, blind": {
            "title": "Does it see what we see?",
            "model": spec.name,
            "purpose": "To sort what comes in.",
            "question": question,
            "blind": True,
            "order": "shuffled",
            "verdicts_per_case": 3,
            "cases": [dict(example.record) for example in spec.examples],
        },
    }


def plan_schema(specs: Specs) -> Schema:
    """Return the schema of what a session is opened with."""
    count = "How many verdicts a case needs; left out, one of every reviewer."
    return optional(
        object_of(title=TEXT, model=TEXT | {"enum": list(specs)}),
        purpose=MAYBE,
        question=MAYBE | {"description": "The decision to be taken."},
        blind=option("Reviewers give a label before they see the answer.", default=False),
        order=TEXT | {"enum": list(ORDERS), "default": "shared"},
        verdicts_per_case={
            "type": ["integer", "null"],
            "minimum": 1,
            "maximum": MOST_VERDICTS,
            "description": count,
        },
        open_floor=option("Reviewers may try inputs of their own.", default=True),
        anonymous=option("Reviewers need not give a name.", default=False),
        cases={"type": ["array", "null"], "maxItems": MOST_CASES, "items": OBJECT},
    )


def open_session(specs: Specs) -> dict[str, Any]:
    """Describe `POST /api/sessions`."""
    links = object_of(code=TEXT, reviewer_url=TEXT, facilitator_url=TEXT, facilitator_token=TEXT)
    return documented(
        "Open a session",
        "Send `reviewer_url` to the reviewers. Keep the facilitator's link and token: they are shown this "
        f"once. `cases` are up to {MOST_CASES:,} records of the model; the body may have 20 MB.",
        json_content(links),
        (*WRITING, 429),
        status=201,
        request=body(plan_schema(specs), opening_examples(example_spec(specs))),
    )


def join() -> dict[str, Any]:
    """Describe `POST /api/sessions/{code}/reviewers`."""
    return documented(
        "Join a session",
        "The token goes along as `Authorization: Bearer ...` from then on. A second Anna becomes "
        "“Anna (2)”. The name may be left out where the session takes anonymous reviewers.",
        json_content(
            object_of(
                reviewer=object_of(id=WHOLE, name=TEXT), reviewer_token=TEXT, reviewer_url=TEXT
            )
        ),
        (*WRITING, 409, 429),
        status=201,
        parameters=(CODE,),
        request=body(
            optional(object_of(), name=TEXT | {"maxLength": LONGEST_NAME}),
            {"By name": {"name": "Anna"}},
        ),
    )


def answered_case() -> Schema:
    """Return the schema of a case as its reviewer sees it, and of their progress."""
    prediction = object_of(label=TEXT, probabilities=OBJECT | {"additionalProperties": PROBABILITY})
    verdict_input = object_of(verdict=MAYBE, label=MAYBE, blind_label=MAYBE, comment=TEXT)
    case = optional(
        object_of(id=WHOLE, record=OBJECT),
        prediction=prediction,
        explanation=EXPLANATION,
        verdict=verdict_input | {"description": "What the reviewer has said of it, if anything."},
    )
    description = (
        "None when every case is judged. Prediction and explanation are there only once a first "
        "label is in, if the session is blind."
    )
    case |= {"type": ["object", "null"], "description": description}
    return object_of(case=case, done=WHOLE, total=WHOLE)


def next_case() -> dict[str, Any]:
    """Describe `GET /api/sessions/{code}/cases/next`."""
    return documented(
        "The next case",
        "The reviewer's next case that is not judged.",
        json_content(answered_case()),
        (*READING, 409),
        parameters=(CODE, AFTER),
        bearer="reviewer",
    )


def one_case() -> dict[str, Any]:
    """Describe `GET /api/sessions/{code}/cases/{case}`."""
    return documented(
        "One case",
        "A case of the reviewer, judged or not.",
        json_content(answered_case()),
        (*READING, 409),
        parameters=(CODE, CASE),
        bearer="reviewer",
    )


def add_case(specs: Specs) -> dict[str, Any]:
    """Describe `POST /api/sessions/{code}/cases`."""
    examples = {
        example.title: {"record": dict(example.record)} for example in example_spec(specs).examples
    }
    return documented(
        "Try an input",
        "Adds an input of the reviewer's own to their cases, where the floor is open. The same one again is "
        "the case that is there.",
        json_content(answered_case()),
        (*WRITING, 409, 429),
        status=201,
        parameters=(CODE,),
        request=body(object_of(record=OBJECT), examples),
        bearer="reviewer",
    )


def put_verdict(specs: Specs) -> dict[str, Any]:
    """Describe `PUT /api/sessions/{code}/cases/{case}/verdict`."""
    spec = example_spec(specs)
    examples: dict[str, Any] = {
        "First label of a blind session": {"blind_label": spec.classes[0]},
        "Agree": {"verdict": "agree"},
        "Cannot tell": {"verdict": CANNOT_TELL, "comment": "It depends on who says it."},
    }
    if len(spec.classes) == 2:
        examples["Disagree"] = {"verdict": "disagree", "comment": "This is irony."}
    request: Schema = {
        "type": "object",
        "properties": {
            "verdict": MAYBE | {"enum": [*JUDGEMENTS, None]},
            "label": MAYBE | {"description": "The right one; of two classes it follows."},
            "blind_label": MAYBE | {"description": f"A class or {CANNOT_TELL}; it stays as it is."},
            "comment": MAYBE | {"maxLength": LONGEST_TEXT},
        },
    }
    return documented(
        "Give a verdict",
        "Takes the place of what the reviewer said of the case before, until the session closes; the same "
        "request again changes nothing. In a blind session `blind_label` comes first, by itself; then the "
        "answer has `prediction` and `explanation` as well.",
        json_content(verdict_row()),
        (*WRITING, 409),
        parameters=(CODE, CASE),
        request=body(request, examples),
        bearer="reviewer",
    )


def verdict_row() -> Schema:
    """Return the schema of a stored verdict."""
    said = {"verdict": MAYBE, "label": MAYBE, "blind_label": MAYBE, "comment": TEXT}
    answered = {"model_sha256": TEXT, "record": OBJECT, "predicted": TEXT, "probabilities": OBJECT}
    when = {"latency_ms": {"type": "number"}, "created_at": TEXT, "changed_at": TEXT}
    return object_of(case=WHOLE, reviewer=WHOLE, **said, **answered, **when)
