"""The command line of review sessions: `python -m demo sessions list | new | show | ...`."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demo.cli.models import one_line_errors
from demo.render.links import local_address, session_link

if TYPE_CHECKING:
    from demo.sessions.service import SessionService

app = typer.Typer(
    help="Open, watch and close review sessions. Whoever has the database needs no token.",
    no_args_is_help=True,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Code = Annotated[str, typer.Argument(help="The code of the session; `list` shows them.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="The file to write (default: print it).")
]
Url = Annotated[
    str | None,
    typer.Option(
        help="Where people reach the app (default: SECOND_OPINION_PUBLIC_URL, else its own address)."
    ),
]
Model = Annotated[
    str, typer.Argument(help="The name of a model; `python -m demo models` lists them.")
]
Title = Annotated[str, typer.Option(help="What reviewers know the session by.")]
Purpose = Annotated[str, typer.Option(help="What the model is to be used for.")]
Question = Annotated[str, typer.Option(help="The decision to be taken.")]
Blind = Annotated[
    bool, typer.Option("--blind", help="Reviewers give a label before they see the answer.")
]
Order = Annotated[str, typer.Option(help="The order of the cases: shared or shuffled.")]
Count = Annotated[
    int | None, typer.Option(help="How many verdicts a case needs (default: of every reviewer).")
]
Closed = Annotated[
    bool, typer.Option("--no-open-floor", help="Reviewers may not try inputs of their own.")
]
Anonymous = Annotated[bool, typer.Option("--anonymous", help="Reviewers need not give a name.")]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="A CSV or Excel file with the cases to be judged.")
]
OwnData = Annotated[
    bool,
    typer.Option("--own-data", help="Take the cases from the data that the model brings along."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help="FIELD=COLUMN where the guess is wrong, as in text=Review or, for true labels, label=Stars.",
    ),
]
Context = Annotated[
    list[str] | None,
    typer.Option(
        "--context",
        help='A column of the file that reviewers see beside each case (default: all others; "": none).',
    ),
]
Choose = Annotated[
    str | None,
    typer.Option(help="Which cases: all, unsure, random or mix (default: all; mix with --size)."),
]
Size = Annotated[int | None, typer.Option(help="How many cases to choose.")]
Decision = Annotated[str, typer.Option(help="approve, approve-with-conditions or reject.")]
Reasons = Annotated[str, typer.Option(help="Why.")]
Signers = Annotated[list[str], typer.Option(help="A name under the decision; may be repeated.")]
Format = Annotated[str, typer.Option("--format", help="html, json or csv.")]
Corrections = Annotated[
    bool,
    typer.Option(
        "--corrections", help="Only what most reviewers corrected, for `models.train --with`."
    ),
]
Confirmed = Annotated[
    bool,
    typer.Option(
        "--confirmed", help="With --corrections: also the cases in which most agree with the model."
    ),
]
ReportFile = Annotated[Path, typer.Argument(help="A report, as a page or as JSON.")]


@contextmanager
def open_service() -> Iterator["SessionService"]:
    """Give the service on the database of the settings; turn errors into one line and exit code 2."""
    with one_line_errors():
        from demo.main import build_service
        from demo.settings import read_settings
        from models.own.catalogue import load_models
        from models.own.description import Brought

        settings = read_settings(os.environ)
        catalogue = load_models([*map(Brought, settings.models)])
        service = build_service(catalogue, settings, limited=False)
        try:
            yield service
        finally:
            service.leave()


def base_of(url: str | None) -> str:
    """Return where people reach the app."""
    from demo.settings import read_settings

    settings = read_settings(os.environ)
    return url or settings.public_url or local_address(settings)


def print_json(content: Any) -> None:
    """Print JSON that people can read as well."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


@app.command("list")
def list_sessions(as_json: AsJson = False) -> None:
    """List every session, the newest first."""
    with open_service() as service:
        from demo.cli.tables import describe_listed, print_sessions

        rows = [describe_listed(service, session) for session in service.queries.all_sessions()]
    if as_json:
        print_json(rows)
    else:
        print_sessions(rows)


