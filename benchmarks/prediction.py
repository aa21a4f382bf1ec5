"""How much `predict_one` adds to the pipeline's own `predict_proba`."""

from collections.abc import Callable
from statistics import median
from time import perf_counter_ns

from benchmarks import cores
from benchmarks.table import Pair, Row, at_most_times
from models.predict import predict_one, validate_record
from models.registry import LoadedModel, discover_specs, load_catalogue
from models.samples import to_samples
from models.spec import Record

LIMIT = 1.3
ROUNDS = 400
WARM_UPS = 40

TWEET = "Third delay today and still no word from the crew :( thanks for nothing @northrail #stuck"
SESSION = """\
I went in with low hopes, having sat through the director's last two films with one eye on the door, and
came out two hours later wanting to call everyone I know. The set-up is plain enough: a retired clock maker
takes in his estranged grandson for one winter, the boy breaks something that cannot be mended, and the two
of them spend the rest of the season learning how to talk about it. Nothing in that outline prepares you for
how funny it is. The old man's stubborn silence becomes a running joke, then a wound, and in the last half
hour something close to grace. Both leads are superb. The boy, who has never acted before, carries whole
scenes with a look, and the camera is wise enough to stay on him. It is not without faults. A subplot about
a neighbour's court case goes nowhere, the score leans on the strings whenever the script runs out of words,
and one dream sequence should have been left on the cutting room floor. But these are scratches on a lovely
piece of work. By the time the big clock strikes again, half of the people around me were crying and the
other half pretended to look for their coats. I cannot remember when a film this small last felt so large.
Go and see it in a cinema, with somebody you have not called for too long.
"""
RECORDS: dict[str, Record] = {
    "tweets": {"text": TWEET},
    "reviews": {"text": SESSION},
    "iris": {"sepal_length": 5.9, "sepal_width": 2.8, "petal_length": 4.3, "petal_width": 1.3},
}


def measure() -> list[Row]:
    catalogue = load_catalogue(discover_specs())
    with cores.pinned(cores.MEASURED):
        return [compare(catalogue[name], record) for name, record in RECORDS.items()]


def compare(model: LoadedModel, record: Record) -> Row:
    title = f"predict_one, {model.spec.name}"
    return at_most_times(
        against_bare(title, model, record, lambda: predict_one(model, record)), LIMIT
    )


def against_bare(title: str, model: LoadedModel, record: Record, ask: Callable[[], object]) -> Pair:
    """Return the medians of a call and of the bare pipeline: they take turns, so that noise meets both."""
    samples = to_samples(model.spec, [validate_record(model.spec, record)])
    bare: list[int] = []
    ours: list[int] = []
    for _ in range(WARM_UPS + ROUNDS):
        bare.append(nanoseconds(lambda: model.pipeline.predict_proba(samples)))
        ours.append(nanoseconds(ask))
    medians = (median(times[WARM_UPS:]) / 1e6 for times in (ours, bare))
    return Pair(title, "the pipeline's own predict_proba", "ms", *medians)


def nanoseconds(call: Callable[[], object]) -> int:
    """Return how long a call takes."""
    start = perf_counter_ns()
    call()
    return perf_counter_ns() - start
