"""What the command line prints of review sessions: tables for people."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demo.sessions.board import Board
from demo.sessions.metrics.dispute import CaseFigures
from demo.sessions.metrics.intervals import Share
from demo.sessions.metrics.reviewer_agreement import ReviewerAgreement
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


def state_of(row: dict[str, Any]) -> str:
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


def print_board(board: Board) -> None:
    """Print how far a session is, and its figures."""
    console, plan = Console(), board.session.plan
    console.print(Text(plan.title, "bold"))
    model = f"{plan.model} {board.session.model_sha256[:12]}"
    console.print(
        f"{board.session.code}, {model}, {state_of(board.session.describe())}", markup=False
    )
    counts = (len(board.numbers), len(board.progress), board.n_verdicts)
    held = "Cases: {:,} · reviewers: {:,} · verdicts: {:,}".format(*counts)
    for line in (held, plan.purpose, plan.question, *signature_lines(board.session)):
        if line:
            console.print(line, markup=False)
    for table in (reviewers_table(board), agreement_table(board), confusion_table(board)):
        print_filled(console, table)
    if board.n_verdicts:
        console.print(f"\n{agreement_text(board.figures.among_reviewers)}", markup=False)
    for table in (disputes_table(board), comments_table(board)):
        print_filled(console, table)


def print_filled(console: Console, table: Table) -> None:
    """Print a table unless it is empty."""
    if table.row_count:
        console.print()
        console.print(table)


def signature_lines(session: Session) -> list[str]:
    """Return how a session ended."""
    signed = session.signature
    if signed is None:
        return []
    decision, names = signed.decision.replace("_", " ").capitalize(), ", ".join(signed.signed_by)
    day = (session.closed_at or "")[:10]
    return [f"{decision}, signed by {names} on {day}: {signed.reasons}"]


def reviewers_table(board: Board) -> Table:
    """Return how far each reviewer is, and how often they agree with the model."""
    table = table_of("Reviewers", ("Name", "Judged", "Agree", "95 % interval"), 3)
    shares = {group.key: group.share for group in board.figures.by_reviewer}
    for each in board.progress:
        share = shares[each.reviewer.id]
        judged = f"{each.done} of {each.total}"
        add(table, each.reviewer.name, judged, share_text(share), interval_text(share))
    return table


def agreement_table(board: Board) -> Table:
    """Return how often people agree with the model: overall, by case, by class of its answer."""
    figures = board.figures
    columns = ("Agreement with the model", "Agree", "Of", "Share", "95 % interval", "Can't tell")
    table = table_of("", columns, 5)
    if not board.n_verdicts:
        return table

    def row(name: str, share: Share, untold: object = "") -> None:
        counts = (share.right, share.total, share_text(share), interval_text(share))
        add(table, name, *counts, untold)

    row("all verdicts", figures.overall, figures.verdicts["cannot_tell"])
    row("cases, by most people", figures.cases)
    for group in figures.by_class:
        row(f"when it says {group.key}", group.share, group.cannot_tell)
    if figures.blind:
        row("first labels, before it was shown", figures.blind.first)
        row("then went over to the model", figures.blind.toward)
        row("then turned from it", figures.blind.away)
    return table


def confusion_table(board: Board) -> Table:
    """Return what people hold to be right against what the model says."""
    classes = board.figures.classes
    columns = ("People say \\ model says", *classes)
    table = table_of("", columns, len(classes))
    if board.n_verdicts:
        for label, counts in zip(classes, board.figures.confusion, strict=True):
            add(table, label, *counts)
    return table


def disputes_table(board: Board) -> Table:
    """Return the most disputed cases."""
    table = table_of("Most disputed", ("Case", "Input", "Model", "People"))
    for case in board.disputed[:N_DISPUTED]:
        case_id = int(case.case)
        input_text = excerpt(board.records[case_id])
        add(table, board.numbers[case_id], input_text, case.predicted, counted_text(case))
    return table


def comments_table(board: Board) -> Table:
    """Return the latest comments."""
    table = table_of("Latest comments", ("Case", "Reviewer", "Comment"))
    for comment in board.comments[: -N_COMMENTS - 1 : -1]:
        add(table, board.numbers[comment.case], comment.reviewer, comment.text)
    return table


LONGEST_EXCERPT = 60
NOTHING = "–"


def share_text(share: Share) -> str:
    """Return a share in percent."""
    return NOTHING if share.share is None else f"{100 * share.share:.0f} %"


def interval_text(share: Share) -> str:
    """Return the interval of a share in percent."""
    if share.low is None or share.high is None:
        return NOTHING
    return f"{100 * share.low:.0f} to {100 * share.high:.0f} %"


def agreement_text(among: ReviewerAgreement) -> str:
    """Return how far reviewers agree among themselves."""
    if among.value is None:
        return f"Agreement among reviewers: {among.reason}"
    return (
        f"Agreement among {among.n_reviewers} reviewers on {among.n_cases} cases: {among.method} "
        f"{among.value:.2f} ({among.reading})."
    )


def counted_text(case: CaseFigures) -> str:
    """Return what people say of a case, with how many say so."""
    labels = [f"{label} {n}" for label, n in case.labels.items()]
    return ", ".join([*labels, *([f"can't tell {case.cannot_tell}"] if case.cannot_tell else [])])


def excerpt(record: Record) -> str:
    """Return the beginning of an input, on one line."""
    values = (f"{value:g}" if isinstance(value, float) else str(value) for value in record.values())
    text = " ".join(" · ".join(value for value in values if value).split())
    return text if len(text) <= LONGEST_EXCERPT else f"{text[:LONGEST_EXCERPT]}…"
