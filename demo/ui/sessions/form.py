"""The form by which a facilitator opens a review session."""

from typing import Any

import gradio as gr

from demo.files.columns import guess_columns
from demo.files.table_reader import TableReader
from demo.render.answer import error_html
from demo.render.session import found_html
from demo.sessions.case_list import CaseChoice, choose_cases, list_cases
from demo.sessions.errors import InvalidSession
from demo.sessions.model import check_plan
from demo.sessions.service import SessionService
from demo.ui.sessions.board import BoardPanel
from demo.ui.sessions.page_address import base_of
from demo.ui.sessions.seat import Updates
from demo.ui.subject_panel import DIRECT, UNCHECKED
from models.errors import UserError

SOURCES = [
    ("Reviewers try inputs of their own", "floor"),
    ("Everyone judges a list of cases", "list"),
    ("Both", "both"),
]
CHOICES = [
    ("All of them", "all"),
    ("The most unsure", "unsure"),
    ("Random ones", "random"),
    ("Half unsure, half random", "mix"),
]
NO_COLUMN = "(none)"
TRUE_LABEL = "label"
N_USUAL = 12


class FormPanel:
    """What a facilitator fills in; the board is shown once the session is open."""

    def __init__(self, service: SessionService, board: BoardPanel, lobby: gr.Column) -> None:
        self.service, self.board, self.lobby = service, board, lobby
        self.reader = TableReader()
        models = service.catalogue.loaded.values()
        self.named = {field.name: field for model in models for field in model.spec.fields}
        with gr.Column(elem_classes="session-form") as self.column:
            gr.HTML("<h2>Open a session</h2>")
            with gr.Row():
                with gr.Column():
                    self.build_purpose()
                with gr.Column():
                    self.build_cases()
            self.message = gr.HTML(elem_classes="message", elem_id="session-form-message")
            self.open = gr.Button("Open the session", variant="primary", elem_id="session-open")
        self.connect()

    def build_purpose(self) -> None:
        """Build what the session is about and how it is held."""
        choices = [
            (model.spec.title, name) for name, model in self.service.catalogue.loaded.items()
        ]
        self.title = gr.Textbox(
            label="Title",
            placeholder="Can we rely on it for support mail?",
            elem_id="session-title",
        )
        self.model = gr.Radio(choices, value=choices[0][1], label="Model", elem_id="session-model")
        self.purpose = gr.Textbox(label="Purpose (optional)", lines=2, elem_id="session-purpose")
        self.question = gr.Textbox(
            label="Decision to be taken (optional)", lines=2, elem_id="session-question"
        )
        self.blind = gr.Checkbox(
            label="Blind: reviewers give their own label before they see the answer",
            value=True,
            elem_id="session-blind",
        )
        self.shuffled = gr.Checkbox(label="Another order of the cases for each reviewer")
        self.anonymous = gr.Checkbox(label="Reviewers may leave their name out")

    def build_cases(self) -> None:
        """Build what is judged: a list, the open floor, or both."""
        self.source = gr.Radio(
            SOURCES, value="both", label="What is judged", elem_id="session-source"
        )
        with gr.Column(elem_classes="session-list") as self.listed:
            self.own_data = gr.Checkbox(
                label="Cases from the data set that the model learnt from", visible=False
            )
            self.file = gr.File(
                label="Cases: CSV or Excel, up to 20 MB",
                file_types=[".csv", ".tsv", ".txt", ".xlsx"],
                height=120,
                elem_id="session-file",
            )
            self.columns = {
                name: gr.Dropdown([], label=label, visible=False, allow_custom_value=True)
                for name, label in self.column_labels().items()
            }
            self.how = gr.Radio(CHOICES, value="all", label="Which of them", elem_id="session-how")
            self.size = gr.Number(
                value=N_USUAL,
                precision=0,
                label="How many",
                visible=False,
                elem_id="session-size",
            )
            self.found = gr.HTML(elem_id="session-found")
        self.wanted = gr.Number(
            value=0,
            precision=0,
            label="Verdicts a case needs (0: one of every reviewer)",
        )

    def column_labels(self) -> dict[str, str]:
        """Return the label of the choice of a column, for each field and the true label."""
        optional = {
            name: " (optional)" if field.is_optional else "" for name, field in self.named.items()
        }
        labels = {
            name: f"Column with the {field.title.lower()}{optional[name]}"
            for name, field in self.named.items()
        }
        return labels | {TRUE_LABEL: "Column with the true label (optional)"}

    def connect(self) -> None:
        """Say which event calls what."""
        choice = [self.model, self.own_data, self.file, *self.columns.values(), self.how, self.size]
        shown = [
            self.own_data,
            self.file,
            *self.columns.values(),
            self.found,
            self.size,
            self.listed,
            self.message,
        ]
        for event in (self.file.upload, self.file.clear, self.model.input, self.own_data.input):
            event(self.guessed, [*choice[:3], self.how, self.size], shown, **DIRECT)
        changed = [part.input for part in self.columns.values()]
        for event in (*changed, self.how.input, self.size.input):
            event(self.counted, choice, [self.found, self.size], **DIRECT)
        self.source.input(
            lambda source: gr.update(visible=source != "floor"),
            self.source,
            self.listed,
            **UNCHECKED,
        )
        plan = [self.title, self.purpose, self.question, self.blind, self.shuffled, self.anonymous]
        plan += [self.source, self.wanted]
        outputs = [self.lobby, self.message, *self.board.outputs]
        self.open.click(self.opened, [*plan, *choice], outputs, trigger_mode="once", **DIRECT)

    def guessed(
        self, name: str, own_data: bool, path: str | None, how: str, size: int | None
    ) -> Updates:
        """Return which columns of a new file hold what, and how many cases that gives."""
        model = self.service.catalogue[name]
        has_own = "known_samples" in model.metadata
        own_data = own_data and has_own
        shown = {
            self.own_data: gr.update(visible=has_own, value=own_data),
            self.file: gr.update(visible=not own_data),
            self.message: "",
        }
        wanted = set() if own_data or not path else {*model.spec.field_names, TRUE_LABEL}
        try:
            table = self.reader.read(path, path) if path and wanted else None
            guess = guess_columns(table, model.spec) if table is not None else {}
        except UserError as error:
            hidden = {part: gr.update(visible=False) for part in self.columns.values()}
            return shown | hidden | {self.found: error_html(error.message)}
        choices = [NO_COLUMN, *map(str, table.columns)] if table is not None else []
        columns = {
            part: gr.update(
                choices=choices, value=guess.get(field) or NO_COLUMN, visible=field in wanted
            )
            for field, part in self.columns.items()
        }
        values = [guess.get(field) for field in self.columns]
        return shown | columns | self.counted(name, own_data, path, *values, how, size, table=table)

    def counted(
        self, name: str, own_data: bool, path: str | None, *values: Any, table: Any = None
    ) -> Updates:
        """Say how many cases there are, and which rows are left out of the file, or its `table`."""
        *_, how, _ = values
        sized = {self.size: gr.update(visible=how != "all")}
        if not (own_data or path):
            return sized | {self.found: ""}
        try:
            table = self.read(own_data, path) if table is None else table
            return sized | {self.found: found_html(self.choice_of(name, table, values))}
        except UserError as error:
            return sized | {self.found: error_html(error.message)}

    def read(self, own_data: bool, path: str | None) -> Any:
        """Return the file as a table, None for the model's own data; raise CaseListError."""
        return self.reader.read(path, path) if path and not own_data else None

    def choice_of(self, name: str, table: Any, values: tuple[Any, ...]) -> CaseChoice:
        """Return the cases that the form stands for; raise CaseListError or InvalidSession."""
        *columns, how, size = values
        named = {
            field: None if column in (None, "", NO_COLUMN) else column
            for field, column in zip(self.columns, columns, strict=True)
        }
        model = self.service.catalogue[name]
        return choose_cases(model, list_cases(model, table, named), how, size)

    def opened(
        self,
        request: gr.Request,
        title: str,
        purpose: str,
        question: str,
        blind: bool,
        shuffled: bool,
        anonymous: bool,
        source: str,
        wanted: float | None,
        name: str,
        own_data: bool,
        path: str | None,
        *values: Any,
    ) -> Updates:
        """Open the session, and show its board."""
        asked = {
            "title": title,
            "model": name,
            "purpose": purpose,
            "question": question,
            "blind": blind,
            "order": "shuffled" if shuffled else "shared",
            "anonymous": anonymous,
            "open_floor": source != "list",
            "verdicts_per_case": int(wanted) if wanted else None,
        }
        try:
            plan = check_plan(asked)
            listed = source != "floor"
            if listed and not (own_data or path):
                raise InvalidSession(
                    "There is no list of cases yet; add a file, or let reviewers try inputs of their own."
                )
            table = self.read(own_data, path) if listed else None
            cases = self.choice_of(name, table, values).cases if listed else ()
            session, token = self.service.open_session(plan, cases)
            board = self.board.opened(session.code, token, base_of(request, self.service.address))
            return board | {self.lobby: gr.update(visible=False)}
        except UserError as error:
            return {self.message: error_html(error.message)}
