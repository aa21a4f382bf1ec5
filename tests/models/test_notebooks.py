"""The notebooks run from top to bottom, on few samples, and show no text of the data sets."""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat as untyped_nbformat
import pytest
from nbclient import NotebookClient

from models.training.datasets import FOLDER_VARIABLE, load_dataset
from models.training.downloads import cache_folder

nbformat: Any = untyped_nbformat
ROOT = Path(__file__).parents[2]
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
DATASETS = ("semeval_train", "imdb_train", "sentence_polarity_cut")
SEEN_WORDS = 7
FEW_ROWS = "400"


def missing_data() -> list[str]:
    """Name the data sets that are in none of the folders where they are looked for."""
    places = [os.environ.get(FOLDER_VARIABLE), cache_folder()]
    folders = [Path(place) for place in places if place]
    return [
        name
        for name in DATASETS
        if not any((folder / f"{name}.parquet").exists() for folder in folders)
    ]


needs_data = pytest.mark.skipif(
    bool(missing_data()),
    reason=f"The data sets {', '.join(missing_data())} are not on this machine; {FOLDER_VARIABLE} can "
    "name a folder that holds them.",
)


def outputs(notebook: Any) -> Iterator[str]:
    """Yield every text that the cells of a notebook show, images left out."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = {"text/plain": output.get("text", ""), **output.get("data", {})}
            yield from (
                "".join(text) for kind, text in shown.items() if not kind.startswith("image/")
            )


def runs_of_words(text: str, step: int = 1) -> Iterator[str]:
    """Yield each run of so many words, in lower case; of a long text only those at every `step`."""
    words = text.lower().split()
    for start in range(0, len(words) - SEEN_WORDS + 1, step):
        yield " ".join(words[start : start + SEEN_WORDS])


@cache
def texts_of_data_sets() -> frozenset[str]:
    """Return runs of words of all texts: one of them is in any quotation that is longer by three."""
    return frozenset(
        run
        for name in DATASETS
        for text in load_dataset(name).frame["text"]
        for run in runs_of_words(text, step=4)
    )


def find_quotations(notebook: Any) -> set[str]:
    shown = {run for text in outputs(notebook) for run in runs_of_words(text)}
    return shown & texts_of_data_sets()


def execute(path: Path) -> Any:
    """Run a notebook where it stands, with few samples; return it with its new outputs."""
    notebook = nbformat.read(path, as_version=4)
    # So few samples are fitted faster by one thread than by several that wait for each other.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    settings = os.environ | threads | {"SECOND_OPINION_NOTEBOOK_ROWS": FEW_ROWS}
    folder = {"metadata": {"path": str(path.parent)}}
    return NotebookClient(notebook, timeout=120, resources=folder).execute(env=settings)


@pytest.mark.parametrize("name", ["sentiment", "iris"])
@needs_data
def test_a_notebook_runs_on_few_samples_and_quotes_no_data(name: str) -> None:
    notebook = execute(NOTEBOOKS[name])

    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    pictures = [text for cell in code for output in cell.outputs for text in output.get("data", {})]
    assert pictures.count("image/png") >= 5
    assert find_quotations(notebook) == set()


@pytest.mark.parametrize("name", ["sentiment", "iris"])
@needs_data
def test_a_stored_notebook_quotes_no_data(name: str) -> None:
    assert find_quotations(nbformat.read(NOTEBOOKS[name], as_version=4)) == set()


@needs_data
def test_a_quotation_in_an_output_would_be_found() -> None:
    longest = max(load_dataset("semeval_train").frame["text"].head(50), key=len)
    output = nbformat.v4.new_output("stream", text=f"0  {longest}")
    cell = nbformat.v4.new_code_cell("", outputs=[output])

    assert find_quotations(nbformat.v4.new_notebook(cells=[cell]))


@pytest.mark.parametrize("name", ["sentiment", "iris"])
def test_a_stored_notebook_was_run_from_top_to_bottom(name: str) -> None:
    notebook = json.loads(NOTEBOOKS[name].read_text("utf-8"))

    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = {output["output_type"] for cell in code for output in cell["outputs"]}
    assert "error" not in kinds
    assert not any(output.get("name") == "stderr" for cell in code for output in cell["outputs"]), (
        "A stored output holds a warning."
    )


def test_every_notebook_has_the_chapters_that_were_asked_for() -> None:
    wanted = (
        "data",
        "preprocessing",
        "comparison",
        "search",
        "evaluation",
        "errors",
        "save and load",
    )
    for path in NOTEBOOKS.values():
        notebook = nbformat.read(path, as_version=4)
        titles = [
            line.lower()
            for cell in notebook.cells
            if cell.cell_type == "markdown"
            for line in cell.source.splitlines()
            if line.startswith("## ")
        ]
        assert [any(word in title for title in titles) for word in wanted] == [True] * len(wanted)
