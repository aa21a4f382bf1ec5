"""What /docs says of the REST routes, made from the specs."""

from typing import Any

from models.registry import ModelCatalogue
from models.spec import ModelSpec

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
PROBABILITY: Schema = {"type": "number", "minimum": 0, "maximum": 1}
ERROR: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "field"],
            "properties": {
                "code": TEXT | {"description": "For programs; stays the same."},
                "message": TEXT
                | {"description": "For people; what came, what is allowed, what to do."},
                "field": {"type": ["string", "null"], "description": "Where in the body it is."},
            },
        }
    },
}
ERRORS = {
    400: "The body is not JSON.",
    404: "No model has this name.",
    405: "The path does not take this method.",
    413: "The body is too large.",
    415: "The content type is not JSON.",
    422: "A record does not fit the model's spec; `field` names the place.",
    503: "The model's files are missing, damaged or of other versions; the message says what to do. Or many "
    "texts are being explained: send it again after `Retry-After`.",
}


EXPLANATION: Schema = {
    "type": "object",
    "description": (
        "Why, when `explain` is true. `margin` = `intercept` + the sum of the contributions, in log-odds "
        "of `toward` over `against`; spans are characters of the text as it was sent."
    ),
    "required": [
        *("kind", "toward", "against", "intercept", "margin"),
        *("contributions", "flip", "familiarity", "notices"),
    ],
    "properties": {
        "kind": TEXT | {"enum": ["exact", "occlusion"]},
        "toward": TEXT,
        "against": TEXT,
        "intercept": {"type": "number"},
        "margin": {"type": "number"},
        "contributions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["feature", "value", "spans"],
                "properties": {
                    "feature": TEXT,
                    "value": {"type": "number"},
                    "spans": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "integer"}},
                    },
                },
            },
        },
        "flip": {"type": ["object", "null"], "description": "The smallest change that turns it."},
        "familiarity": {"type": "object"},
        "notices": {"type": "array", "items": TEXT},
    },
}


def json_content(schema: Schema) -> Schema:
    """Return the OpenAPI content of a JSON body."""
    return {"application/json": {"schema": schema}}


def object_of(**properties: Schema) -> Schema:
    """Return the schema of an object that has all of these properties."""
    return {"type": "object", "required": list(properties), "properties": properties}


def described(
    summary: str, description: str, answer: Schema, errors: tuple[int, ...] = ()
) -> dict[str, Any]:
    """Return the arguments of a route that FastAPI writes into the OpenAPI document."""
    responses: dict[int, Schema] = {200: {"description": "OK", "content": json_content(answer)}}
    for status in errors:
        responses[status] = {"description": ERRORS[status], "content": json_content(ERROR)}
    return {"summary": summary, "description": description, "responses": responses}


def health(catalogue: ModelCatalogue) -> dict[str, Any]:
    """Describe `GET /health`."""
    state = object_of(version={"type": ["string", "null"]}, available={"type": "boolean"})
    return described(
        "Is it running?",
        "The state of the app and of each model. A version is the first 12 hexadecimal digits of the "
        "SHA-256 of the model's pipeline.",
        object_of(
            status=TEXT | {"const": "API is running!"},
            version=TEXT | {"description": "Of the app."},
            models=object_of(**dict.fromkeys(catalogue.specs, state)),
        ),
        errors=(405,),
    )


def description_of_model() -> Schema:
    """Return the schema of what is said of one model."""
    schema = object_of(name=TEXT, available={"type": "boolean"}, spec={"type": "object"})
    schema["properties"] |= {
        "version": TEXT | {"description": "When the model is available."},
        "metrics": {"type": "object", "additionalProperties": {"type": "number"}},
        "metadata": {"type": "object"},
        "reason": TEXT | {"description": "When it is not."},
    }
    return schema


def models() -> dict[str, Any]:
    """Describe `GET /api/models`."""
    answer = object_of(models={"type": "array", "items": description_of_model()})
    return described(
        "Every model", "Spec, figures and version of each model.", answer, errors=(405,)
    )


def model(spec: ModelSpec) -> dict[str, Any]:
    """Describe `GET /api/models/{name}`."""
    return described(
        spec.title,
        f"{spec.summary} Its spec, figures and version.",
        description_of_model(),
        (404, 405),
    )


def prediction(spec: ModelSpec) -> Schema:
    """Return the schema of one answer of a model."""
    schema = object_of(
        label=TEXT | {"enum": list(spec.classes)},
        probabilities=object_of(**dict.fromkeys(spec.classes, PROBABILITY)),
    )
    schema["properties"]["unsure"] = {
        "const": True,
        "description": "There only below the probability that the model card calls sure.",
    }
    schema["properties"]["explanation"] = EXPLANATION
    schema["properties"]["notices"] = {
        "type": "array",
        "items": TEXT,
        "description": "What is unusual about the record; there only when something is.",
    }
    return schema


def record(spec: ModelSpec) -> Schema:
    """Return the schema of the records that a model takes."""
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
    content = json_content(schema | {"additionalProperties": False})
    content["application/json"]["examples"] = named
    return {"requestBody": {"required": True, "content": content}}


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
    return described(
        f"{spec.title}: predict",
        f"{spec.summary} 1 to 1,000 records; the answers come in their order. Texts to explain may "
        "have so many characters together; the message names the limit.",
        answer,
        (400, 404, 405, 413, 415, 422, 503),
    ) | {"openapi_extra": body(request, examples)}


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
    return described(
        f"{spec.title}: predict from a list",
        f"One record as a list of numbers: {', '.join(names)}.",
        answer,
        (400, 405, 413, 415, 422, 503),
    ) | {"openapi_extra": body(object_of(features=features), examples)}
