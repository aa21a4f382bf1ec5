"""Starting, serving and stopping, as processes of their own."""

import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from running import Running, free_port

from demo.main import build_service
from demo.render.links import local_address
from demo.server import StartError, open_early, open_socket
from demo.settings import Settings
from models.registry import ModelCatalogue, load_catalogue
from models.spec import ModelSpec

if TYPE_CHECKING:
    from starlette.testclient import TestClient

Run = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Story:
    """What was seen of one server from its start to its end."""

    running: Running
    health: httpx.Response
    page: httpx.Response
    refusal: httpx.Response
    exit_code: int

    @property
    def stderr(self) -> str:
        return self.running.stderr()


def tell(running: Running, number: int) -> Story:
    """Ask a server for a few things and end it with a signal while a connection is open."""
    transport = httpx.HTTPTransport(retries=6)
    with httpx.Client(base_url=running.url, transport=transport, timeout=30) as client:
        health, page = client.get("/health"), client.get("/")
        refusal = client.post("/api/models/reviews/predict", json={"records": [{"text": "x"}]})
        exit_code = running.end(number)
    return Story(running, health, page, refusal, exit_code)


def copy_of_a_space(root: Path, folder: Path, *ignored: str) -> Path:
    """Copy what a Space gets; tests, notebooks and development files are not part of it."""
    for name in ("demo", "models"):
        ignore = shutil.ignore_patterns("__pycache__", "*.part", *ignored)
        shutil.copytree(root / name, folder / name, ignore=ignore)
    for name in ("app.py", "requirements.txt", "README.md"):
        shutil.copy(root / name, folder)
    return folder


