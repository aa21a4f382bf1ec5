"""What `predict_one` takes beside the pipeline's own `predict_proba`, and how many rows `predict_many` answers."""

from collections.abc import Callable
from statistics import median
from time import perf_counter_ns

from benchmarks import cores
from benchmarks.table import Pair, Row, at_least, at_least_times, at_most_times
from models.predict import predict_many, predict_one, validate_record
from models.registry import LoadedModel, discover_specs, load_catalogue
from models.samples import to_samples
from models.spec import Record

LIMITS = {"tweets": 0.6, "reviews": 0.7, "iris": 0.3}
LEAST_PER_SECOND = {"tweets": 6_000, "reviews": 4_500}
N_ROWS, BATCH_ROUNDS = 400, 9
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
        rows = [compare(catalogue[name], record) for name, record in RECORDS.items()]
        for name, limit in LEAST_PER_SECOND.items():
            texts = short_texts() if name == "tweets" else short_texts() + paragraphs()
            length = round(sum(map(len, texts)) / len(texts))
            note = f"{len(texts)} texts of {length} characters on average."
            pair = per_second(f"rows through predict_many, {name}", catalogue[name], texts)
            rows.append(at_least(pair, limit, note))
        title = "— each a review of 1,400 characters"
        pair = per_second(title, catalogue["reviews"], [f"{SESSION} {i}" for i in range(50)])
        return [*rows, at_least_times(pair, 1)]


def sentences() -> list[str]:
    """Return the sentences of the long review."""
    return [part.strip() + "." for part in SESSION.replace("\n", " ").split(".") if part.strip()]


def short_texts() -> list[str]:
    """Return texts as long as tweets: two halves of different sentences, no two texts alike."""
    halves = [words.split() for words in sentences()]
    pairs = ((left, right) for left in halves for right in halves if left is not right)
    texts = [" ".join((*a[: len(a) // 2], *b[len(b) // 2 :])) for a, b in pairs]
    return [f"{text} #{place}" for place, text in enumerate((texts * 3)[:N_ROWS])]


def paragraphs() -> list[str]:
    """Return texts of four sentences, in different orders."""
    found = sentences()
    step = len(found) // 4
    return [
        " ".join(
            found[(place * (1 + place // len(found)) + step * i) % len(found)] for i in range(4)
        )
        + f" {place}"
        for place in range(N_ROWS)
    ]


def per_second(title: str, model: LoadedModel, texts: list[str]) -> Pair:
    """Return how many rows a second `predict_many` answers, and the bare pipeline: they take turns."""
    records: list[Record] = [{"text": text} for text in texts]
    ours: list[int] = []
    bare: list[int] = []
    for _ in range(BATCH_ROUNDS):
        ours.append(nanoseconds(lambda: predict_many(model, records)))
        bare.append(nanoseconds(lambda: model.pipeline.predict_proba(texts)))
    rates = (len(texts) / (median(times) / 1e9) for times in (ours, bare))
    return Pair(title, "the pipeline's own predict_proba", "rows/s", *rates)


def compare(model: LoadedModel, record: Record) -> Row:
    title = f"predict_one, {model.spec.name}"
    return at_most_times(
        against_bare(title, model, record, lambda: predict_one(model, record)),
        LIMITS[model.spec.name],
    )


def against_bare(
    title: str,
    model: LoadedModel,
    record: Record,
    ask: Callable[[], object],
    rounds: int = ROUNDS,
) -> Pair:
    """Return the medians of a call and of the bare pipeline: they take turns, so that noise meets both."""
    samples = to_samples(model.spec, [validate_record(model.spec, record)])
    bare: list[int] = []
    ours: list[int] = []
    for _ in range(WARM_UPS + rounds):
        bare.append(nanoseconds(lambda: model.pipeline.predict_proba(samples)))
        ours.append(nanoseconds(ask))
    medians = (median(times[WARM_UPS:]) / 1e6 for times in (ours, bare))
    return Pair(title, "the pipeline's own predict_proba", "ms", *medians)


def nanoseconds(call: Callable[[], object]) -> int:
    """Return how long a call takes."""
    start = perf_counter_ns()
    call()
    return perf_counter_ns() - start
