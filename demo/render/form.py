"""What the form that opens a session shows: its steps, the cases that were chosen, and what will happen."""

from markupsafe import Markup

from demo.render.environment import render
from demo.render.words import counted
from demo.sessions.case_choice import CaseChoice
from demo.sessions.model import Plan
from models.spec import ModelSpec

STEPS = ("What", "Cases", "How")
HEADINGS = ("What is it about?", "Which cases are judged?", "How is it held?")
N_PREVIEWED, N_REASONS = 5, 5


def steps_html(step: int) -> Markup:
    """Return where the form is: its steps, counted from 1, and the heading of the one that is shown."""
    return render("form.steps", steps=STEPS, now=step, heading=HEADINGS[step - 1])


def chosen_html(choice: CaseChoice, spec: ModelSpec) -> Markup:
    """Return how many cases were chosen, the first of them, and the first rows that were left out."""
    first = choice.cases[:N_PREVIEWED]
    fields = [
        field for field in spec.fields if any(case.record[field.name] != "" for case in first)
    ]
    return render(
        "form.chosen",
        n_chosen=len(choice.cases),
        listed=counted(choice.n_listed, "case"),
        first=first,
        fields=fields,
        has_labels=any(case.true_label for case in first),
        beside=list(dict.fromkeys(name for case in first for name in case.context)),
        left_out=counted(len(choice.rejected), "row"),
        rejected=choice.rejected[:N_REASONS],
        n_more=len(choice.rejected[N_REASONS:]),
    )


def summary_html(plan: Plan, n_cases: int, cases: str) -> Markup:
    """Return what will happen once a session is open; `cases` is what the model calls its records."""
    return render(
        "form.summary",
        lead=lead_words(plan, n_cases, cases),
        details=detail_words(plan, n_cases, cases),
    )


def lead_words(plan: Plan, n_cases: int, cases: str) -> str:
    """Return what is judged and by whom: "12 tweets, blind, each judged by everyone."."""
    if n_cases:
        what = f"{n_cases:,} {cases}" if n_cases > 1 else "1 case"
        wanted = plan.verdicts_per_case
        people = "everyone" if wanted is None else counted(wanted, "reviewer")
    else:
        what, people = f"{cases.capitalize()} of the reviewers' own", "whoever tries it"
    return (
        f"{what}, {'blind' if plan.blind else 'with the answer in view'}, each judged by {people}."
    )


def detail_words(plan: Plan, n_cases: int, cases: str) -> list[str]:
    """Return what else will happen, a sentence each."""
    said = [
        "Reviewers give their own label first; then they see the model's answer and say whether it is right."
        if plan.blind
        else "Reviewers see the model's answer and say whether it is right."
    ]
    if n_cases and plan.open_floor:
        said.append(f"They may also try {cases} of their own, which they alone judge.")
    if n_cases:
        own = plan.order == "shuffled"
        said.append(
            f"{'Each gets the cases in another' if own else 'All get the cases in the same'} order."
        )
    said.append("They may leave their name out." if plan.anonymous else "Everyone gives a name.")
    return said
