"""What the command line prints of review sessions: tables for people."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.render.words import Facts, among_line, interval_cell, share_cell
from demo.sessions.model import Session
from demo.sessions.service import SessionService
from models.spec import Record

if TYPE_CHECKING:
    from demo.cli.opening import Opened
    from demo.sessions.case_list import CaseChoice

N_REJECTED, N_DISPUTED, N_COMMENTS = 5, 10, 10


def describe_listed(service: SessionService, session: Session) -> dict[str, Any]:
    """Return a session with how much it holds."""
    return session.describe() | vars(service.queries.counts(session))


def table_of(title: str, columns: Sequence[str], n_right: int = 0) -> Table:
    """Return an empty table, its last columns aligned to the right."""
    table = Table(*columns, title=title or None, title_justify="left", box=None)
    for column in table.columns[len(columns) - n_right :]:
        column.justify = "right"
    return table


def add(table: Table, *cells: object) -> None:
    """Add a row of what people typed: none of it is markup."""
    table.add_row(*(Text(str(cell)) for cell in cells))


def print_sessions(rows: Iterable[dict[str, Any]]) -> None:
    """Print the sessions, or how to open one."""
    columns = ("Code", "Title", "Model", "State", "Cases", "Reviewers", "Verdicts")
    table = table_of("", columns, 3)
    for row in rows:
        counts = (row["n_cases"], row["n_reviewers"], row["n_verdicts"])
        add(table, row["code"], row["title"], row["model"], state_of(row), *counts)
    if not table.row_count:
        typer.echo("There are no sessions yet; `python -m demo sessions new` opens one.")
        return
    for column in table.columns:
        column.no_wrap = column.header != "Title"
        column.overflow = "fold"
    Console().print(table)


def state_of(row: Facts) -> str:
    """Return whether a session takes verdicts."""
    if row["closed_at"]:
        return "closed"
    return "standing" if row["standing"] else "open"


def print_opened(opened: "Opened") -> None:
    """Print the links to a new session, with a QR code of the one for reviewers."""
    import segno

    if opened.choice:
        print_choice(opened.choice)
    typer.echo(f"For the reviewers: {opened.reviewer_url}")
    typer.echo(f"For you alone:     {opened.facilitator_url}")
    segno.make(opened.reviewer_url, micro=False).terminal(compact=True)


def print_choice(choice: "CaseChoice") -> None:
    """Print how many cases a session begins with, and why lines of its list were left out."""
    typer.echo(f"{len(choice.cases):,} of {choice.n_listed:,} cases are in the session.")
    if choice.rejected:
        typer.echo(f"Lines left out: {len(choice.rejected):,}")
    for each in choice.rejected[:N_REJECTED]:
        typer.echo(f"  line {each.line}: {each.reason}")
    if len(choice.rejected) > N_REJECTED:
        typer.echo("  …")


def print_board(board: Facts) -> None:
    """Print how far a session is, and its figures."""
    console = Console()
    console.print(Text(board["title"], "bold"))
    model = f"{board['model']} {board['model_sha256'][:12]}"
    counts = (board["n_cases"], len(board["reviewers"]), board["n_verdicts"])
    for line in (
        f"{board['code']}, {model}, {state_of(board)}",
        "Cases: {:,} · reviewers: {:,} · verdicts: {:,}".format(*counts),
        board["purpose"],
        board["question"],
        signature_line(board),
    ):
        if line:
            console.print(line, markup=False)
    print_filled(console, reviewers_table(board))
    if board["n_verdicts"]:
        print_filled(console, agreement_table(board["figures"]))
        print_filled(console, confusion_table(board["figures"]))
        among = among_line(board["figures"]["among_reviewers"])
        console.print(f"\n{among}", markup=False)
    print_filled(console, disputes_table(board))
    print_filled(console, comments_table(board))


def print_filled(console: Console, table: Table) -> None:
    """Print a table unless it is empty."""
    if table.row_count:
        console.print()
        console.print(table)


def signature_line(board: Facts) -> str:
    """Return how a session ended, "" while it is open."""
    signed = board["signature"]
    if signed is None:
        return ""
    decision, names = (
        signed["decision"].replace("_", " ").capitalize(),
        ", ".join(signed["signed_by"]),
    )
    return f"{decision}, signed by {names} on {board['closed_at'][:10]}: {signed['reasons']}"


def reviewers_table(board: Facts) -> Table:
    """Return how far each reviewer is, and how often they agree with the model."""
    table = table_of("Reviewers", ("Name", "Judged", "Agree", "95 % interval"), 3)
    shares = {group["key"]: group["share"] for group in board["figures"]["by_reviewer"]}
    for each in board["reviewers"]:
        share, judged = shares[each["id"]], f"{each['done']} of {each['total']}"
        add(table, each["name"], judged, share_cell(share), interval_cell(share))
    return table


def agreement_table(figures: Facts) -> Table:
    """Return how often people agree with the model: overall, by case, by class of its answer."""
    columns = ("Agreement with the model", "Agree", "Of", "Share", "95 % interval", "Can't tell")
    table = table_of("", columns, 5)

    def row(name: str, share: Facts, untold: object = "") -> None:
        counts = (share["right"], share["total"], share_cell(share), interval_cell(share))
        add(table, name, *counts, untold)

    row("all verdicts", figures["overall"], figures["verdicts"]["cannot_tell"])
    row("cases, by most people", figures["cases"])
    for group in figures["by_class"]:
        row(f"when it says {group['key']}", group["share"], group["cannot_tell"])
    if blind := figures["blind"]:
        row("first labels, before it was shown", blind["first"])
        row("then went over to the model", blind["toward"])
        row("then turned from it", blind["away"])
    return table


def confusion_table(figures: Facts) -> Table:
    """Return what people hold to be right against what the model says."""
    classes = figures["classes"]
    table = table_of("", ("People say \\ model says", *classes), len(classes))
    for label, counts in zip(classes, figures["confusion"], strict=True):
        add(table, label, *counts)
    return table


def disputes_table(board: Facts) -> Table:
    """Return the most disputed cases."""
    table = table_of("Most disputed", ("Case", "Input", "Model", "People"))
    counted = board["figures"]["disputes"]
    for case, said in zip(board["disputed"][:N_DISPUTED], counted, strict=False):
        add(table, case["number"], excerpt(case["record"]), said["predicted"], counted_text(said))
    return table


def comments_table(board: Facts) -> Table:
    """Return the latest comments."""
    table = table_of("Latest comments", ("Case", "Reviewer", "Comment"))
    for comment in board["comments"][: -N_COMMENTS - 1 : -1]:
        add(table, comment["number"], comment["reviewer"], comment["text"])
    return table


def counted_text(said: Facts) -> str:
    """Return what people say of a case, with how many say so."""
    counts = [*said["labels"].items(), ("can't tell", said["cannot_tell"])]
    return ", ".join(f"{label} {n}" for label, n in counts if n)


LONGEST_EXCERPT = 60


def excerpt(record: Record) -> str:
    """Return the beginning of an input, on one line."""
    values = (f"{value:g}" if isinstance(value, float) else str(value) for value in record.values())
    text = " ".join(" · ".join(value for value in values if value).split())
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]}…"
