"""The floors of the house: imports point down only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {
    "app": 4,
    "demo.__main__": 4,
    "demo.main": 4,
    "models.challenger": 4,
    "models.compare": 4,
    "models.contest": 4,
    "models.train": 4,
    "demo.api": 3,
    "demo.commands": 3,
    "demo.report": 3,
    "demo.ui": 3,
    "demo.access": 2,
    "demo.answers": 2,
    "demo.batch": 2,
    "demo.casebook": 2,
    "demo.cases": 2,
    "demo.codes": 2,
    "demo.database": 2,
    "demo.database_errors": 2,
    "demo.desk": 2,
    "demo.desk_builder": 2,
    "demo.engines": 2,
    "demo.figures": 2,
    "demo.file_rights": 2,
    "demo.links": 2,
    "demo.looks": 2,
    "demo.migrations": 2,
    "demo.new_review": 2,
    "demo.opening": 2,
    "demo.patience": 2,
    "demo.patient_connection": 2,
    "demo.queries": 2,
    "demo.review_errors": 2,
    "demo.review_text": 2,
    "demo.reviews": 2,
    "demo.rows": 2,
    "demo.session_limits": 2,
    "demo.store": 2,
    "demo.tables": 2,
    "demo.turnstile": 2,
    "demo.verdicts": 2,
    "demo": 0,
    "demo.settings": 0,
    "models": 0,
    "models.errors": 0,
    "models.spec": 0,
}
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


def floor_of(name: str) -> int:
    """Return the floor of a module: its own, that of its folder, or 1 on the model side."""
    while name not in FLOORS:
        parent = name.rpartition(".")[0]
        if parent == "models":
            return 1
        assert parent not in ("", "demo"), f"{name} has no floor; give it one in FLOORS"
        name = parent
    return FLOORS[name]


each_module = pytest.mark.parametrize("name", sorted(MODULES))


@each_module
def test_a_module_imports_nothing_from_above(name: str) -> None:
    above = {other for other in imported_modules(name) if floor_of(other) > floor_of(name)}

    assert above == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    waiting = {name: imported_modules(name) for name in MODULES}
    while leaves := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in leaves}

    assert waiting == {}


@each_module
def test_the_lowest_floor_needs_the_standard_library_alone(name: str) -> None:
    import sys

    if floor_of(name) == 0:
        assert packages_of(MODULES[name]) <= sys.stdlib_module_names | {"models", "demo"}


def test_gradio_is_imported_by_the_page_and_the_composition_root_alone() -> None:
    importing = {name for name, path in MODULES.items() if "gradio" in packages_of(path)}

    assert importing
    assert {name for name in importing if not name.startswith("demo.ui.")} <= {"demo.main"}


@pytest.mark.parametrize("package", ["demo", "gradio", "fastapi", "sqlalchemy", "starlette"])
def test_the_model_side_knows_nothing_of_pages(package: str) -> None:
    assert [path for path in source_files("models") if package in packages_of(path)] == []


def test_nothing_imports_notebooks_or_tests() -> None:
    for path in (*source_files("demo", "models", "tests"), ROOT / "app.py"):
        assert not {"notebooks", "tests"} & packages_of(path), path


def test_the_door_has_two_lines() -> None:
    lines = [line for line in (ROOT / "app.py").read_text("utf-8").splitlines() if line]

    assert lines == ["from demo.main import serve", "serve()"]


def test_tests_stay_flat() -> None:
    assert [path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "tests"] == []
    assert not (ROOT / "tests" / "__init__.py").exists()


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


def test_the_application_never_fits_anything() -> None:
    for path in source_files("demo"):
        calls = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        ]
        methods = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        assert not {"fit", "fit_transform", "partial_fit"} & methods, path
        assert "models.train" not in set(imports_of(path))
