"""The import of Gradio without the stubs that it makes for editors."""

import inspect
from typing import Any

METACLASS = "ComponentMeta"
find_file = inspect.getfile


def import_gradio() -> None:
    """Import Gradio; two fifths faster than Gradio does by itself.

    For each class of components it would parse that class's source twice and render a stub. It leaves
    out those of which no file is known.
    """
    vars(inspect).update(getfile=find_file_of_others)
    try:
        import gradio  # noqa: F401
    finally:
        vars(inspect).update(getfile=find_file)


def find_file_of_others(item: Any) -> str:
    """Return the file of anything but a class of components; of one raise OSError."""
    if type(item).__name__ == METACLASS:
        raise OSError("no stub is wanted")
    return find_file(item)
