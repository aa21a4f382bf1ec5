"""The REST routes: the same predict functions, for programs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import anyio.to_thread
import orjson
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from demo import api_schema
from models.errors import ArtefactError, InvalidRecord, UnknownModel, UserError, shown
from models.predict import predict_many, predict_one
from models.registry import LoadedModel, Shelf
from models.spec import ModelSpec, Prediction

LARGEST_BODY = 1_000_000
MOST_RECORDS = 1_000
# From here on a prediction takes long enough to be worth a hop to a thread.
MANY_RECORDS = 8
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class JsonAnswer(Response):
    """An answer in JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the bytes of the body."""
        return orjson.dumps(content)


class RequestError(UserError):
    """A request that cannot be read as one; `status` is its HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


STATUS = {InvalidRecord: 422, UnknownModel: 404, ArtefactError: 503}


def answer_error(_: Request, error: Exception) -> JsonAnswer:
    """Return the one shape that every error has."""
    assert isinstance(error, UserError)
    status = error.status if isinstance(error, RequestError) else STATUS.get(type(error), 400)
    body = {"code": error.code, "message": error.message, "field": error.field}
    return JsonAnswer({"error": body}, status)


async def read_json(request: Request) -> Any:
    """Return the JSON of a request's body; raise RequestError for what is none."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json" and not content_type.endswith("+json"):
        raise RequestError(
            415,
            "wrong_content_type",
            f"The content type {shown(content_type)} came; send JSON with the header "
            "`Content-Type: application/json`.",
        )
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise RequestError(
                413, "too_large", "The body is over 1 MB; send fewer records at a time."
            )
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        reason = error if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise RequestError(
            400, "not_json", f"The body is not JSON ({reason}); send a JSON object."
        ) from error


def only_field(body: Any, name: str) -> Any:
    """Return the one field that a body holds; raise InvalidRecord for any other body."""
    if not isinstance(body, Mapping) or name not in body:
        raise InvalidRecord(f'The body must be an object with "{name}".', name)
    for other in body:
        if other != name:
            raise InvalidRecord(
                f'There is no field {shown(other)}; send "{name}" alone.', shown(other)
            )
    return body[name]


def describe_prediction(prediction: Prediction) -> dict[str, Any]:
    """Return a prediction for JSON; notices are there only when there are some."""
    notices = {"notices": prediction.notices} if prediction.notices else {}
    return {"label": prediction.label, "probabilities": prediction.probabilities} | notices


def describe_model(shelf: Shelf, name: str) -> dict[str, Any]:
    """Return spec, figures and version of a model, or why it is unavailable."""
    spec = asdict(shelf.specs[name])
    if name in shelf.unavailable:
        return {
            "name": name,
            "available": False,
            "reason": shelf.unavailable[name].message,
            "spec": spec,
        }
    model = shelf[name]
    return {
        "name": name,
        "available": True,
        "version": model.version,
        "spec": spec,
        "metrics": model.metadata["evaluation"]["metrics"],
        "metadata": model.metadata,
    }


def features_of(spec: ModelSpec, features: Any) -> dict[str, Any]:
    """Return the record that a list of numbers stands for; raise InvalidRecord if it is none."""
    names = [feature.name for feature in spec.features]
    if not isinstance(features, list) or len(features) != len(names):
        came = f"{len(features)} came" if isinstance(features, list) else f"{shown(features)} came"
        raise InvalidRecord(
            f"features must be a list of {len(names)} numbers ({', '.join(names)}), but {came}.",
            "features",
        )
    return dict(zip(names, features, strict=True))


async def predict_records(model: LoadedModel, body: Any) -> dict[str, Any]:
    """Return the answers to a body of records, in order."""
    records = only_field(body, "records")
    if not isinstance(records, list) or not 1 <= len(records) <= MOST_RECORDS:
        came = f"{len(records):,} came" if isinstance(records, list) else f"{shown(records)} came"
        raise InvalidRecord(
            f"records must be a list of 1 to {MOST_RECORDS:,} records, but {came}.", "records"
        )
    if len(records) < MANY_RECORDS:
        predictions = predict_many(model, records)
    else:
        predictions = await anyio.to_thread.run_sync(predict_many, model, records)
    return {
        "model": model.spec.name,
        "version": model.version,
        "predictions": [describe_prediction(prediction) for prediction in predictions],
    }


def add_general_routes(router: APIRouter, shelf: Shelf) -> None:
    """Add what is asked of the app as a whole."""

    @router.get("/health", **api_schema.health(shelf))
    async def health() -> JsonAnswer:
        models = {
            name: {
                "version": shelf.loaded[name].version if name in shelf.loaded else None,
                "available": name in shelf.loaded,
            }
            for name in shelf.specs
        }
        return JsonAnswer({"status": "API is running!", "models": models})

    @router.get("/api/models", **api_schema.models())
    async def models() -> JsonAnswer:
        return JsonAnswer({"models": [describe_model(shelf, name) for name in shelf.specs]})


def add_model_routes(router: APIRouter, shelf: Shelf, spec: ModelSpec) -> None:
    """Add the routes of one model, described from its spec."""

    @router.get(f"/api/models/{spec.name}", **api_schema.model(spec))
    async def model() -> JsonAnswer:
        return JsonAnswer(describe_model(shelf, spec.name))

    @router.post(f"/api/models/{spec.name}/predict", **api_schema.predict(spec))
    async def predict(request: Request) -> JsonAnswer:
        return JsonAnswer(await predict_records(shelf[spec.name], await read_json(request)))


def add_features_route(router: APIRouter, shelf: Shelf, spec: ModelSpec) -> None:
    """Add `POST /predict`, the contract of many Flask tutorials: a list of numbers in, a class out."""

    @router.post("/predict", **api_schema.predict_features(spec))
    async def predict_features(request: Request) -> JsonAnswer:
        features = only_field(await read_json(request), "features")
        try:
            prediction = predict_one(shelf[spec.name], features_of(spec, features))
        except InvalidRecord as error:
            raise in_list(spec, error) from error
        place = spec.classes.index(prediction.label)
        return JsonAnswer({"prediction": place} | describe_prediction(prediction))


def in_list(spec: ModelSpec, error: InvalidRecord) -> InvalidRecord:
    """Return the error with its field as a place in the list of features."""
    names = [feature.name for feature in spec.features]
    if error.field not in names:
        return error
    return InvalidRecord(error.message, f"features[{names.index(error.field)}]")


def add_refusals(router: APIRouter, shelf: Shelf) -> None:
    """Answer what no route takes: unknown models, unknown paths, wrong methods."""

    @router.api_route("/api/models/{name}", methods=METHODS, include_in_schema=False)
    @router.api_route("/api/models/{name}/predict", methods=METHODS, include_in_schema=False)
    async def unknown_model(name: str, request: Request) -> None:
        if name not in shelf.specs:
            raise UnknownModel(name, shelf.specs)
        refuse_method(request)

    @router.api_route("/predict", methods=METHODS, include_in_schema=False)
    @router.api_route("/health", methods=METHODS, include_in_schema=False)
    @router.api_route("/api/models", methods=METHODS, include_in_schema=False)
    async def wrong_method(request: Request) -> None:
        refuse_method(request)

    @router.api_route("/api", methods=METHODS, include_in_schema=False)
    @router.api_route("/api/{path:path}", methods=METHODS, include_in_schema=False)
    async def unknown_path(path: str = "") -> None:
        raise RequestError(
            404, "unknown_path", f"There is nothing at /api/{path[:80]}; /docs lists what there is."
        )


def refuse_method(request: Request) -> None:
    """Raise for a method that a known path does not take."""
    raise RequestError(
        405, "wrong_method", f"{request.method} is not possible here; /docs says what is."
    )


def add_api(app: FastAPI, shelf: Shelf) -> None:
    """Add every REST route to `app`; do so before a page is mounted on the same paths."""
    router = APIRouter()
    add_general_routes(router, shelf)
    for spec in shelf.specs.values():
        add_model_routes(router, shelf, spec)
    number_spec = next((spec for spec in shelf.specs.values() if not spec.takes_text), None)
    if number_spec:
        add_features_route(router, shelf, number_spec)
    add_refusals(router, shelf)
    app.include_router(router)
    app.add_exception_handler(UserError, answer_error)
