"""What /docs says of the REST routes, made from the specs."""

from typing import Any

from demo.api.errors import describe_errors
from models.registry import ModelCatalogue
from models.spec import ModelSpec

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
OBJECT: Schema = {"type": "object"}
TEXTS: Schema = {"type": "array", "items": TEXT}
MARKDOWN, BINARY = "text/markdown; charset=utf-8", "application/octet-stream"
PROBABILITY: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def object_of(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


SPAN: Schema = {"type": "array", "items": {"type": "integer"}}
CONTRIBUTION = object_of(feature=TEXT, value=NUMBER, spans={"type": "array", "items": SPAN})
EXPLANATION = object_of(
    kind=TEXT | {"enum": ["exact", "paths", "occlusion"]},
    toward=TEXT,
    against=TEXT,
    intercept=NUMBER,
    margin=NUMBER,
    contributions={"type": "array", "items": CONTRIBUTION},
    flip={"type": ["object", "null"], "description": "The smallest change that turns it."},
    familiarity=OBJECT,
    notices=TEXTS,
) | {
    "description": "Why, when `explain` is true. `margin` = `intercept` + the sum of the contributions, in "
    "log-odds of `toward` over `against`; spans are characters of the text as it was sent."
}
OPTIONAL = {
    "unsure": {
        "const": True,
        "description": "There only below the probability that the model card calls sure.",
    },
    "notices": TEXTS
    | {"description": "What is unusual about the record; there only when something is."},
}
PREDICTION = object_of(
    label=TEXT, probabilities={"type": "object", "additionalProperties": PROBABILITY}
)
PREDICTION["properties"] |= OPTIONAL
MODEL = object_of(name=TEXT, available={"type": "boolean"}, spec=OBJECT)
MODEL["properties"] |= {
    "version": TEXT | {"description": "When the model is available."},
    "metrics": {"type": "object", "additionalProperties": {"type": "number"}},
    "metadata": OBJECT,
    "reason": TEXT | {"description": "When it is not."},
}


def describe(summary: str, description: str, answer: Schema, *errors: int) -> dict[str, Any]:
    """Return the arguments of a route that FastAPI writes into the OpenAPI document."""
    content = {"application/json": {"schema": answer}}
    responses = describe_errors(*errors) | {200: {"content": content}}
    return {"summary": summary, "description": description, "responses": responses}


def health(catalogue: ModelCatalogue) -> dict[str, Any]:
    state = object_of(version={"type": ["string", "null"]}, available={"type": "boolean"})
    answer = object_of(
        status=TEXT | {"const": "API is running!"},
        version=TEXT | {"description": "Of the app."},
        models=object_of(**dict.fromkeys(catalogue.specs, state)),
    )
    return describe(
        "Is it running?",
        "The state of the app and of each model. A version is the first 12 hexadecimal digits of the "
        "SHA-256 of the model's pipeline.",
        answer,
        405,
    )


def models() -> dict[str, Any]:
    answer = object_of(models={"type": "array", "items": MODEL})
    return describe("Every model", "Spec, figures and version of each model.", answer, 405)


def model(spec: ModelSpec) -> dict[str, Any]:
    """Describe `GET /api/models/{name}`."""
    return describe(spec.title, f"{spec.summary} Its spec, figures and version.", MODEL, 404, 405)


def describe_file(summary: str, description: str, media_type: str) -> dict[str, Any]:
    """Describe a route that gives a file."""
    described = describe(summary, description, {}, 404, 405, 503)
    file = {"content": {media_type: {"schema": TEXT | {"format": "binary"}}}}
    described["responses"][200] = file
    return described


def card(spec: ModelSpec) -> dict[str, Any]:
    """Describe `GET /api/models/{name}/card`."""
    return describe_file(f"{spec.title}: model card", "The model card, as Markdown.", MARKDOWN)


def pipeline(spec: ModelSpec) -> dict[str, Any]:
    """Describe `GET /api/models/{name}/pipeline`."""
    return describe_file(
        f"{spec.title}: pipeline",
        "The file of the fitted pipeline. Unless it is a .skops file it is a pickle: whoever opens it runs "
        "what is in it. Its SHA-256 is in the model's metadata.",
        BINARY,
    )


def prediction(spec: ModelSpec) -> Schema:
    probabilities = object_of(**dict.fromkeys(spec.classes, PROBABILITY))
    schema = object_of(label=TEXT | {"enum": list(spec.classes)}, probabilities=probabilities)
    schema["properties"] |= OPTIONAL | {"explanation": EXPLANATION}
    return schema


def record(spec: ModelSpec) -> Schema:
    return {
        "type": "object",
        "required": [feature.name for feature in spec.features],
        "properties": {field.name: field.schema() for field in spec.fields},
        "additionalProperties": False,
    }


def body(schema: Schema, examples: dict[str, Any]) -> Schema:
    """Return the OpenAPI of a required JSON body with examples that run as they stand.

    Fields that nobody reads are refused everywhere.
    """
    named = {title: {"summary": title, "value": value} for title, value in examples.items()}
    content = {"schema": schema | {"additionalProperties": False}, "examples": named}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def predict(spec: ModelSpec) -> dict[str, Any]:
    """Describe `POST /api/models/{name}/predict`."""
    records = {"type": "array", "minItems": 1, "maxItems": 1_000, "items": record(spec)}
    examples: dict[str, Any] = {
        example.title: {"records": [dict(example.record)]} for example in spec.examples
    }
    first = spec.examples[0]
    examples[f"{first.title}, explained"] = {"records": [dict(first.record)], "explain": True}
    request = object_of(records=records)
    request["properties"]["explain"] = {"type": "boolean", "default": False}
    answer = object_of(
        model=TEXT, version=TEXT, predictions={"type": "array", "items": prediction(spec)}
    )
    return describe(
        f"{spec.title}: predict",
        f"{spec.summary} 1 to 1,000 records; the answers come in their order. Texts to explain may "
        "have so many characters together; the message names the limit.",
        answer,
        *(400, 404, 405, 413, 415, 422, 503),
    ) | {"openapi_extra": body(request, examples)}


def regions(spec: ModelSpec) -> dict[str, Any]:
    """Describe `POST /api/models/{name}/regions`."""
    axis = TEXT | {"enum": list(spec.measurements)}
    request = object_of(record=record(spec))
    request["properties"] |= {"x": axis, "y": axis}
    side = object_of(feature=axis, low=NUMBER, high=NUMBER)
    run = {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}]}
    rows = {"type": "array", "items": {"type": "array", "items": run}}
    first = spec.examples[0]
    return describe(
        f"{spec.title}: predict over two measurements",
        "Which class is predicted from `low` to `high` of the features `x` and `y`, the others as in the "
        "record. The rows start with the lowest `y`; each is a list of pairs: the place of a class among "
        "`classes`, and how many cells of the row it takes from there on.",
        object_of(x=side, y=side, classes=TEXTS, rows=rows),
        *(400, 404, 405, 413, 415, 422, 503),
    ) | {"openapi_extra": body(request, {first.title: {"record": dict(first.record)}})}


def predict_features(spec: ModelSpec) -> dict[str, Any]:
    """Describe `POST /predict`."""
    names = [feature.name for feature in spec.features]
    features: Schema = {
        "type": "array",
        "minItems": len(names),
        "maxItems": len(names),
        "prefixItems": [feature.schema() for feature in spec.features],
    }
    examples = {
        example.title: {"features": [example.record[name] for name in names]}
        for example in spec.examples
    }
    answer = prediction(spec)
    answer["required"] = ["prediction", *answer["required"]]
    answer["properties"] = {
        "prediction": {
            "type": "integer",
            "description": f"The place of the label among {', '.join(spec.classes)}.",
        }
    } | answer["properties"]
    return describe(
        f"{spec.title}: predict from a list",
        f"One record as a list of numbers: {', '.join(names)}.",
        answer,
        *(400, 405, 413, 415, 422, 503),
    ) | {"openapi_extra": body(object_of(features=features), examples)}
