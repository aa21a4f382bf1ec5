"""What a benchmark finds, and the one table that shows it."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

CAPTION = (
    "Medians; the rounds of both sides take turns, each on one core. In requests per second and in the "
    "start, time in which another process held that core is not counted; in the rest it is."
)
# Wide enough for the table where there is no terminal to ask.
WIDTH = 124


class Skipped(Exception):
    """A benchmark cannot run here; the message says why."""


@dataclass(frozen=True)
class Pair:
    """One measured quantity: ours, and the same of the baseline."""

    title: str
    against: str
    unit: str
    ours: float
    baseline: float

    @property
    def ratio(self) -> float:
        """How many times the baseline ours is."""
        return self.ours / self.baseline


@dataclass(frozen=True)
class Row:
    """A pair with its target; `note` is what a reader of the figures should know."""

    pair: Pair
    compared: str
    target: str
    met: bool
    note: str = ""


def at_least(pair: Pair, limit: float, note: str = "") -> Row:
    """Return the row of a quantity with a least value of its own; the baseline is there to compare."""
    target = f"at least {limit:,g} {pair.unit}"
    return Row(pair, times(pair.ratio), target, pair.ours >= limit, note)


def at_most_times(pair: Pair, limit: float, note: str = "") -> Row:
    """Return the row of a quantity that may be at most `limit` times its baseline."""
    return Row(pair, times(pair.ratio), f"at most {times(limit)}", pair.ratio <= limit, note)


def at_least_times(pair: Pair, limit: float) -> Row:
    """Return the row of a quantity that has to be at least `limit` times its baseline."""
    return Row(pair, times(pair.ratio), f"at least {times(limit)}", pair.ratio >= limit)


def at_most(pair: Pair, limit: float) -> Row:
    """Return the row of a quantity with a limit of its own; the baseline is there to compare."""
    target = f"at most {limit:g} {pair.unit}"
    return Row(pair, times(pair.ratio), target, pair.ours <= limit)


def at_most_above(pair: Pair, limit: float) -> Row:
    """Return the row of a quantity that may be at most `limit` above its baseline."""
    above = pair.ours - pair.baseline
    target = f"at most +{limit:g} {pair.unit}"
    return Row(pair, f"{above:+,.0f} {pair.unit}", target, above <= limit)


def times(ratio: float) -> str:
    """Return a ratio with two decimals."""
    return f"{ratio:.2f} ×"


def number(value: float) -> str:
    """Return a number with three digits that count, or all before the point."""
    decimals = next((place for place, least in enumerate((100, 10, 1)) if value >= least), 3)
    return f"{value:,.{decimals}f}"


def show(rows: list[Row], skipped: list[str]) -> None:
    """Print the table, what to know about it, and what was skipped."""
    table = Table(
        *("", "Ours", "Baseline", "Unit", "Compared", "Target", "", "Against"),
        box=None,
        pad_edge=False,
    )
    for column in (1, 2, 4):
        table.columns[column].justify = "right"
    for row in rows:
        figures = (number(row.pair.ours), number(row.pair.baseline), row.pair.unit)
        met = "[green]ok[/green]" if row.met else "[bold red]missed[/bold red]"
        table.add_row(row.pair.title, *figures, row.compared, row.target, met, row.pair.against)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    console.print(table)
    console.print()
    notes = [f"{row.pair.title}: {row.note}" for row in rows if row.note]
    for line in (CAPTION, *notes, *skipped):
        console.print(line, markup=False, highlight=False)
