"""The REST routes: the same predict functions, for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request, Response

from demo import __version__
from demo.api import prediction_schema as schema
from demo.api.deps import COMPUTING, Endpoint, PlainRoute, read_json
from demo.api.errors import JsonAnswer, add_error_answers, answer_error
from demo.api.explain_slots import check_characters, explain_each
from demo.render.drawing import describe_regions
from models.errors import InvalidRecord, UserError, shown
from models.explain.answers import describe_prediction, predict_explained
from models.predict import name_index, predict_many, predict_one
from models.registry import LoadedModel, ModelCatalogue
from models.spec import ModelSpec

MOST_RECORDS = 1_000
# From here on a prediction takes long enough to be worth a hop to a thread.
MANY_RECORDS = 8


def describe_model(catalogue: ModelCatalogue, name: str) -> dict[str, Any]:
    """Return spec, figures and version of a model, or why it is unavailable."""
    spec = asdict(catalogue.specs[name])
    if name in catalogue.unavailable:
        return {
            "name": name,
            "available": False,
            "reason": catalogue.unavailable[name].message,
            "spec": spec,
        }
    model = catalogue[name]
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


def read_fields(body: Any, name: str, *optional: str) -> Mapping[str, Any]:
    """Return a body that holds the field `name` and none but the optional ones; else raise InvalidRecord."""
    if not isinstance(body, Mapping) or name not in body:
        raise InvalidRecord(f'The body must be an object with "{name}".', name)
    allowed = (name, *optional)
    if (unknown := next((other for other in body if other not in allowed), None)) is not None:
        wanted = ", ".join(f'"{field}"' for field in allowed)
        raise InvalidRecord(
            f"There is no field {shown(unknown)}; send only {wanted}.", shown(unknown)
        )
    return body


async def predict_records(
    model: LoadedModel, request: Request, most_explained: int
) -> dict[str, Any]:
    """Return the answers to the records of a request; `most_explained` characters may be explained."""
    body = await read_json(request)
    fields = read_fields(body, "records", "explain")
    records, explain = fields["records"], fields.get("explain", False)
    if not isinstance(explain, bool):
        raise InvalidRecord(f"explain must be true or false, but {shown(explain)} came.", "explain")
    if not isinstance(records, list) or not 1 <= len(records) <= MOST_RECORDS:
        came = f"{len(records):,} came" if isinstance(records, list) else f"{shown(records)} came"
        raise InvalidRecord(
            f"records must be a list of 1 to {MOST_RECORDS:,} records, but {came}.", "records"
        )
    if explain:
        check_characters(model.spec, records, most_explained)
        predictions = await explain_each(request, partial(explain_record, model), records)
    elif len(records) < MANY_RECORDS:
        predictions = answer_records(model, records)
    else:
        predictions = await anyio.to_thread.run_sync(
            answer_records, model, records, limiter=COMPUTING
        )
    return {
        "model": model.spec.name,
        "version": model.version,
        "predictions": predictions,
    }


def answer_records(model: LoadedModel, records: list[Any]) -> list[dict[str, Any]]:
    return [describe_prediction(model, item) for item in predict_many(model, records)]


def explain_record(model: LoadedModel, place: int, record: Any) -> dict[str, Any]:
    """Return the answer for JSON to the record at a place among several, with its explanation."""
    with name_index(place):
        answer = predict_explained(model, record, with_flip=True)
    explanation = answer.explanation.describe()
    return describe_prediction(model, answer.prediction) | {"explanation": explanation}


def add_general_routes(router: APIRouter, catalogue: ModelCatalogue) -> None:
    """Add what is asked of the app as a whole."""

    @router.get("/health", **schema.health(catalogue))
    async def health(_: Request) -> JsonAnswer:
        models = {
            name: {
                "version": catalogue.loaded[name].version if name in catalogue.loaded else None,
                "available": name in catalogue.loaded,
            }
            for name in catalogue.specs
        }
        return JsonAnswer({"status": "API is running!", "version": __version__, "models": models})

    @router.get("/api/models", **schema.models())
    async def models(_: Request) -> JsonAnswer:
        return JsonAnswer({"models": [describe_model(catalogue, name) for name in catalogue.specs]})


def add_model_routes(
    router: APIRouter, catalogue: ModelCatalogue, spec: ModelSpec, most_explained: int
) -> None:
    @router.get(f"/api/models/{spec.name}", **schema.model(spec))
    async def model(_: Request) -> JsonAnswer:
        return JsonAnswer(describe_model(catalogue, spec.name))

    @router.get(f"/api/models/{spec.name}/card", **schema.card(spec))
    async def card(_: Request) -> Response:
        return download(catalogue[spec.name].card, f"{spec.name}.md", schema.MARKDOWN)

    @router.get(f"/api/models/{spec.name}/pipeline", **schema.pipeline(spec))
    async def pipeline(_: Request) -> Response:
        model = catalogue[spec.name]
        content = await anyio.to_thread.run_sync(model.read_pipeline, limiter=COMPUTING)
        return download(content, f"{spec.name}-{model.version}{model.suffix}", schema.BINARY)

    @router.post(f"/api/models/{spec.name}/predict", **schema.predict(spec))
    async def predict(request: Request) -> JsonAnswer:
        return JsonAnswer(await predict_records(catalogue[spec.name], request, most_explained))

    if len(spec.measurements) > 1:

        @router.post(f"/api/models/{spec.name}/regions", **schema.regions(spec))
        async def regions(request: Request) -> JsonAnswer:
            fields = read_fields(await read_json(request), "record", "x", "y")
            model = catalogue[spec.name]
            found = await anyio.to_thread.run_sync(
                describe_regions, model, fields, limiter=COMPUTING
            )
            return JsonAnswer(found)


def download(content: str | bytes, file_name: str, media_type: str) -> Response:
    """Return what a browser saves under a name instead of showing it."""
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(content, headers=headers, media_type=media_type)


def add_features_route(router: APIRouter, catalogue: ModelCatalogue, spec: ModelSpec) -> None:
    """Add `POST /predict`, the contract of many Flask tutorials: a list of numbers in, a class out."""

    @router.post("/predict", **schema.predict_features(spec))
    async def predict_features(request: Request) -> JsonAnswer:
        features = read_fields(await read_json(request), "features")["features"]
        model = catalogue[spec.name]
        try:
            prediction = predict_one(model, features_of(spec, features))
        except InvalidRecord as error:
            raise in_list(spec, error) from error
        place = spec.classes.index(prediction.label)
        return JsonAnswer({"prediction": place} | describe_prediction(model, prediction))


def in_list(spec: ModelSpec, error: InvalidRecord) -> InvalidRecord:
    """Return the error with its field as a place in the list of features."""
    names = [feature.name for feature in spec.features]
    if error.field not in names:
        return error
    return InvalidRecord(error.message, f"features[{names.index(error.field)}]")


def add_api(app: FastAPI, catalogue: ModelCatalogue, most_explained: int) -> dict[str, Endpoint]:
    """Add the REST routes of the models to `app`; do so before a page is mounted on the same paths.

    Returns the endpoints that predict, by their paths: each answers on its own, errors included.
    """
    router = APIRouter(route_class=PlainRoute)
    number_spec = next((spec for spec in catalogue.specs.values() if spec.takes_numbers), None)
    if number_spec:
        add_features_route(router, catalogue, number_spec)
    add_general_routes(router, catalogue)
    for spec in catalogue.specs.values():
        add_model_routes(router, catalogue, spec, most_explained)
    # Included, each of them would be looked for twice.
    app.router.routes += router.routes
    add_error_answers(app)
    return {
        route.path: answering_errors(route.endpoint)
        for route in router.routes
        if isinstance(route, PlainRoute) and route.path.endswith("/predict")
    }


def answering_errors(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint that answers with an error instead of raising it."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except UserError as error:
            return answer_error(request, error)

    return answer
