"""The README is a Space's configuration and the first thing a user copies commands from."""

import re
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import RepoCard

SPACE_KEYS = {
    *("title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "python_version", "app_file"),
    *(
        "short_description",
        "models",
        "datasets",
        "tags",
        "license",
        "pinned",
        "header",
        "thumbnail",
    ),
    *("app_port", "hf_oauth", "fullWidth", "suggested_hardware", "startup_duration_timeout"),
}
COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
LINES_OF_A_SCREEN = 45


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def front_matter(text: str) -> dict[str, Any]:
    data: Any = RepoCard(text).data
    return dict(data.to_dict())


@pytest.fixture(scope="module")
def first_screen(text: str) -> str:
    return "\n".join(text.split("---\n", 2)[2].splitlines()[:LINES_OF_A_SCREEN])


def pins(root: Path) -> dict[str, str]:
    lines = (root / "requirements.txt").read_text("utf-8").split()
    return dict(line.split("==") for line in lines)


def test_the_front_matter_holds_keys_that_a_space_knows(front_matter: dict[str, Any]) -> None:
    assert set(front_matter) <= SPACE_KEYS
    assert {"title", "sdk", "sdk_version", "app_file", "python_version"} <= set(front_matter)


def test_the_space_runs_the_pinned_gradio(front_matter: dict[str, Any], root: Path) -> None:
    assert front_matter["sdk"] == "gradio"
    assert front_matter["sdk_version"] == pins(root)["gradio"]


def test_the_space_starts_a_file_that_exists(front_matter: dict[str, Any], root: Path) -> None:
    assert (root / front_matter["app_file"]).is_file()


def test_the_space_has_a_python_that_the_pins_need(front_matter: dict[str, Any]) -> None:
    assert isinstance(front_matter["python_version"], str)
    assert tuple(map(int, front_matter["python_version"].split("."))) >= (3, 11)


def test_the_short_description_fits_on_the_card_of_a_space(front_matter: dict[str, Any]) -> None:
    assert 0 < len(front_matter["short_description"]) <= 60


def test_the_space_has_colours_that_there_are(front_matter: dict[str, Any]) -> None:
    assert {front_matter["colorFrom"], front_matter["colorTo"]} <= COLOURS


def test_every_requirement_of_the_app_is_pinned(root: Path) -> None:
    assert all(re.fullmatch(r"[\d.]+", version) for version in pins(root).values())
    assert {"gradio", "scikit-learn", "nltk", "joblib", "pandas", "numpy"} <= pins(root).keys()


@pytest.mark.parametrize("command", ["make demo", "make test", "make demo PORT=9000"])
def test_the_first_screen_shows_the_command(first_screen: str, command: str) -> None:
    assert command in first_screen


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m venv .venv",
        ".venv/bin/pip install -r requirements.txt",
        ".venv/bin/python -m demo serve",
    ],
)
def test_the_first_screen_shows_how_it_goes_without_make(first_screen: str, command: str) -> None:
    assert command in first_screen


def test_one_picture_stands_above_the_commands(first_screen: str, root: Path) -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", first_screen)

    assert len(pictures) == 1
    assert (root / pictures[0]).stat().st_size > 10_000
    assert first_screen.index("![") < first_screen.index("make demo")


def test_every_link_to_a_file_leads_to_one(text: str, root: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", text)

    assert links
    assert [link for link in links if not (root / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("target", ["demo", "test", "train", "bench", "lint"])
def test_make_knows_what_the_readme_and_the_design_speak_of(root: Path, target: str) -> None:
    makefile = (root / "Makefile").read_text("utf-8")

    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_no_placeholder_was_left_behind(text: str) -> None:
    assert re.findall(r"\b[A-Z]+_FIGURE\b|TODO|TBD|XXX", text) == []
