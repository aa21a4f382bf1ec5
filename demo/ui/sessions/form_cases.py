"""The second step of opening a session: which cases are judged."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from demo.files.columns import guess_columns
from demo.files.table_reader import TableReader
from demo.render.form import chosen_html
from demo.sessions.case_choice import CaseChoice, choose_cases
from demo.sessions.case_context import other_columns
from demo.sessions.case_list import list_cases
from demo.sessions.errors import InvalidSession
from demo.sessions.new_session import NewCase
from demo.ui.components import fields_of
from demo.ui.events import DIRECT, UNCHECKED, Updates, Values
from demo.ui.sessions.form_messages import build_message, say
from models.errors import UserError
from models.registry import ModelCatalogue

SOURCES = [
    ("A list of cases", "list"),
    ("What reviewers try themselves", "floor"),
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
BESIDE = "The model does not read them. Reviewers see them, and the report and its files carry them: leave out what is private."


class CasesStep:
    """Where the cases come from, which of them are taken, and the first five as reviewers get them."""

    def __init__(self, catalogue: ModelCatalogue, model: gr.Radio) -> None:
        self.catalogue, self.model = catalogue, model
        self.reader = TableReader()
        self.messages: dict[str, Any] = {}
        self.source = gr.Radio(
            SOURCES, value="list", label="Reviewers judge", elem_id="session-source"
        )
        with gr.Column(elem_classes="session-list") as self.listed:
            with gr.Row():
                with gr.Column():
                    self.build_file()
                with gr.Column():
                    self.build_choice()
            with gr.Column(elem_classes="session-columns"):
                self.columns = {
                    name: gr.Dropdown([], label=label, visible=False, allow_custom_value=True)
                    for name, label in self.column_labels().items()
                }
                self.beside = gr.Dropdown(
                    [],
                    multiselect=True,
                    allow_custom_value=True,
                    visible=False,
                    label="Columns shown beside each case",
                    info=BESIDE,
                    elem_id="session-beside",
                )
            # How many were chosen, the first of them, and what was left out; or why none can be.
            self.found = gr.HTML(elem_id="session-found")
        self.messages["cases"] = self.found
        self.n_cases = gr.Number(0, visible=False)
        self.connect()

    def build_file(self) -> None:
        self.own_data = gr.Checkbox(
            label="Cases from the data that came with the model",
            visible=False,
            elem_id="session-own-data",
        )
        self.file = gr.File(
            label="Cases: CSV or Excel, up to 20 MB",
            file_types=[".csv", ".tsv", ".txt", ".xlsx"],
            height=120,
            elem_id="session-file",
        )
        self.messages["file"] = build_message("file")

    def build_choice(self) -> None:
        self.how = gr.Radio(CHOICES, value="all", label="Which of them", elem_id="session-how")
        self.size = gr.Number(
            value=N_USUAL, precision=0, label="How many", visible=False, elem_id="session-size"
        )
        self.messages["size"] = build_message("size")

    def column_labels(self) -> dict[str, str]:
        """Return the label of the choice of a column, for each field and the true label."""
        fields = fields_of(self.catalogue.loaded.values())
        labels = {
            name: f"Column with the {field.title.lower()}{' (optional)' if field.is_optional else ''}"
            for name, field in fields.items()
        }
        return labels | {TRUE_LABEL: "Column with the true label (optional)"}

    @property
    def inputs(self) -> set[Any]:
        parts = {self.model, self.own_data, self.file, self.how, self.size, self.source}
        return parts | {*self.columns.values(), self.beside}

    def connect(self) -> None:
        """Say which event calls what."""
        file_inputs: set[Any] = {self.model, self.own_data, self.file, self.how, self.size}
        counted = [*self.messages.values(), self.size]
        guessed = [*self.columns.values(), self.beside, self.own_data, self.file, *counted]
        for event in (self.file.upload, self.file.clear, self.model.input, self.own_data.input):
            event(self.guess_columns, file_inputs, guessed, **DIRECT)
        changed: tuple[Any, ...] = (*self.columns.values(), self.beside, self.how, self.size)
        for part in changed:
            part.input(self.count_cases, self.inputs, counted, **DIRECT)
        self.source.input(
            lambda source: gr.update(visible=source != "floor"),
            self.source,
            self.listed,
            **UNCHECKED,
        )

    def guess_columns(self, values: Values) -> Updates:
        """Return which columns of a new file hold what, and the cases that this gives."""
        model = self.catalogue[values[self.model]]
        has_own = "known_samples" in model.metadata
        values = values | {self.own_data: has_own and values[self.own_data]}
        shown = {
            self.own_data: gr.update(visible=has_own, value=values[self.own_data]),
            self.file: gr.update(visible=not values[self.own_data]),
        }
        wanted, names, others, guess = set(), [], [], {}
        try:
            table = self.read_table(values)
            if table is not None:
                wanted = {*model.spec.field_names, TRUE_LABEL}
                names = [*map(str, table.columns)]
                guess = guess_columns(table, model.spec)
                others = other_columns(table, guess.values())
        except UserError as error:
            hidden = {
                part: gr.update(visible=False) for part in (*self.columns.values(), self.beside)
            }
            return shown | hidden | say(self.messages, error)
        columns = {part: guess.get(name) or NO_COLUMN for name, part in self.columns.items()}
        shown |= {
            part: gr.update(
                choices=[NO_COLUMN, *names], value=columns[part], visible=name in wanted
            )
            for name, part in self.columns.items()
        }
        shown[self.beside] = gr.update(choices=names, value=others, visible=bool(others))
        return shown | self.count_cases(values | columns | {self.beside: others}, table)

    def count_cases(self, values: Values, table: Any = None) -> Updates:
        """Show the first of the cases, and which rows are left out of the file, or its `table`."""
        size = {self.size: gr.update(visible=values[self.how] != "all")}
        if not self.has_list(values):
            return size | say(self.messages)
        try:
            choice = self.choose_listed(values, table)
        except UserError as error:
            return size | say(self.messages, error)
        spec = self.catalogue[values[self.model]].spec
        return size | say(self.messages) | {self.found: chosen_html(choice, spec)}

    def has_list(self, values: Values) -> bool:
        """Tell whether the form names a list of cases."""
        return bool(values[self.own_data] or values[self.file])

    def read_table(self, values: Values) -> Any:
        """Return the file as a table, None without one or for the model's own data; raise CaseListError."""
        path = values[self.file]
        return self.reader.read(path, path) if path and not values[self.own_data] else None

    def choose(self, values: Values) -> Sequence[NewCase]:
        """Return the cases of the list, none for the open floor alone; raise UserError if they are missing."""
        if values[self.source] == "floor":
            return ()
        if not self.has_list(values):
            raise InvalidSession(
                "There is no list of cases yet; add a file, or let reviewers try inputs of their own.",
                "file",
            )
        return self.choose_listed(values).cases

    def choose_listed(self, values: Values, table: Any = None) -> CaseChoice:
        """Return the cases that the form stands for; raise CaseListError or InvalidSession."""
        if table is None:
            table = self.read_table(values)
        columns = {
            name: None if values[part] in ("", NO_COLUMN) else values[part]
            for name, part in self.columns.items()
        }
        model = self.catalogue[values[self.model]]
        own = {columns[name] for name in (*model.spec.field_names, TRUE_LABEL)}
        beside = [str(name) for name in values[self.beside] or () if name not in own]
        listed = list_cases(model, table, columns, beside)
        return choose_cases(model, listed, values[self.how], values[self.size])
