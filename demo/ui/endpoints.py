"""The named endpoints of the page's API, one for each subject, for Gradio's clients and curl."""

import inspect
from collections.abc import Callable
from dataclasses import asdict
from functools import singledispatch
from typing import Any

import gradio as gr
from gradio import events

from demo.access.calls import PageFunction, PageInput
from demo.render.links import slug
from demo.ui.predict_tab import PredictTab, page_error
from models.errors import UserError
from models.predict import predict_one

REQUIRED = inspect.Parameter.empty


def add_endpoint(tab: PredictTab) -> None:
    """Add the endpoint of a subject to the page that is being built."""
    events.api(
        endpoint_for(tab),
        api_name=slug(tab.first.subject),
        api_description=description_of(tab),
        queue=False,
    )


def endpoint_for(tab: PredictTab) -> Callable[..., dict[str, Any]]:
    """Return a function with a typed parameter for each field, and one for the model if there are several.

    It returns label, probabilities and notices, and raises gr.Error for bad input.
    """
    parameters = parameters_of(tab)

    def predict(*values: Any) -> dict[str, Any]:
        by_name = {
            # Gradio's JavaScript client sends null for what is left out.
            parameter.name: parameter.default
            if value is None and parameter.default is not REQUIRED
            else value
            for parameter, value in zip(parameters, values, strict=True)
        }
        model = tab.model_named(by_name.pop("model", tab.first.name))
        try:
            return asdict(predict_one(model, tab.record_of(model, by_name)))
        except UserError as error:
            raise page_error(error) from error

    # Gradio reads name and types of an endpoint from its signature.
    vars(predict)["__signature__"] = inspect.Signature(parameters, return_annotation=dict[str, Any])
    predict.__name__ = slug(tab.first.subject)
    predict.__annotations__ = {item.name: item.annotation for item in parameters} | {
        "return": dict[str, Any]
    }
    return predict


def parameters_of(tab: PredictTab) -> list[inspect.Parameter]:
    """Return the parameters of a subject's endpoint: features, model, context."""
    features = [field for field in tab.fields.values() if not field.is_optional]
    contexts = [field for field in tab.fields.values() if field.is_optional]
    parameters = [parameter_named(field.name, field.value_type) for field in features]
    if len(tab.models) > 1:
        parameters.append(parameter_named("model", str, tab.first.name))
    return parameters + [parameter_named(field.name, str, "") for field in contexts]


def parameter_named(name: str, annotation: type, default: Any = REQUIRED) -> inspect.Parameter:
    """Return a parameter that is given by position or by name."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def description_of(tab: PredictTab) -> str:
    """Return what the API page says of the endpoint."""
    summaries = " ".join(f"{name}: {model.spec.summary}" for name, model in tab.models.items())
    return f"Label, probabilities and notices for one record. {summaries}"


def describe_functions(blocks: gr.Blocks) -> dict[int, PageFunction]:
    """Return the functions of a page by Gradio's number for them."""
    return {number: describe_function(function) for number, function in blocks.fns.items()}


def describe_function(function: Any) -> PageFunction:
    """Return what one function takes; those for clients check their values themselves.

    Inputs given as a set come in Gradio's order, which is also the page's.
    """
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
def _(_: object) -> PageInput:
    return PageInput("text")


@describe_input.register
def _(part: gr.Dropdown) -> PageInput:
    return PageInput("value" if part.multiselect else "text")


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
    return PageInput("index", range(len(part.samples)))
