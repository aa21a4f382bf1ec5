"""Training a challenger from the board: it is started, watched and cancelled here, and runs elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr

from demo.challenger import ChallengerTrainer, Training, TrainingFailed
from demo.render.answer import error_html
from demo.render.challenger import missing_html, training_html
from demo.report.sheets import write_corrections
from demo.sessions.board import Board
from demo.sessions.model import Session
from demo.sessions.service import SessionService
from demo.ui.events import ONCE, Updates, Values
from models.errors import UserError

LIVE_S = 1.5
Act = Callable[[ChallengerTrainer, Session], Any]


class ChallengerPanel:
    """The components below the figures of a board; `code` and `token` say whose board it is."""

    def __init__(self, service: SessionService, code: gr.Textbox, token: gr.Textbox) -> None:
        self.service, self.code, self.token = service, code, token
        with gr.Accordion(
            "Train a challenger", open=False, visible=False, elem_id="session-challenger"
        ) as self.panel:
            self.progress = gr.HTML(elem_classes="training")
            self.message = gr.HTML(elem_classes="message")
            with gr.Row(elem_classes="actions"):
                self.start_button = gr.Button(
                    "Train a challenger with these corrections", elem_id="session-train"
                )
                self.cancel_button = gr.Button(
                    "Cancel", visible=False, elem_id="session-train-cancel"
                )
        self.timer = gr.Timer(LIVE_S, active=False)
        for event, act in (
            (self.start_button.click, self.start),
            (self.cancel_button.click, self.cancel),
            (self.timer.tick, self.look),
        ):
            event(partial(self.answer_to, act), {code, token}, self.outputs, **ONCE)

    @property
    def outputs(self) -> list[Any]:
        """Every component that an event may change."""
        parts = [self.panel, self.progress, self.message]
        return [*parts, self.start_button, self.cancel_button, self.timer]

    def show(self, seen: Board) -> Updates:
        """Return the updates for a board: there is something to learn once most people corrected a case."""
        trainer, cases = self.service.trainer, seen.figures.cases
        training = trainer.look(seen.session.code) if trainer else None
        model = self.service.catalogue.loaded.get(seen.session.plan.model)
        can_be_trained = model is None or model.can_be_trained
        offered = (
            trainer is not None
            and can_be_trained
            and (training is not None or cases.right < cases.total)
        )
        is_new = gr.update(visible=offered, open=True) if training else gr.update(visible=offered)
        return self.describe(training) | {self.panel: is_new}

    def describe(self, training: Training | None) -> Updates:
        """Return the updates for a training, or for none."""
        is_running = training is not None and training.state == "running"
        return {
            self.progress: training_html(training),
            self.message: "",
            self.start_button: gr.update(visible=not is_running),
            self.cancel_button: gr.update(visible=is_running),
            self.timer: gr.update(active=is_running),
        }

    def answer_to(self, act: Act, values: Values) -> Updates:
        """Do something for the facilitator, and show how far the training is; or say why not."""
        try:
            code, token = values[self.code] or "", values[self.token]
            session = self.service.session_for_facilitator(code, token)
            trainer = self.service.trainer
            if trainer is None:
                raise TrainingFailed("No challengers are trained here.")
            said = act(trainer, session)
            return self.describe(trainer.look(session.code)) | (
                {self.message: said} if said else {}
            )
        except UserError as error:
            return {self.message: error_html(error.message), self.timer: gr.update(active=False)}

    def start(self, trainer: ChallengerTrainer, session: Session) -> Any:
        """Start a training; return what to say if the data are missing."""
        # It brings pandas, which a start need not wait for.
        from models.training.datasets import find_missing

        model = self.service.model_of(session)
        corrections = write_corrections(self.service, session, confirmed=True).content
        names = [str(source["name"]) for source in model.metadata["training_data"]]
        if missing := find_missing(names):
            return missing_html(missing, session.code, model.spec.name)
        trainer.start(session.code, model.spec.name, corrections)
        return None

    def cancel(self, trainer: ChallengerTrainer, session: Session) -> None:
        trainer.cancel(session.code)

    def look(self, *_: object) -> None:
        """Show how far the training is, as after every event."""