@app.command()
def new(
    model: Model,
    title: Title,
    purpose: Purpose = "",
    question: Question = "",
    blind: Blind = False,
    order: Order = "shared",
    verdicts_per_case: Count = None,
    no_open_floor: Closed = False,
    anonymous: Anonymous = False,
    cases: Cases = None,
    own_data: OwnData = False,
    column: Columns = None,
    context: Context = None,
    choose: Choose = None,
    size: Size = None,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Open a session, and print the links to it.

    For example: `sessions new reviews --title "Do we trust it?" --cases films.csv --size 50 --blind`.
    """
    words = {"title": title, "purpose": purpose, "question": question, "order": order}
    options = {"blind": blind, "open_floor": not no_open_floor, "anonymous": anonymous}
    asked = {"model": model, "verdicts_per_case": verdicts_per_case} | words | options
    with open_service() as service:
        from demo.cli.opening import Source, open_listed
        from demo.cli.tables import print_opened

        beside = tuple(context) if context else None
        source = Source(cases, own_data, tuple(column or ()), beside, choose, size)
        opened = open_listed(service, asked, source, base_of(url))
        if as_json:
            print_json(opened.describe())
        else:
            print_opened(opened)


@app.command()
def show(code: Code, as_json: AsJson = False) -> None:
    """Show how far a session is: its reviewers, figures, disputes and comments."""
    with open_service() as service:
        from demo.cli.tables import print_board
        from demo.sessions.board import board

        seen = board(service, service.session(code)).describe()
        if as_json:
            print_json(seen)
        else:
            print_board(seen)


@app.command()
def close(code: Code, decision: Decision, reasons: Reasons, signed_by: Signers) -> None:
    """Close a session with a decision; from then on it takes no verdict."""
    with open_service() as service:
        from demo.sessions.model import check_signature

        signature = check_signature(decision.replace("-", "_"), reasons, signed_by)
        session = service.close(service.session(code), signature)
    typer.echo(f"Closed: `python -m demo sessions report {session.code} --output report.html`.")


@app.command()
def report(code: Code, kind: Format = "html", output: Output = None) -> None:
    """Write the report of a closed session."""
    with open_service() as service:
        from demo.report.report import report

        write(report(service, service.session(code), kind), output)


@app.command()
def export(
    code: Code,
    corrections: Corrections = False,
    confirmed: Confirmed = False,
    output: Output = None,
) -> None:
    """Write every verdict so far as CSV, of an open session as well."""
    with open_service() as service:
        from demo.report.report import verdicts_csv
        from demo.report.sheets import write_corrections

        session = service.session(code)
        if corrections:
            from demo.render.words import counted

            sheet = write_corrections(service, session, confirmed=confirmed)
            write(sheet.content, output)
            if sheet.n_without_class:
                left_out = counted(sheet.n_without_class, "case")
                typer.echo(f"Left out: {left_out} that no label fits, most people say.", err=True)
        else:
            write(verdicts_csv(service, session), output)


@app.command()
def verify(path: ReportFile) -> None:
    """Check that a report is unchanged, and the same as in the database."""
    with open_service() as service:
        from demo.report.files import check_report

        typer.echo(check_report(service, path))


@app.command()
def link(code: Code, url: Url = None) -> None:
    """Make a new link for the facilitator; the one before no longer works."""
    with open_service() as service:
        session = service.session(code)
        token = service.new_facilitator(session)
        typer.echo(session_link(base_of(url), session.code, facilitator=token))


def write(content: str, output: Path | None) -> None:
    """Write a file, byte by byte as it was made, or print it; raise UserError if it cannot be written."""
    from demo.report.files import write_file

    if output is None:
        typer.echo(content.encode(), nl=False)
    else:
        write_file(content, output)
        typer.echo(f"Wrote {output}.")