@pytest.fixture(scope="module")
def damaged_space(
    launch: Callable[..., Running], root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Story:
    """A copy of a Space with a changed reviews model, started by its door, ended by SIGTERM."""
    folder = copy_of_a_space(root, tmp_path_factory.mktemp("space"))
    with (folder / "models/reviews/pipeline.joblib").open("ab") as pipeline:
        pipeline.write(b"\0")
    return tell(launch(["app.py"], folder), signal.SIGTERM)


@pytest.fixture(scope="module")
def plain_start(launch: Callable[..., Running]) -> Story:
    """A start from the command line, ended by Ctrl-C."""
    return tell(launch(["-m", "demo", "serve"]), signal.SIGINT)


def test_the_door_serves_a_copy_that_holds_what_a_space_gets(damaged_space: Story) -> None:
    assert damaged_space.health.json()["status"] == "API is running!"
    assert damaged_space.page.status_code == 200


def test_a_damaged_model_is_not_available_and_the_others_are(damaged_space: Story) -> None:
    models = damaged_space.health.json()["models"]

    assert {name: model["available"] for name, model in models.items()} == {
        "tweets": True,
        "reviews": False,
        "iris": True,
    }


def test_the_page_says_why_a_model_is_not_available(damaged_space: Story) -> None:
    assert "The reviews model" in damaged_space.page.text
    assert "The iris model" not in damaged_space.page.text


def test_a_damaged_model_gives_no_answers(damaged_space: Story) -> None:
    assert damaged_space.refusal.status_code == 503
    assert "python -m models.train reviews" in damaged_space.refusal.json()["error"]["message"]


def test_the_terminal_says_which_model_is_damaged_and_nothing_else(damaged_space: Story) -> None:
    (line,) = damaged_space.stderr.splitlines()

    assert line.startswith("The reviews model's pipeline.joblib is not the file")


def test_sigterm_ends_the_app_without_an_error(damaged_space: Story) -> None:
    assert damaged_space.exit_code == 0


def test_ctrl_c_ends_the_app_without_an_error(plain_start: Story) -> None:
    assert plain_start.exit_code == 0


def test_a_start_without_trouble_says_nothing_of_any(plain_start: Story) -> None:
    assert plain_start.stderr == ""


def test_the_first_line_is_the_address_to_open(plain_start: Story) -> None:
    url = plain_start.running.url

    assert plain_start.running.announcement == f"Second Opinion is at {url} (Ctrl-C stops it)\n"
    assert plain_start.health.url == f"{url}/health"


def test_the_printed_address_takes_connections_at_once(plain_start: Story) -> None:
    assert plain_start.running.answers_at_once


def test_a_taken_port_is_one_line_and_exit_code_2(run_python: Run, root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run_python(root, "-m", "demo", "serve", "--port", str(port))

    assert ended.returncode == 2
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"Cannot listen on 127.0.0.1:{port} (")
    assert f"make demo PORT={port + 1}" in line


def test_a_bad_setting_is_one_line_and_exit_code_2(run_python: Run, root: Path) -> None:
    ended = run_python(root, "app.py", SECOND_OPINION_PORT="many")

    assert ended.returncode == 2
    assert ended.stderr == "SECOND_OPINION_PORT is 'many'; give a port from 1 to 65535.\n"


def test_a_start_without_any_sound_model_fails_with_every_reason(
    run_python: Run, root: Path, tmp_path: Path
) -> None:
    folder = copy_of_a_space(root, tmp_path, "*.joblib")

    ended = run_python(folder, "app.py", SECOND_OPINION_PORT=str(free_port()))

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    for name in ("tweets", "reviews", "iris"):
        assert f"The {name} model" in ended.stderr


def test_the_served_app_stands_behind_its_guard(server: str) -> None:
    long_header = httpx.get(f"{server}/health", headers={"x": "y" * 40_000}, trust_env=False)
    large_body = httpx.post(f"{server}/predict", content=b" " * 1_000_001, trust_env=False)
    closed = httpx.get(f"{server}/gradio_api/startup-events", trust_env=False)
    foreign = httpx.post(f"{server}/predict", headers={"origin": "http://a.org"}, trust_env=False)

    answers = (long_header, large_body, closed, foreign)
    assert [answer.status_code for answer in answers] == [431, 413, 404, 403]


def test_the_folder_of_uploads_is_gone_with_the_app(launch: Callable[..., Running]) -> None:
    running = launch(["app.py"])
    port = running.url.rpartition(":")[2]
    name = f"second-opinion-127.0.0.1-{port}-*"
    assert len(list(Path(tempfile.gettempdir()).glob(name))) == 1

    # The server does not answer yet, and the models are still being warmed up.
    assert running.end(signal.SIGTERM) == 0
    assert running.stderr() == ""
    assert list(Path(tempfile.gettempdir()).glob(name)) == []


def test_a_port_is_taken_as_soon_as_it_is_opened() -> None:
    with open_socket("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(StartError, match=f"127.0.0.1:{port}"):
            open_socket("127.0.0.1", port).close()


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(StartError, match=r"192\.0\.2\.1:7860"):
        open_socket("192.0.2.1", 7860)


def test_no_port_is_proposed_that_does_not_exist() -> None:
    with pytest.raises(StartError) as caught:
        open_socket("192.0.2.1", 65_535)

    assert "65536" not in caught.value.message


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        (Settings(), "http://127.0.0.1:7860"),
        (Settings(host="0.0.0.0", port=80), "http://127.0.0.1:80"),
        (Settings(host="::"), "http://127.0.0.1:7860"),
        (Settings(host="::1"), "http://[::1]:7860"),
        (Settings(root_path="/demo"), "http://127.0.0.1:7860/demo"),
        (Settings(root_path="https://example.org/demo/"), "https://example.org/demo"),
    ],
)
def test_the_printed_address_can_be_opened_in_a_browser(settings: Settings, url: str) -> None:
    assert local_address(settings) == url


def test_a_link_to_a_tab_without_any_sound_model_opens_the_others(
    asking: "Callable[[ModelCatalogue], AbstractContextManager[TestClient]]",
    specs: dict[str, ModelSpec],
    root: Path,
    tmp_path: Path,
) -> None:
    shutil.copytree(root / "models/iris", tmp_path / "iris")

    with asking(load_catalogue(specs, tmp_path)) as client:
        page = client.get("/?tab=sentiment&model=reviews&text=Fine")

    assert page.status_code == 200
    assert page.text.count("Unavailable at the moment.") >= 2


def test_a_database_that_cannot_be_opened_is_said_at_once(
    catalogue: ModelCatalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    service = build_service(
        catalogue, Settings(database_url=f"sqlite:///{tmp_path}/file/reviews.db")
    )
    server = uvicorn.Server(uvicorn.Config("demo.main:build_app"))
    server.started = True

    open_early(service, server)

    (line,) = capsys.readouterr().err.splitlines()
    assert "SECOND_OPINION_DATABASE_URL" in line
