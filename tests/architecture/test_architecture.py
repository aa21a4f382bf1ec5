"""The floors of the house: imports point down only."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import features
from models.field import Field

ROOT = Path(__file__).parents[2]
# Each folder, or module beside them, is a room; from a floor only what is below can be seen.
FLOORS = {
    "app": 8,
    "demo.__main__": 7,
    "demo.cli": 6,
    "demo.server": 6,
    "demo.main": 5,
    "demo.api": 4,
    "demo.ui": 4,
    "demo.report": 3,
    "demo.access": 2,
    "demo.render": 2,
    "demo.store": 2,
    "demo.sessions": 1,
    "demo.files": 0,
    "demo.challenger": 0,
    "demo.fair_lock": -1,
    "demo.address": -1,
    "demo.settings": -1,
    "models.compare": 7,
    "models.train": 6,
    "models.iris": 5,
    "models.reviews": 5,
    "models.tweets": 5,
    "models.own": 5,
    "models.training": 4,
    "models.evaluation": 3,
    "models.explain": 3,
    "models.predict": 2,
    "models.registry": 1,
    "models.csv_sheet": 0,
    "models.intervals": 0,
    "models.metadata": 0,
    "models.samples": 0,
    "models.text": 0,
    "models.vocabulary": 0,
    "models.folded": 0,
    "models.formats": 0,
    "models.framed": 0,
    "models.spec": -1,
    "models.features": -2,
    "models.number": -3,
    "models.field": -4,
    "models.errors": -5,
}
STANDARD_LIBRARY_ALONE = (
    "demo.address",
    "demo.fair_lock",
    "models.spec",
    "models.features",
    "models.number",
    "models.field",
    "models.errors",
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w+")
TEXT_FILES = (
    "*.py",
    "*.md",
    "*.toml",
    "*.txt",
    "*.ipynb",
    "*.js",
    "*.css",
    "*.json",
    "Makefile",
    "run",
)
OUR_FOLDERS = ("demo", "models", "notebooks", "tests", "benchmarks", "docs", ".ci")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def source_files(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert found
    return found


MODULES = {name_of(path): path for path in (*source_files("demo", "models"), ROOT / "app.py")}


def imports_of(path: Path) -> Iterator[str]:
    """Yield the full name of everything that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def attributes_of(path: Path) -> set[str]:
    """Return the name of every attribute that a file reads or writes."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def packages_of(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(path)}


def imported_modules(name: str) -> set[str]:
    """Return which of our own modules a module imports."""
    found = set()
    for imported in imports_of(MODULES[name]):
        longest = imported if imported in MODULES else imported.rpartition(".")[0]
        if longest in MODULES and longest != name:
            found.add(longest)
    return found


def room_of(name: str) -> str:
    """Return the folder of a module right below `demo` or `models`, or itself if it stands beside them."""
    return ".".join(name.split(".")[:2])


def floor_of(name: str) -> int:
    assert room_of(name) in FLOORS, f"{name} has no floor; give its folder one in FLOORS"
    return FLOORS[room_of(name)]


each_module = pytest.mark.parametrize("name", sorted(MODULES))


@each_module
def test_a_module_imports_only_its_own_room_and_those_below(name: str) -> None:
    side = name.partition(".")[0]
    others = {
        other
        for other in imported_modules(name)
        if other.startswith(f"{side}.") and room_of(other) != room_of(name)
    }

    assert {other for other in others if floor_of(other) >= floor_of(name)} == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    waiting = {name: imported_modules(name) for name in MODULES}
    while leaves := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in leaves}

    assert waiting == {}


@pytest.mark.parametrize("name", STANDARD_LIBRARY_ALONE)
def test_what_everything_stands_on_needs_the_standard_library_alone(name: str) -> None:
    assert packages_of(MODULES[name]) <= sys.stdlib_module_names | {"models", "demo"}


@pytest.mark.parametrize("package", ["gradio", "fastapi"])
@pytest.mark.parametrize("room", ["render", "report", "sessions", "store", "files"])
def test_what_is_said_alike_at_every_door_knows_no_door(room: str, package: str) -> None:
    files = source_files(f"demo/{room}")

    assert [path for path in files if package in packages_of(path)] == []


def test_gradio_is_imported_by_the_page_and_the_composition_root_alone() -> None:
    importing = {name for name, path in MODULES.items() if "gradio" in packages_of(path)}

    assert importing
    assert {name for name in importing if not name.startswith("demo.ui.")} <= {
        "demo.main",
        "demo.server",
    }


@pytest.mark.parametrize("package", ["demo", "gradio", "fastapi", "sqlalchemy", "starlette"])
def test_the_model_side_knows_nothing_of_pages(package: str) -> None:
    assert [path for path in source_files("models") if package in packages_of(path)] == []


def test_nothing_imports_notebooks_or_tests() -> None:
    for path in (*source_files("demo", "models", "tests"), ROOT / "app.py"):
        assert not {"notebooks", "tests"} & packages_of(path), path


@pytest.mark.parametrize("room", ["ui", "api", "cli", "report", "render"])
def test_no_door_reaches_past_the_session_service(room: str) -> None:
    for path in source_files(f"demo/{room}"):
        assert "store" not in attributes_of(path), path


def test_the_session_service_alone_touches_a_repository() -> None:
    touching = {name for name, path in MODULES.items() if "store" in attributes_of(path)}

    assert touching == {"demo.sessions.service", "demo.sessions.queries"}


def test_the_door_has_two_lines() -> None:
    lines = [line for line in (ROOT / "app.py").read_text("utf-8").splitlines() if line]

    assert lines == ["from demo.server import serve", "serve()"]


def test_every_test_stands_in_the_folder_of_its_room() -> None:
    tests = ROOT / "tests"
    files = [path for path in tests.rglob("*.py") if path != tests / "conftest.py"]
    rooms = {path.name for path in (ROOT / "demo").iterdir() if path.is_dir()}
    folders = {path.parent.relative_to(tests).as_posix() for path in files}

    assert folders <= rooms | {"models", "server", "architecture", "faults", "support"}
    assert [path for path in files if path.name == "__init__.py"] == []
    assert list((tests / "support").glob("test_*.py")) == []


def test_no_file_names_a_place_on_one_machine() -> None:
    places = [ROOT, *(ROOT / folder for folder in OUR_FOLDERS)]
    files = {
        path
        for place in places
        for pattern in TEXT_FILES
        for path in (place.glob(pattern) if place == ROOT else place.rglob(pattern))
    }

    assert len(files) > 50
    assert [path for path in files if MACHINE_PATH.search(path.read_text("utf-8"))] == []


def names_in(node: ast.AST) -> set[str]:
    """Return every name and attribute below a node."""
    nodes = list(ast.walk(node))
    attributes = {item.attr for item in nodes if isinstance(item, ast.Attribute)}
    return attributes | {item.id for item in nodes if isinstance(item, ast.Name)}


def names_asked_for(path: Path) -> set[str]:
    """Return what a file asks values for: the names in its isinstance calls, type comparisons and cases."""
    asked: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        calls_for_class = isinstance(node, ast.Call) and names_in(node.func) & {
            "isinstance",
            "issubclass",
        }
        if calls_for_class or isinstance(node, ast.Compare | ast.MatchClass):
            asked |= names_in(node)
    return asked


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_kind_of_field_is_asked_for_by_the_spec_and_the_components_alone(name: str) -> None:
    kinds = {kind.__name__ for kind in vars(features).values() if is_kind(kind)}

    assert {"TextFeature", "NumberFeature", "CategoryFeature", "ContextField"} <= kinds
    if name not in ("models.features", "models.spec", "demo.ui.components"):
        assert names_asked_for(MODULES[name]) & kinds == set()


def is_kind(item: object) -> bool:
    return isinstance(item, type) and issubclass(item, Field)


def test_the_application_never_fits_anything() -> None:
    for path in source_files("demo"):
        calls = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        ]
        methods = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not {"fit", "fit_transform", "partial_fit"} & methods, path
        assert "models.train" not in set(imports_of(path))
