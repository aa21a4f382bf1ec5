"""The whole of the protection, as the app has it."""

from typing import TYPE_CHECKING, Any

from demo.access.bodies import MB
from demo.access.errors import UPLOAD
from demo.access.protection import body_limits, largest_upload, origins_of
from demo.settings import Settings

if TYPE_CHECKING:
    from conftest import Asking
    from starlette.testclient import TestClient

    from models.registry import ModelCatalogue


def visit(client: "TestClient", n_visitors: int) -> None:
    """Let so many pages ask for a flower, each with a name of its own."""
    for number in range(n_visitors):
        body = {"data": [5.1, 3.5, 1.4, 0.2], "session_hash": f"visitor{number}"}
        assert client.post("/gradio_api/run/iris", json=body).status_code == 200


def test_only_so_many_pages_are_kept_in_memory(
    asking: "Asking", catalogue: "ModelCatalogue"
) -> None:
    with asking(catalogue, max_page_states=5) as client:
        visit(client, 12)
        page: Any = client.app
        layer = page.router.default
        while not hasattr(layer, "state_holder"):
            layer = layer.app
        states = layer.state_holder.session_data

        assert list(states) == [f"visitor{number}" for number in range(7, 12)]


def test_a_page_that_was_forgotten_works_on(asking: "Asking", catalogue: "ModelCatalogue") -> None:
    with asking(catalogue, max_page_states=1) as client:
        visit(client, 3)
        visit(client, 3)


def test_the_public_address_is_an_origin_of_our_own() -> None:
    settings = Settings(
        public_url="https://Example.org:8443/opinion", allowed_origins=("https://a.org",)
    )

    assert origins_of(settings) == ("https://a.org", "https://example.org:8443")
    assert origins_of(Settings()) == ()


def test_a_body_may_have_what_its_route_needs() -> None:
    limit_of = body_limits(Settings(max_body_mb=2, max_upload_mb=50))

    assert limit_of({"path": "/predict"}) == 2 * MB
    assert limit_of({"path": UPLOAD}) == limit_of({"path": f"{UPLOAD}/"}) == 50 * MB + MB // 10
    assert limit_of({"path": "/api/sessions"}) == 20 * MB
    assert body_limits(Settings(max_body_mb=30))({"path": "/api/sessions"}) == 30 * MB
    assert largest_upload(Settings()) == 20_100_000
