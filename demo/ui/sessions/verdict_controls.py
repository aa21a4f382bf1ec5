"""What a reviewer answers with: labels, a verdict, a comment, and the buttons."""

from typing import Any

import gradio as gr

from demo.sessions.case_view import CaseView, Participant
from demo.sessions.model import CANNOT_TELL, NONE_OF_THESE, VerdictInput
from demo.ui.events import Updates

NONE_FITS = ("None of these", NONE_OF_THESE)
JUDGEMENTS = [("Agree", "agree"), ("Disagree", "disagree"), ("Can't tell", CANNOT_TELL)]


def build_choice(label: str, name: str, choices: list[tuple[str, str]]) -> gr.Radio:
    """Build a hidden choice that the keys 1 to 9 reach as well."""
    return gr.Radio(
        choices, label=label, visible=False, elem_id=f"session-{name}", elem_classes="keyed"
    )


class VerdictControls:
    """The components of a verdict, and which of them a case shows."""

    def __init__(self) -> None:
        self.first = build_choice(
            "What would you say? Your label stays once you have seen the answer.", "first", []
        )
        self.verdict = build_choice("Is the model right?", "verdict", JUDGEMENTS)
        self.right = build_choice("What is right?", "right", [])
        self.comment = gr.Textbox(
            label="Comment (optional)",
            lines=1,
            max_lines=6,
            visible=False,
            elem_id="session-comment",
        )
        self.message = gr.HTML(elem_classes="message", elem_id="session-message")
        with gr.Row(elem_classes="actions"):
            self.back_button = gr.Button("Back", elem_id="session-back")
            self.skip_button = gr.Button("Skip", elem_id="session-skip")
            self.reveal_button = gr.Button(
                "Show the answer", variant="primary", visible=False, elem_id="session-reveal"
            )
            self.save_button = gr.Button(
                "Save", variant="primary", visible=False, elem_id="session-save"
            )

    @property
    def inputs(self) -> set[Any]:
        return {self.first, self.verdict, self.right, self.comment}

    @property
    def outputs(self) -> list[Any]:
        """Every component that a case changes."""
        buttons = [self.back_button, self.skip_button, self.reveal_button, self.save_button]
        return [*self.inputs, *buttons, self.message]

    def show(self, participant: Participant, case_view: CaseView | None) -> Updates:
        """Return the updates for a case with what was said of it, or for none left."""
        classes = participant.model.spec.classes
        is_open = not participant.session.closed_at
        answer = case_view.answer if case_view else None
        waits, judges = bool(case_view and not answer), bool(answer)
        labels = [(label, label) for label in classes]
        others = [each for each in labels if not answer or each[0] != answer.prediction.label]
        verdict = case_view.verdict if case_view else None
        said = verdict.verdict_input if verdict else VerdictInput()
        # Who said before the answer what is right is not asked again; of two classes the other one is meant,
        # unless none fits.
        right = said.label if said.verdict == "disagree" else said.blind_label
        rights = [*others, NONE_FITS]
        usual = others[0][1] if len(others) == 1 else None
        first = [*labels, NONE_FITS, ("Can't tell", CANNOT_TELL)]
        return {
            self.first: gr.update(choices=first, value=None, visible=waits and is_open),
            self.verdict: gr.update(value=said.verdict, visible=judges, interactive=is_open),
            self.right: gr.update(
                choices=rights,
                value=right if right in dict(rights).values() else usual,
                # The page shows it after "disagree" alone.
                visible=judges,
                interactive=is_open,
            ),
            self.comment: gr.update(value=said.comment, visible=judges, interactive=is_open),
            self.message: "",
            self.back_button: gr.update(interactive=not case_view or case_view.number > 1),
            self.skip_button: gr.update(visible=bool(case_view) and is_open),
            self.reveal_button: gr.update(visible=waits and is_open),
            self.save_button: gr.update(visible=judges and is_open),
        }
