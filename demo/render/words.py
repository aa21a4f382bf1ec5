"""Figures and facts of a session in plain words, and how shares and probabilities are rounded."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from demo.sessions.model import CANNOT_TELL, NONE_OF_THESE
from models.field import Record, short_text

DECISIONS = {
    "approve": "Approved",
    "approve_with_conditions": "Approved with conditions",
    "reject": "Rejected",
}
REPORTS = {"html": "Report", "csv": "Verdicts as CSV", "json": "Everything as JSON"}
VERDICTS = {"agree": "agree", "disagree": "disagree", "cannot_tell": "cannot tell"}
# What is said in the place of a class.
NO_CLASS = {CANNOT_TELL: VERDICTS[CANNOT_TELL], NONE_OF_THESE: "none of these"}
NEARLY_ALL = 0.995
NO_BREAK = "\N{NO-BREAK SPACE}"

Facts = Mapping[str, Any]


def moment(stored: str) -> str:
    """Return a stored time as people write it: "21 November 2026, 10:22 UTC"."""
    at = datetime.fromisoformat(stored).astimezone(UTC)
    return f"{day(at.date().isoformat())}, {at:%H:%M} UTC"


def day(stored: str) -> str:
    """Return a stored date as people write it: "21 November 2026"."""
    at = date.fromisoformat(stored)
    return f"{at.day} {at:%B %Y}"


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: "1 case", "1,200 cases"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def share_percent(share: float) -> str:
    """Return a share in whole percent; what is not all is never called 100 %, nor what is some 0 %."""
    decimals = 1 if 0 < share < 1 - NEARLY_ALL or NEARLY_ALL < share < 1 else 0
    return f"{100 * share:.{decimals}f}{NO_BREAK}%"


def share_cells(share: Facts) -> tuple[str, str]:
    """Return a share and its interval for two columns of the command line, rounded as on the page."""
    if not share["total"]:
        return "–", "–"
    value, low, high = (share_percent(share[name]) for name in ("share", "low", "high"))
    return value, f"{low} to {high}"


def label_text(label: str) -> str:
    """Return a label, or what was said in the place of one, as people say it."""
    return NO_CLASS.get(label, label)


def interval_words(share: Facts) -> str:
    """Return between which bounds the true share lies, "" if nothing was counted."""
    if not share["total"]:
        return ""
    return f"likely between {share_percent(share['low'])} and {share_percent(share['high'])}"


def among_words(among: Facts) -> str:
    """Return how far reviewers agree with one another, or why that cannot be told."""
    if among["value"] is None:
        return str(among["reason"])
    value = f"{among['value']:.2f}".replace("-", "−")
    where = (
        "the labels that they gave before they saw the model's answer"
        if among["blind"]
        else "the labels that they hold to be right, given with the model's answer in view"
    )
    return (
        f"Agreement among the reviewers is {among['reading']}: {among['method']} is {value}, where 1 is complete agreement and 0 what chance would bring. It is counted "
        f"over {counted(among['n_cases'], 'case')} with labels of two or more of "
        f"{among['n_reviewers']} reviewers, by {where}."
    )


def among_line(among: Facts) -> str:
    """Return how far reviewers agree with one another on a line of the command line."""
    if among["value"] is None:
        return f"Agreement among reviewers: {among['reason']}"
    return (
        f"Agreement among {among['n_reviewers']} reviewers on {among['n_cases']} cases: "
        f"{among['method']} {among['value']:.2f} ({among['reading']})."
    )


def blind_words(blind: Facts) -> str:
    """Return how people changed their minds once they saw the model's answer."""
    first, toward, away = blind["first"], blind["toward"], blind["away"]
    return (
        f"Before it was shown, {first['right']:,} of {counted(first['total'], 'first label')} agreed with "
        f"the model. Of those who had given another, {toward['right']:,} of {toward['total']:,} agreed with "
        f"the model once they saw its answer; of those who had given the same, {away['right']:,} of "
        f"{away['total']:,} turned from it."
    )


def option_words(plan: Facts) -> list[str]:
    """Return how a session was held, one sentence an option."""
    wanted = plan["verdicts_per_case"]
    return [
        "Blind: everyone gave a label of their own before the model's answer was shown."
        if plan["blind"]
        else "Not blind: the model's answer was in view from the start.",
        "Each reviewer got the cases in an order of their own."
        if plan["order"] == "shuffled"
        else "All reviewers got the cases in the same order.",
        "Every reviewer was asked about every case of the list."
        if wanted is None
        else f"A case was full with {counted(wanted, 'verdict')}.",
        "Reviewers could try inputs of their own (open floor)."
        if plan["open_floor"]
        else "The list was fixed: no inputs of the reviewers' own.",
        "Reviewers could leave out their names."
        if plan["anonymous"]
        else "Every reviewer gave a name.",
    ]


def right_words(share: Facts) -> str:
    """Return how often somebody was right where the true labels are known."""
    return (
        f"{share['right']:,} of {share['total']:,} ({share_percent(share['share'])}, "
        f"{interval_words(share)})"
    )


def source_words(data: Facts) -> str:
    """Return how many cases there are, where they are from, and how many were judged."""
    n, listed, tried = data["cases"], data["from_list"], data["open_floor"]
    if listed and tried:
        where = f", {listed:,} from a list and {tried:,} tried by reviewers on the open floor"
    elif n:
        where = " from a list" if listed else ", tried by reviewers on the open floor"
    else:
        return "There were no cases."
    judged = "all of them judged" if data["judged"] == n else f"{data['judged']:,} of them judged"
    return f"{counted(n, 'case')}{where}; {judged}."


def signed_text(value: float) -> str:
    """Return a number with its sign, as people write it."""
    return f"{'+' if value >= 0 else '−'}{abs(value):.2f}"


def percent_text(probability: float) -> str:
    """Return a probability in whole percent, with a decimal near 0 and 1 where it would mislead."""
    if probability < 0.0005:
        return "< 0.1 %"
    if probability >= 0.9995:
        return "> 99.9 %"
    decimals = 0 if 0.01 <= probability <= 0.99 else 1
    return f"{100 * probability:.{decimals}f} %"


def record_text(record: Record) -> str:
    """Return an input on one line."""
    values = [value for value in record.values() if value != ""]
    if all(isinstance(value, str) for value in values):
        return " · ".join(values)
    return ", ".join(
        f"{name.replace('_', ' ')} {short_text(value)}" for name, value in record.items()
    )
