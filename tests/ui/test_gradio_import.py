"""How Gradio is imported; that no stub is made at a start is in `tests/architecture/test_late_imports.py`."""

import inspect

import gradio as gr
import pytest

from demo.ui.gradio_import import find_file_of_others, import_gradio


def test_no_file_is_known_of_a_component_and_of_all_else_as_ever() -> None:
    with pytest.raises(OSError, match="no stub"):
        find_file_of_others(gr.Textbox)

    assert find_file_of_others(gr) == inspect.getfile(gr)


def test_after_the_import_files_are_known_as_before() -> None:
    import_gradio()

    assert inspect.getfile(gr.Textbox).endswith("textbox.py")
