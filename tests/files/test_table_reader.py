import io
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from workbooks import as_excel_writes

from demo.files.errors import CaseListError
from demo.files.table import read_table
from demo.files.table_reader import TableReader, parse_output

TEXTS = ["fine", "näïve – “quoted”, 😍", "two\nlines\x85and\u2028more", '""', "\ud7ff"]


def write(folder: Path, content: str | bytes, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(reader: TableReader, path: Path) -> str:
    with pytest.raises(CaseListError) as caught:
        reader.read(path, path.name)
    return caught.value.message


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_read_as_it_is_in_this_process(tmp_path: Path, kind: str) -> None:
    import openpyxl  # type: ignore[import-untyped,unused-ignore]
    import pandas as pd

    frame = pd.DataFrame({"text": TEXTS, "label": ["pos"] * len(TEXTS)})
    content = io.BytesIO()
    if kind == "csv":
        frame.to_csv(content, index=False)
    else:
        assert openpyxl
        frame.to_excel(content, index=False)
    path = write(tmp_path, content.getvalue())

    assert TableReader().read(path, path.name).equals(read_table(path, path.name))


def test_it_works_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo").mkdir()
    write(tmp_path, "raise SystemExit(3)", "csv.py")
    path = write(tmp_path, "text\nfine\n")
    monkeypatch.chdir(tmp_path)

    assert TableReader().read(path.name, path.name)["text"].tolist() == ["fine"]


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "'cases.csv' is empty"), ("PK\x03\x04 no", "is no Excel workbook that can be read")],
)
def test_what_is_wrong_with_a_file_is_said_in_the_same_words(
    tmp_path: Path, content: str, said: str
) -> None:
    assert said in refusal(TableReader(), write(tmp_path, content))


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    os.mkfifo(path)  # Nobody writes to it.

    message = refusal(TableReader(seconds=1), path)

    assert message == (
        "'cases.csv' takes too much time or memory to read; leave out rows, columns or other sheets."
    )


def test_a_process_that_fails_is_a_sentence(tmp_path: Path) -> None:
    path = write(tmp_path, "text\nfine\n")

    assert "takes too much time or memory" in refusal(TableReader(child="no.such.module"), path)


@pytest.mark.parametrize(
    "output", [b"", b'{"names": ["text"]}\n', b'{"names": ["text"]}\n[2, ["fine"]]\n{"rows": 2}\n']
)
def test_half_of_what_was_read_is_nothing(output: bytes) -> None:
    with pytest.raises(CaseListError, match="takes too much"):
        parse_output("'cases.csv'", output)


def test_the_process_that_reads_has_a_limit_of_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    code = (
        "from demo.files.reading_process import limit_process, MEMORY_BYTES\n"
        "limit_process()\n"
        "bytearray(MEMORY_BYTES)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "MemoryError" in done.stderr


def test_one_file_is_read_at_a_time(tmp_path: Path) -> None:
    slow, quick = tmp_path / "slow.csv", write(tmp_path, "text\nfine\n")
    os.mkfifo(slow)
    reader = TableReader(seconds=60, wait_s=0.1)
    tables: list[Any] = []
    first = Thread(target=lambda: tables.append(reader.read(slow, slow.name)))
    first.start()
    with slow.open("w") as pipe:  # Waits until the other process reads.
        assert refusal(reader, quick) == "Another file is being read; try again in a moment."
        pipe.write("text\nslow\n")
    first.join()

    assert tables[0]["text"].tolist() == ["slow"]
    assert reader.read(quick, quick.name)["text"].tolist() == ["fine"]


def upload(client: httpx.Client, content: bytes, name: str) -> dict[str, Any]:
    """Send a file in the way of the page, and return what the form says of it."""
    config = client.get("/config").json()
    ids = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
    event = next(
        each
        for each in config["dependencies"]
        if [ids["session-file"], "upload"] in each["targets"]
    )
    (path,) = client.post("/gradio_api/upload", files={"files": (name, content)}).json()
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    body = {"fn_index": event["id"], "data": ["reviews", False, file, "all", 12]}
    answer = client.post("/gradio_api/run/predict", json=body, timeout=120)
    data = answer.json()["data"]
    return dict(zip(event["outputs"], data, strict=True)) | {"found": ids["session-found"]}


BRACKETS = b"text,label," + b"(" * 60_000 + b"\nfine,positive,1\n"


def hostile_workbook() -> bytes:
    return as_excel_writes("<row>" + "<c/>" * 500_000 + "</row>")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cases.csv", BRACKETS, "1 case"),
        ("cases.xlsx", hostile_workbook(), "is empty; write a header"),
    ],
)
def test_the_app_answers_while_a_hostile_file_is_read(
    server: str, name: str, content: bytes, said: str
) -> None:
    with (
        httpx.Client(base_url=server, trust_env=False) as client,
        httpx.Client(base_url=server, trust_env=False, timeout=60) as other,
    ):
        shown: dict[str, Any] = {}
        thread = Thread(target=lambda: shown.update(upload(client, content, name)))
        thread.start()
        waits = []
        while thread.is_alive():
            start = time.perf_counter()
            assert other.get("/health").status_code == 200
            waits.append(time.perf_counter() - start)
        thread.join()

    assert said in str(shown[shown["found"]])
    assert max(waits) < 5
