"""What is wrong with a field of the form, said beside it."""

from typing import Any

import gradio as gr

from demo.render.answer import error_html
from demo.ui.events import Updates
from models.errors import UserError


def build_message(name: str) -> gr.HTML:
    """Build the place for what is wrong with a field."""
    return gr.HTML(elem_classes="message", elem_id=f"session-{name}-message")


def say(messages: dict[str, Any], error: UserError | None = None) -> Updates:
    """Return an error beside the field that it is about, else in the last place, and no other message."""
    field = error.field if error else None
    at = field if field in messages else list(messages)[-1]
    return {
        part: error_html(error.message if error and name == at else "")
        for name, part in messages.items()
    }
