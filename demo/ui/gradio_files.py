"""Which files of Gradio's front end the components of a page need, read from its build."""

import re
from collections.abc import Iterator
from pathlib import Path

import gradio

FOLDER = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
# A script of the build names its files once, and each import lists those that it needs by their places.
NAMES = re.compile(r"m\.f=\[(.*?)\]")
NAME = re.compile(r'"\./([^"]+)"')
PLACES = r"[{{,]{}:{{.*?\bcomponent:.*?__vite__mapDeps\(\[([\d,]*)\]"


def find_needed(kinds: set[str]) -> list[str]:
    """Return the names of the files that the page loads at its start, each once; none in an unknown build."""
    start, components = read_script("index"), read_script("core")
    blocks = [path.name for path in FOLDER.glob("Blocks-*")]
    return list(dict.fromkeys([*names_in(start), *blocks, *files_of(kinds, components)]))


def files_of(kinds: set[str], script: str) -> Iterator[str]:
    """Find the files of some kinds of components in the script that lists all kinds."""
    names = names_in(script)
    for kind in sorted(kinds):
        if found := re.search(PLACES.format(kind), script):
            yield from (names[int(place)] for place in found[1].split(",") if place)


def names_in(script: str) -> list[str]:
    found = NAMES.search(script)
    return NAME.findall(found[1]) if found else []


def read_script(name: str) -> str:
    return "".join(path.read_text("utf-8") for path in FOLDER.glob(f"{name}-*.js"))
