"""What the page's functions take, for the check of calls that come past the page."""

from functools import singledispatch
from typing import Any

import gradio as gr

from demo.access.calls import PageFunction, PageInput


def describe_functions(blocks: gr.Blocks) -> dict[int, PageFunction]:
    """Return the functions of a page by Gradio's number for them."""
    return {number: describe_function(function) for number, function in blocks.fns.items()}


def describe_function(function: Any) -> PageFunction:
    """Return what one function takes; those for clients check their values themselves."""
    if function.api_visibility == "public":
        return PageFunction(function.api_name, (PageInput("value"),) * len(function.inputs))
    return PageFunction("", tuple(describe_input(part) for part in function.inputs))


@singledispatch
def describe_input(_: object) -> PageInput:
    """Return what may come from a component."""
    return PageInput("value")


@describe_input.register
def _(_: gr.File) -> PageInput:
    return PageInput("file")


@describe_input.register(gr.Textbox)
@describe_input.register(gr.Dropdown)
def _(_: object) -> PageInput:
    return PageInput("text")


@describe_input.register
def _(part: gr.Radio) -> PageInput:
    choices = [value for _, value in part.choices]
    if not choices:
        # It gets them later.
        return PageInput("text")
    return PageInput("text", choices if part.value is not None else [*choices, None])


@describe_input.register
def _(_: gr.Number) -> PageInput:
    return PageInput("number")


@describe_input.register
def _(_: gr.Checkbox) -> PageInput:
    return PageInput("flag")


@describe_input.register
def _(part: gr.Dataset) -> PageInput:
    return PageInput("place", range(len(part.samples)))
