"""What a start must not wait for: packages that are needed later, or by few."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
START = """
import ast, json, sys
from pathlib import Path
parse, parsed = ast.parse, []
ast.parse = lambda source, *options, **more: (parsed.append(str(source)), parse(source, *options, **more))[1]
from demo.main import build_app
from demo.settings import Settings
from models.registry import discover_specs, load_catalogue
app = build_app(load_catalogue(discover_specs()), Settings(database_url=sys.argv[1]), Path(sys.argv[2]))
at_start = sorted(sys.modules)
if any("class Textbox" in source for source in parsed):
    at_start.append("stubs")
app.state.service.store.close()
print(json.dumps([at_start, sorted(sys.modules)]))
"""


@pytest.fixture(scope="module")
def imported(
    run_python: Run, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[set[str], set[str]]:
    """What was imported when the app was built, and when its store was opened."""
    folder = tmp_path_factory.mktemp("late")
    ended = run_python(root, "-c", START, f"sqlite:///{folder}/reviews.db", str(folder))
    assert ended.returncode == 0, ended.stderr
    at_start, with_store = json.loads(ended.stdout.splitlines()[-1])
    return set(at_start), set(with_store)


@pytest.mark.parametrize(
    "package",
    ["sqlalchemy", "alembic", "psycopg", "openpyxl", "krippendorff", "segno", "skops", "stubs"],
)
def test_a_start_does_not_wait_for(imported: tuple[set[str], set[str]], package: str) -> None:
    assert package not in imported[0]


def test_the_store_needs_its_packages_once_it_is_opened(
    imported: tuple[set[str], set[str]],
) -> None:
    assert {"sqlalchemy", "alembic"} <= imported[1]
    assert "psycopg" not in imported[1]


@pytest.mark.parametrize(
    ("module", "packages"),
    [
        ("demo.__main__", {"pydantic", "gradio", "sklearn", "pandas"}),
        ("demo.settings", {"fastapi", "gradio", "sklearn", "sqlalchemy"}),
    ],
)
def test_the_help_and_the_settings_wait_for_no_large_package(
    run_python: Run, root: Path, module: str, packages: set[str]
) -> None:
    ended = run_python(root, "-c", f"import sys, {module}; print(*sys.modules)")
    imported = set(ended.stdout.split())

    assert module in imported, ended.stderr
    assert imported & packages == set()
