"""Why, in one sentence: what speaks for an answer and what against it."""

from collections.abc import Sequence

from models.explain.explanation import MIDDLE, OCCLUSION, Explanation
from models.explain.parts import Part

# In log-odds; what is weaker does not count.
LEAST_VALUE = 0.05
# What has this part of the strongest is named, and one so much stronger than the next is named alone.
LEAST_PART, DOMINANT = 0.2, 3
N_FOR, N_AGAINST = 3, 2


def why_sentence(parts: Sequence[Part], explanation: Explanation) -> str:
    """Return what counts most; `parts` come strongest first."""
    strongest = abs(parts[0].value) if parts else 0.0
    if strongest < LEAST_VALUE:
        return "Nothing in it counts for much: the answer is the model's starting point."
    counting = [part for part in parts if abs(part.value) >= LEAST_PART * strongest]
    for_it = [part.name for part in counting if part.value > 0][:N_FOR]
    against = [part.name for part in counting if part.value < 0][:N_AGAINST]
    tell = tell_values if explanation.baseline else tell_words
    told = tell(for_it, against, explanation)
    if len(parts) > 1 and strongest >= DOMINANT * abs(parts[1].value):
        told = f"Above all {small(told)}" if parts[0].value > 0 else told
    return f"Approximately: {told}." if explanation.kind == OCCLUSION else f"{told}."


def tell_words(for_it: list[str], against: list[str], explanation: Explanation) -> str:
    toward = explanation.toward
    if not for_it:
        leaning = (
            f"the model leans to {toward} from the start"
            if explanation.intercept > 0
            else "many small things together outweigh that"
        )
        return f"{speak(against)} against {toward}, but {leaning}"
    rest = f", {join_names(against)} against" if against else "; little speaks against"
    return f"{speak(for_it)} for {toward}{rest}"


def tell_values(for_it: list[str], against: list[str], explanation: Explanation) -> str:
    """Return which values fit the label better than the runner-up, and which do not."""
    toward, other = explanation.toward, explanation.against
    if not for_it:
        return f"{speak(against)} for {other} rather than {toward}, but the rest outweighs that"
    told = (
        f"{for_it[0]} fits {toward} better than {other}"
        if explanation.baseline == MIDDLE
        else f"{for_it[0]} speaks for {toward} rather than {other}"
    )
    if agreeing := for_it[1:]:
        told += (
            f"; {join_names(list(map(small, agreeing)))} agree{'s' if len(agreeing) == 1 else ''}"
        )
    if against:
        told += f"; {join_names(list(map(small, against)))} point{'s' if len(against) == 1 else ''} to {other}"
    return told


def speak(names: list[str]) -> str:
    return f"{join_names(names)} speak{'s' if len(names) == 1 else ''}"


def small(names: str) -> str:
    return names[:1].lower() + names[1:]


def join_names(names: Sequence[str]) -> str:
    """Return names as people list them: "a", "a and b", "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
