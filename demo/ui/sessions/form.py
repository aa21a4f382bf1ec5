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
from demo.ui.components import fields_of
from demo.ui.events import DIRECT, UNCHECKED, Updates, Values
from demo.ui.sessions.board import BoardPanel
from demo.ui.sessions.page_address import base_of
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

    def __init__(self, service: SessionService, board: BoardPanel, entry: gr.Column) -> None:
        self.service, self.board, self.entry = service, board, entry
        self.reader = TableReader()
        with gr.Column(elem_classes="session-form") as self.column:
            gr.HTML("<h2>Open a session</h2>")
            with gr.Row():
                with gr.Column():
                    self.build_purpose()
                with gr.Column():
                    self.build_cases()
            self.message = gr.HTML(elem_classes="message", elem_id="session-form-message")
            self.open_button = gr.Button(
                "Open the session", variant="primary", elem_id="session-open"
            )
        self.connect()

    def build_purpose(self) -> None:
        """Build what the session is about and how it is held."""
        choices = [
            (model.spec.title, name) for name, model in self.service.catalogue.loaded.items()
        ]
        # By the names of a plan's fields.
        self.plan: dict[str, Any] = {
            "title": gr.Textbox(
                label="Title",
                placeholder="Can we rely on it for support mail?",
                elem_id="session-title",
            ),
            "model": gr.Radio(choices, value=choices[0][1], label="Model", elem_id="session-model"),
            "purpose": gr.Textbox(label="Purpose (optional)", lines=2, elem_id="session-purpose"),
            "question": gr.Textbox(
                label="Decision to be taken (optional)", lines=2, elem_id="session-question"
            ),
            "blind": gr.Checkbox(
                label="Blind: reviewers give their own label before they see the answer",
                value=True,
                elem_id="session-blind",
            ),
        }
        self.shuffled = gr.Checkbox(label="Another order of the cases for each reviewer")
        self.plan["anonymous"] = gr.Checkbox(label="Reviewers may leave their name out")
        self.model = self.plan["model"]

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
        fields = fields_of(self.service.catalogue.loaded.values())
        labels = {
            name: f"Column with the {field.title.lower()}{' (optional)' if field.is_optional else ''}"
            for name, field in fields.items()
        }
        return labels | {TRUE_LABEL: "Column with the true label (optional)"}

    def connect(self) -> None:
        """Say which event calls what."""
        columns = [*self.columns.values()]
        file_inputs: set[Any] = {self.model, self.own_data, self.file, self.how, self.size}
        list_inputs = file_inputs | {*columns}
        found = [self.found, self.size]
        guessed = [*columns, *found, self.own_data, self.file, self.message]
        for event in (self.file.upload, self.file.clear, self.model.input, self.own_data.input):
            event(self.guess_columns, file_inputs, guessed, **DIRECT)
        for event in (*(part.input for part in columns), self.how.input, self.size.input):
            event(self.count_cases, list_inputs, found, **DIRECT)
        self.source.input(
            lambda source: gr.update(visible=source != "floor"),
            self.source,
            self.listed,
            **UNCHECKED,
        )
        inputs = list_inputs | {*self.plan.values(), self.shuffled, self.source, self.wanted}
        opened = [self.entry, self.message, *self.board.outputs]
        self.open_button.click(self.open_session, inputs, opened, trigger_mode="once", **DIRECT)

    def guess_columns(self, values: Values) -> Updates:
        """Return which columns of a new file hold what, and how many cases that gives."""
        model = self.service.catalogue[values[self.model]]
        has_own = "known_samples" in model.metadata
        values = values | {self.own_data: has_own and values[self.own_data]}
        shown = {
            self.own_data: gr.update(visible=has_own, value=values[self.own_data]),
            self.file: gr.update(visible=not values[self.own_data]),
            self.message: "",
        }
        wanted, choices, guess = set(), [], {}
        try:
            table = self.read_table(values)
            if table is not None:
                wanted = {*model.spec.field_names, TRUE_LABEL}
                choices = [NO_COLUMN, *map(str, table.columns)]
                guess = guess_columns(table, model.spec)
        except UserError as error:
            hidden = {part: gr.update(visible=False) for part in self.columns.values()}
            return shown | hidden | {self.found: error_html(error.message)}
        columns = {part: guess.get(name) or NO_COLUMN for name, part in self.columns.items()}
        shown |= {
            part: gr.update(choices=choices, value=columns[part], visible=name in wanted)
            for name, part in self.columns.items()
        }
        return shown | self.count_cases(values | columns, table)

    def count_cases(self, values: Values, table: Any = None) -> Updates:
        """Say how many cases there are, and which rows are left out of the file, or its `table`."""
        try:
            found = found_html(self.choose_cases(values, table)) if self.has_list(values) else ""
        except UserError as error:
            found = error_html(error.message)
        return {self.found: found, self.size: gr.update(visible=values[self.how] != "all")}

    def has_list(self, values: Values) -> bool:
        """Tell whether the form names a list of cases."""
        return bool(values[self.own_data] or values[self.file])

    def read_table(self, values: Values) -> Any:
        """Return the file as a table, None without one or for the model's own data; raise CaseListError."""
        path = values[self.file]
        return self.reader.read(path, path) if path and not values[self.own_data] else None

    def choose_cases(self, values: Values, table: Any = None) -> CaseChoice:
        """Return the cases that the form stands for; raise CaseListError or InvalidSession."""
        if table is None:
            table = self.read_table(values)
        columns = {
            name: None if values[part] in ("", NO_COLUMN) else values[part]
            for name, part in self.columns.items()
        }
        model = self.service.catalogue[values[self.model]]
        listed = list_cases(model, table, columns)
        return choose_cases(model, listed, values[self.how], values[self.size])

    def open_session(self, values: Values, request: gr.Request) -> Updates:
        is_listed, wanted = values[self.source] != "floor", values[self.wanted]
        asked = {name: values[part] for name, part in self.plan.items()} | {
            "order": "shuffled" if values[self.shuffled] else "shared",
            "open_floor": values[self.source] != "list",
            "verdicts_per_case": int(wanted) if wanted else None,
        }
        try:
            plan = check_plan(asked)
            if is_listed and not self.has_list(values):
                raise InvalidSession(
                    "There is no list of cases yet; add a file, or let reviewers try inputs of their own."
                )
            cases = self.choose_cases(values).cases if is_listed else ()
            session, token = self.service.open_session(plan, cases)
            base = base_of(request, self.service.address)
            board = self.board.open_board(session.code, token, base)
            return board | {self.entry: gr.update(visible=False)}
        except UserError as error:
            return {self.message: error_html(error.message)}
