"""The third step of opening a session: how it is held, and what will happen."""

from typing import Any

import gradio as gr

from demo.render.form import summary_html
from demo.sessions.errors import InvalidSession
from demo.sessions.model import MOST_VERDICTS, Plan
from demo.ui.events import Updates, Values
from demo.ui.sessions.form_messages import build_message
from models.registry import ModelCatalogue

N_USUAL = 3


class HowStep:
    """The options of a session, and a sentence that says what they come to."""

    def __init__(self, catalogue: ModelCatalogue) -> None:
        self.catalogue = catalogue
        self.messages: dict[str, Any] = {}
        with gr.Row():
            with gr.Column():
                self.blind = gr.Checkbox(
                    value=True,
                    label="Blind",
                    info="Reviewers give their own label before they see the model's answer.",
                    elem_id="session-blind",
                )
                self.shuffled = gr.Checkbox(
                    label="Another order for each reviewer",
                    info="What comes early or late then differs from one to the next.",
                    elem_id="session-shuffled",
                )
                self.anonymous = gr.Checkbox(
                    label="Without names",
                    info="Reviewers may leave their name out.",
                    elem_id="session-anonymous",
                )
            with gr.Column():
                self.judged_by = gr.Radio(
                    [("Everyone", "all"), ("A number of reviewers", "some")],
                    value="all",
                    label="Each case is judged by",
                    elem_id="session-judged-by",
                )
                self.wanted = gr.Number(
                    value=N_USUAL,
                    precision=0,
                    label="How many reviewers",
                    visible=False,
                    elem_id="session-wanted",
                )
                self.messages["verdicts_per_case"] = build_message("wanted")
        self.summary = gr.HTML(elem_id="session-summary")

    @property
    def inputs(self) -> set[Any]:
        return {self.blind, self.shuffled, self.anonymous, self.judged_by, self.wanted}

    @property
    def outputs(self) -> list[Any]:
        """Every component that a change here may change."""
        return [self.summary, self.wanted]

    def asked(self, values: Values) -> dict[str, Any]:
        """Return what was chosen, by the names of a plan's fields."""
        wanted = None if values[self.judged_by] == "all" else values[self.wanted]
        return {
            "blind": bool(values[self.blind]),
            "anonymous": bool(values[self.anonymous]),
            "order": "shuffled" if values[self.shuffled] else "shared",
            "verdicts_per_case": wanted,
        }

    def check(self, values: Values) -> None:
        """Raise InvalidSession unless a number is given where one is needed."""
        wanted = values[self.wanted] or 0
        if values[self.judged_by] == "some" and not 1 <= wanted <= MOST_VERDICTS:
            raise InvalidSession(
                f"Say how many reviewers judge a case: a whole number from 1 to {MOST_VERDICTS:,}.",
                "verdicts_per_case",
            )

    def summarize(self, values: Values, asked: dict[str, Any], n_cases: int) -> Updates:
        """Say in a sentence what will happen, and ask for a number if one is needed."""
        spec = self.catalogue[asked["model"]].spec
        return {
            self.summary: summary_html(Plan(**asked), n_cases, spec.cases),
            self.wanted: gr.update(visible=values[self.judged_by] == "some"),
        }
