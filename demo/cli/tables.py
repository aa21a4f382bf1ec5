"""What the command line prints of review sessions: tables for people."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.render.words import DECISIONS, Facts, among_line, label_text, share_cells
from demo.sessions.model import Session
from demo.sessions.service import SessionService
from models.field import short_text
from models.spec import Record

if TYPE_CHECKING:
    from demo.cli.opening import Opened
    from demo.sessions.case_choice import CaseChoice

N_REJECTED, N_DISPUTED, N_COMMENTS = 5, 10, 10
LONGEST_EXCERPT = 60
BLIND_ROWS = {
    "first": "first labels, before it was shown",
    "toward": "then went over to the model",
    "away": "then turned from it",
}


def describe_listed(service: SessionService, session: Session) -> dict[str, Any]:
    """Return a session with how much it holds."""
    return session.describe() | vars(service.queries.counts(session))


def table_of(
    title: str, columns: Sequence[str], rows: Iterable[Iterable[object]], n_right: int = 0
) -> Table:
    """Return a table of what people typed, none of it markup; the last columns are aligned to the right."""
    table = Table(*columns, title=title or None, title_justify="left", box=None)
    for column in table.columns[len(columns) - n_right :]:
        column.justify = "right"
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    return table


def print_sessions(listed: Sequence[Facts]) -> None:
    if not listed:
        typer.echo("There are no sessions yet; `python -m demo sessions new` opens one.")
        return
    columns = ("Code", "Title", "Model", "State", "Cases", "Reviewers", "Verdicts")
    counts = ("n_cases", "n_reviewers", "n_verdicts")
    rows = (
        (each["code"], each["title"], each["model"], state_of(each), *map(each.get, counts))
        for each in listed
    )
    table = table_of("", columns, rows, 3)
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
    if beside := dict.fromkeys(name for case in choice.cases for name in case.context):
        typer.echo(f"Reviewers see beside each: {', '.join(beside)}.")
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
    decision, names = DECISIONS[signed["decision"]], ", ".join(signed["signed_by"])
    return f"{decision}, signed by {names} on {board['closed_at'][:10]}: {signed['reasons']}"


def reviewers_table(board: Facts) -> Table:
    """Return how far each reviewer is, and how often they agree with the model."""
    shares = {group["key"]: group["share"] for group in board["figures"]["by_reviewer"]}
    rows = (
        (each["name"], f"{each['done']} of {each['total']}", *share_cells(shares[each["id"]]))
        for each in board["reviewers"]
    )
    return table_of("Reviewers", ("Name", "Judged", "Agree", "95 % interval"), rows, 3)


def agreement_table(figures: Facts) -> Table:
    """Return how often people agree with the model: overall, by case, by class of its answer."""
    blind = figures["blind"]
    shares = [
        ("all verdicts", figures["overall"], figures["verdicts"]["cannot_tell"]),
        ("cases, by most people", figures["cases"], ""),
        *(
            (f"when it says {group['key']}", group["share"], group["cannot_tell"])
            for group in figures["by_class"]
        ),
        *((title, blind[name], "") for name, title in BLIND_ROWS.items() if blind),
    ]
    rows = (
        (name, share["right"], share["total"], *share_cells(share), untold)
        for name, share, untold in shares
    )
    columns = ("Agreement with the model", "Agree", "Of", "Share", "95 % interval", "Can't tell")
    return table_of("", columns, rows, 5)


def confusion_table(figures: Facts) -> Table:
    """Return what people hold to be right against what the model says."""
    classes = figures["classes"]
    counted = zip(figures["labels"], figures["confusion"], strict=True)
    rows = ((label_text(label), *counts) for label, counts in counted)
    return table_of("", ("People say \\ model says", *classes), rows, len(classes))


def disputes_table(board: Facts) -> Table:
    """Return the most disputed cases."""
    counted = zip(board["disputed"][:N_DISPUTED], board["figures"]["disputes"], strict=False)
    rows = (
        (case["number"], excerpt(case["record"]), said["predicted"], counted_text(said))
        for case, said in counted
    )
    return table_of("Most disputed", ("Case", "Input", "Model", "People"), rows)


def comments_table(board: Facts) -> Table:
    latest = board["comments"][: -N_COMMENTS - 1 : -1]
    rows = ((each["number"], each["reviewer"], each["text"]) for each in latest)
    return table_of("Latest comments", ("Case", "Reviewer", "Comment"), rows)


def counted_text(said: Facts) -> str:
    """Return what people say of a case, with how many say so."""
    counts = [*said["labels"].items(), ("can't tell", said["cannot_tell"])]
    return ", ".join(f"{label_text(label)} {n}" for label, n in counts if n)


def excerpt(record: Record) -> str:
    """Return the beginning of an input, on one line."""
    text = " ".join(" · ".join(filter(None, map(short_text, record.values()))).split())
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]}…"
