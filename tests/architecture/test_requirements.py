"""The lock file says the same as the requirements, and more exactly."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from demo import __version__


@pytest.fixture(scope="module")
def locked(root: Path) -> dict[str, tuple[Requirement, list[str]]]:
    """What the lock file holds: each requirement with the hashes of its files, by name."""
    text = (root / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line.partition(" --hash")[0].strip())
            hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line)
            found[canonicalize_name(requirement.name)] = (requirement, hashes)
    return found


def asked(root: Path) -> list[Requirement]:
    return [Requirement(line) for line in (root / "requirements.txt").read_text("utf-8").split()]


def test_every_requirement_is_locked_at_its_version(
    root: Path, locked: dict[str, tuple[Requirement, list[str]]]
) -> None:
    for requirement in asked(root):
        name = canonicalize_name(requirement.name)
        assert locked[name][0].specifier == requirement.specifier, "run `make lock`"
        for extra in requirement.extras:
            assert any(extra in other for other in locked if other.startswith(name))


def test_everything_that_is_locked_has_one_version_and_hashes(
    locked: dict[str, tuple[Requirement, list[str]]],
) -> None:
    assert len(locked) > 50
    for requirement, hashes in locked.values():
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier))
        assert len(hashes) == len(set(hashes)) >= 1


def test_what_runs_here_is_what_is_locked(
    locked: dict[str, tuple[Requirement, list[str]]],
) -> None:
    for name in ("gradio", "scikit-learn", "fastapi", "starlette", "uvicorn", "sqlalchemy"):
        assert locked[name][0].specifier.contains(version(name)), f"{name}: run `make lock`"


def test_the_app_and_its_package_have_one_version(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == __version__
    assert f"## {__version__}\n" in (root / "CHANGELOG.md").read_text("utf-8")
