"""What /docs says is true: its examples run, and answers have the shapes it describes."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SESSION = "/api/sessions/{code}"
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
    if "anyOf" in schema and not any(not list(faults(value, one)) for one in schema["anyOf"]):
        yield f"{place} is {value!r}, none of {schema['anyOf']}"
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
    document = client.get("/openapi.json").json()
    return dict(inlined(document, document["components"]["schemas"]))


def inlined(part: Any, schemas: dict[str, Any]) -> Any:
    """Return a part of the document with schemas in place of the references to them."""
    if isinstance(part, list):
        return [inlined(each, schemas) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return inlined(schemas[part["$ref"].rpartition("/")[2]], schemas)
    return {name: inlined(each, schemas) for name, each in part.items()}


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
        *(
            ("get", f"/api/models/{name}/{file}")
            for name in ("tweets", "reviews", "iris")
            for file in ("card", "pipeline")
        ),
        ("post", "/api/models/iris/regions"),
        ("post", "/api/sessions"),
        ("get", SESSION),
        *(("post", f"{SESSION}/{place}") for place in ("reviewers", "cases", "close")),
        *(
            ("get", f"{SESSION}/{place}")
            for place in ("cases/next", "cases/{case}", "report", "state")
        ),
        ("put", f"{SESSION}/cases/{{case}}/verdict"),
    }


def examples(operation: dict[str, Any]) -> list[Any]:
    """Return the bodies that a route is shown with; [None] for a route without any."""
    content = operation.get("requestBody", {"content": {"application/json": {}}})["content"]
    named = content["application/json"].get("examples", {"": {"value": None}})
    return [example["value"] for example in named.values()]


def test_every_example_runs_as_it_stands_and_is_answered_as_described(
    client: "TestClient", document: dict[str, Any]
) -> None:
    ran = 0
    for path, method, operation in operations(document):
        for body in examples(operation):
            if body is not None and not path.startswith("/api/sessions"):
                response = client.request(method, path, json=body)
                assert response.status_code == 200, f"{path}, {body}: {response.text}"
                assert list(faults(response.json(), schema_of(operation, 200))) == []
                ran += 1
    assert ran >= 3 + 3 + 7 + 8


class Walk:
    """The examples of review sessions, run one after the other: each needs what the one before made."""

    def __init__(self, client: "TestClient", document: dict[str, Any]) -> None:
        self.client, self.paths, self.n_run = client, document["paths"], 0
        self.places: dict[str, Any] = {}
        self.token = ""

    def run(self, method: str, place: str, body: Any = None) -> dict[str, Any]:
        operation = self.paths[place][method]
        (status,) = (int(status) for status in operation["responses"] if status < "400")
        headers = {"Authorization": f"Bearer {self.token}"}
        sent = {} if body is None else {"json": body}
        path = place.format(**self.places)
        response = self.client.request(method, path, headers=headers, **sent)
        assert response.status_code == status, f"{path}, {body}: {response.text}"
        assert list(faults(response.json(), schema_of(operation, status))) == []
        self.n_run += 1
        return dict(response.json())

    def open(self, opening: dict[str, Any]) -> None:
        session = self.run("post", "/api/sessions", opening)
        self.places["code"] = session["code"]
        (body,) = examples(self.paths[f"{SESSION}/reviewers"]["post"])
        self.token = self.run("post", f"{SESSION}/reviewers", body)["reviewer_token"]
        self.judge(opening)
        self.token = session["facilitator_token"]

    def judge(self, opening: dict[str, Any]) -> None:
        for body in examples(self.paths[f"{SESSION}/cases"]["post"]):
            self.run("post", f"{SESSION}/cases", body)
        self.places["case"] = self.run("get", f"{SESSION}/cases/next")["case"]["id"]
        verdict = f"{SESSION}/cases/{{case}}/verdict"
        for body in examples(self.paths[verdict]["put"]):
            self.run("get", f"{SESSION}/cases/{{case}}")
            if "blind_label" not in body or opening.get("blind"):
                self.run("put", verdict, body)

    def close(self) -> None:
        self.run("get", SESSION)
        for body in examples(self.paths[f"{SESSION}/close"]["post"]):
            self.run("post", f"{SESSION}/close", body)


def test_the_examples_of_review_sessions_run_one_after_the_other(
    client: "TestClient", document: dict[str, Any]
) -> None:
    walk = Walk(client, document)
    openings = examples(document["paths"]["/api/sessions"]["post"])

    for opening in openings:
        walk.open(opening)
        walk.close()

    assert len(openings) == 2
    assert walk.n_run >= 2 * 15


@pytest.mark.parametrize("kind", ["html", "json", "csv"])
def test_the_report_comes_in_each_described_format(
    client: "TestClient", document: dict[str, Any], kind: str
) -> None:
    walk = Walk(client, document)
    walk.open(examples(document["paths"]["/api/sessions"]["post"])[0])
    walk.close()

    path = f"{SESSION.format(**walk.places)}/report?format={kind}"
    report = client.get(path, headers={"Authorization": f"Bearer {walk.token}"})

    described = document["paths"][f"{SESSION}/report"]["get"]["responses"]["200"]["content"]
    media_type = report.headers["content-type"].partition(";")[0]
    assert media_type.endswith(kind)
    assert media_type in described


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
        statuses = [int(status) for status in operation["responses"] if status >= "400"]
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


def test_a_route_of_review_sessions_says_whose_token_it_needs(document: dict[str, Any]) -> None:
    assert set(document["components"]["securitySchemes"]) == {"reviewer", "facilitator"}
    for path, method, operation in operations(document):
        needs_one = "401" in operation["responses"]
        assert bool(operation.get("security")) == needs_one, (method, path)
        named = {parameter["name"] for parameter in operation.get("parameters", ())}
        assert set(re.findall(r"{(\w+)}", path)) <= named, (method, path)
