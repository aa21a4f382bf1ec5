"""How the page's events call their functions, and what these take and return."""

from typing import Any

# What the page sends of each component of a set of inputs, and what changes in each component.
Values = dict[Any, Any]
Updates = dict[Any, Any]
# One stateless request a call, past the queue, and nothing that flashes. What is done while a call
# is under way is told once that has been answered: Gradio would drop it without a word.
DIRECT: dict[str, Any] = {
    "queue": False,
    "show_progress": "hidden",
    "api_visibility": "private",
    "trigger_mode": "always_last",
}
# Gradio's own checks of a value would answer with their words, or a 500; the spec's come after.
UNCHECKED = DIRECT | {"preprocess": False}
# A second click while the first is under way is no second call.
ONCE = UNCHECKED | {"trigger_mode": "once"}
