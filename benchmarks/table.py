"""What a benchmark finds, and the one table that shows it."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

CAPTION = (
    "Medians; the rounds of both sides take turns. In requests per second and in the start, time in which "
    "another process held the core is not counted; in the rest it is."
)


class Skipped(Exception):
    """A benchmark cannot run here; the message says why."""


@dataclass(frozen=True)
class Row:
    """One measured quantity: ours beside the baseline, and whether the target is met."""

    title: str
    ours: float
    baseline: float
    unit: str
    compared: str
    target: str
    met: bool


def at_most_times(title: str, unit: str, ours: float, baseline: float, limit: float) -> Row:
    """Return the row of a quantity that may be at most `limit` times its baseline."""
    ratio = ours / baseline
    return Row(title, ours, baseline, unit, times(ratio), f"at most {times(limit)}", ratio <= limit)


def at_least_times(title: str, unit: str, ours: float, baseline: float, limit: float) -> Row:
    """Return the row of a quantity that has to be at least `limit` times its baseline."""
    ratio = ours / baseline
    return Row(
        title, ours, baseline, unit, times(ratio), f"at least {times(limit)}", ratio >= limit
    )


def at_most(title: str, unit: str, ours: float, baseline: float, limit: float) -> Row:
    """Return the row of a quantity with a limit of its own; the baseline is there to compare."""
    target = f"at most {number(limit)} {unit}"
    return Row(title, ours, baseline, unit, times(ours / baseline), target, ours <= limit)


def at_most_above(title: str, unit: str, ours: float, baseline: float, limit: float) -> Row:
    """Return the row of a quantity that may be at most `limit` above its baseline."""
    above = ours - baseline
    target = f"at most {number(limit)} {unit} above"
    return Row(title, ours, baseline, unit, f"{above:+,.0f} {unit}", target, above <= limit)


def times(ratio: float) -> str:
    """Return a ratio with two decimals."""
    return f"{ratio:.2f} ×"


def number(value: float) -> str:
    """Return a number with three digits that count."""
    decimals = max(0, 2 - len(str(int(value))) + (value >= 1))
    return f"{value:,.{decimals}f}"


def show(rows: list[Row], skipped: list[str]) -> None:
    """Print the table, and what was skipped."""
    table = Table(
        "", "Ours", "Baseline", "Unit", "Compared", "Target", "", box=None, pad_edge=False
    )
    for column in (1, 2, 4):
        table.columns[column].justify = "right"
    for row in rows:
        table.add_row(
            row.title,
            number(row.ours),
            number(row.baseline),
            row.unit,
            row.compared,
            row.target,
            "[green]ok[/green]" if row.met else "[bold red]missed[/bold red]",
        )
    console = Console()
    console.print(table)
    console.print(CAPTION, style="dim")
    for reason in skipped:
        console.print(reason, markup=False)
