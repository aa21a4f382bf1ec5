"""The named endpoints of the page's API, one for each subject, for Gradio's clients and curl."""

import inspect
from collections.abc import Callable
from dataclasses import asdict
from html import escape
from typing import Any

import gradio as gr
from gradio import events

from demo.links import slug
from demo.ui.predict_tab import Field, PredictTab
from models.errors import UnknownModel, UserError
from models.predict import predict_one
from models.spec import ContextField, NumberFeature


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
            parameter.name: parameter.default if value is None and has_default(parameter) else value
            for parameter, value in zip(parameters, values, strict=True)
        }
        name = by_name.pop("model", tab.first.name)
        try:
            if not isinstance(name, str) or name not in tab.models:
                raise UnknownModel(str(name), tab.models)
            model = tab.models[name]
            record = tab.record_of(model, tuple(by_name[field] for field in tab.fields))
            return asdict(predict_one(model, record))
        except UserError as error:
            # Gradio renders the message as HTML.
            raise gr.Error(escape(error.message), print_exception=False) from error

    # Gradio reads name and types of an endpoint from its signature.
    vars(predict)["__signature__"] = inspect.Signature(parameters, return_annotation=dict[str, Any])
    predict.__name__ = slug(tab.first.subject)
    predict.__annotations__ = {item.name: item.annotation for item in parameters} | {
        "return": dict[str, Any]
    }
    return predict


def parameters_of(tab: PredictTab) -> list[inspect.Parameter]:
    """Return the parameters of a subject's endpoint: features, model, context."""
    features = [field for field in tab.fields.values() if not isinstance(field, ContextField)]
    contexts = [field for field in tab.fields.values() if isinstance(field, ContextField)]
    parameters = [parameter(field) for field in features]
    if len(tab.models) > 1:
        parameters.append(parameter_named("model", str, tab.first.name))
    return parameters + [parameter_named(field.name, str, "") for field in contexts]


def parameter(field: Field) -> inspect.Parameter:
    """Return the required parameter for a feature."""
    return parameter_named(field.name, float if isinstance(field, NumberFeature) else str)


def has_default(item: inspect.Parameter) -> bool:
    """Tell whether a parameter may be left out, which Gradio's JavaScript client sends as null."""
    return item.default is not inspect.Parameter.empty


def parameter_named(
    name: str, annotation: type, default: Any = inspect.Parameter.empty
) -> inspect.Parameter:
    """Return a parameter that goes by place or by name."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def description_of(tab: PredictTab) -> str:
    """Return what the API page says of the endpoint."""
    summaries = " ".join(f"{name}: {model.spec.summary}" for name, model in tab.models.items())
    return f"Label, probabilities and notices for one record. {summaries}"
