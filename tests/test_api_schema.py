"""What /docs says is true: its examples run, and answers have the shapes it describes."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: dict[str, Any], place: str = "answer") -> Iterator[str]:
    """Yield where `value` is not what the schema says, for the part of JSON schema in use here."""
    names = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", TYPES)
    if not any(isinstance(value, TYPES[name]) for name in names):
        yield f"{place} is {value!r}, not {names}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place} is {value!r}, not one of {schema['enum']}"
    if isinstance(value, dict):
        yield from (
            f"{place} lacks {name}" for name in schema.get("required", ()) if name not in value
        )
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from faults(value[name], inner, f"{place}.{name}")
    if isinstance(value, list) and "items" in schema:
        for item in value:
            yield from faults(item, schema["items"], f"{place}[]")


@pytest.fixture(scope="module")
def document(client: "TestClient") -> dict[str, Any]:
    return dict(client.get("/openapi.json").json())


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def schema_of(operation: dict[str, Any], status: int) -> dict[str, Any]:
    return dict(operation["responses"][str(status)]["content"]["application/json"]["schema"])


def test_every_route_of_the_api_is_described(document: dict[str, Any]) -> None:
    described = {(method, path) for path, method, _ in operations(document)}

    assert described == {
        ("get", "/health"),
        ("post", "/predict"),
        ("get", "/api/models"),
        *(("get", f"/api/models/{name}") for name in ("tweets", "reviews", "iris")),
        *(("post", f"/api/models/{name}/predict") for name in ("tweets", "reviews", "iris")),
    }


def test_every_example_runs_as_it_stands_and_is_answered_as_described(
    client: "TestClient", document: dict[str, Any]
) -> None:
    ran = 0
    for path, method, operation in operations(document):
        content = operation.get("requestBody", {"content": {"application/json": {}}})["content"]
        for title, example in content["application/json"].get("examples", {}).items():
            response = client.request(method, path, json=example["value"])
            assert response.status_code == 200, f"{path}, {title}: {response.text}"
            assert list(faults(response.json(), schema_of(operation, 200))) == []
            ran += 1
    assert ran >= 3 + 3 + 7 + 8


@pytest.mark.parametrize("path", ["/health", "/api/models", "/api/models/iris"])
def test_what_is_only_read_is_answered_as_described(
    client: "TestClient", document: dict[str, Any], path: str
) -> None:
    schema = schema_of(document["paths"][path]["get"], 200)

    assert list(faults(client.get(path).json(), schema)) == []


def test_every_described_error_has_the_one_shape(
    client: "TestClient", document: dict[str, Any]
) -> None:
    error = client.post("/predict", json={}).json()

    for path, _, operation in operations(document):
        statuses = [int(status) for status in operation["responses"] if status != "200"]
        assert statuses, path
        for status in statuses:
            schema = schema_of(operation, status)
            assert list(faults(error, schema)) == []
            assert list(faults({"detail": "?"}, schema)) != []


def test_every_route_has_a_summary_and_a_description(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path


def test_the_schema_of_a_record_has_the_limits_of_its_spec(document: dict[str, Any]) -> None:
    body = document["paths"]["/api/models/reviews/predict"]["post"]["requestBody"]
    records = body["content"]["application/json"]["schema"]["properties"]["records"]

    assert (records["minItems"], records["maxItems"]) == (1, 1_000)
    assert records["items"]["required"] == ["text"]
    assert records["items"]["properties"]["text"]["maxLength"] == 20_000
    assert records["items"]["properties"]["movie"]["maxLength"] == 200


def test_the_docs_ask_no_other_host(client: "TestClient") -> None:
    page = client.get("/docs").text

    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    for address in addresses:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200
    assert "http://" not in page
    assert "https://" not in page
