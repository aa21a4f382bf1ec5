"""Why an answer came out, how familiar its input is, and what would change it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from models.explain.contributions import explain_text, explain_values, is_linear
from models.explain.explanation import Explanation, Flip, Reasons
from models.explain.familiarity import find_baselines, judge_text, judge_values
from models.explain.flips import find_word_flip
from models.explain.framed_reasons import explain_framed
from models.explain.nearest import find_value_flips
from models.explain.occlusion import occlude_text, occlude_values
from models.explain.plain_texts import can_read
from models.explain.trust import is_unsure
from models.framed import FramedPipeline
from models.predict import to_prediction, validate_record
from models.registry import LoadedModel
from models.samples import to_samples
from models.spec import Prediction, Record, Value


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model says of one checked record, and why."""

    model: LoadedModel
    record: Record
    prediction: Prediction
    explanation: Explanation

    @property
    def notices(self) -> tuple[str, ...]:
        """What is unusual about the record, each notice once."""
        return tuple(dict.fromkeys((*self.prediction.notices, *self.explanation.notices)))

    def describe(self) -> dict[str, Any]:
        """Return prediction and explanation as JSON, by the contract of the REST routes."""
        return {
            "prediction": describe_prediction(self.model, self.prediction),
            "explanation": self.explanation.describe(),
        }


def describe_prediction(model: LoadedModel, prediction: Prediction) -> dict[str, Any]:
    """Return a prediction as JSON; `unsure` and `notices` are there only when there is something."""
    described: dict[str, Any] = {
        "label": prediction.label,
        "probabilities": prediction.probabilities,
    }
    if is_unsure(prediction, model.metadata):
        described["unsure"] = True
    if prediction.notices:
        described["notices"] = prediction.notices
    return described


def predict_explained(model: LoadedModel, record: Record, *, with_flip: bool = False) -> Answer:
    """Return the answer to one record, from one pass through a linear pipeline.

    The prediction is the one of `predict_one`. Without `with_flip`, the smallest change that turns the
    label is not looked for. Raises InvalidRecord if the record does not fit the spec.
    """
    parsed = validate_record(model.spec, record)
    reasons = find_reasons(model, parsed)
    prediction = to_prediction(model.spec, parsed, reasons.probabilities)
    explanation = to_explanation(model, parsed, reasons)
    if with_flip:
        explanation = replace(explanation, flip=find_flip(model, parsed, explanation))
    return Answer(model, parsed, prediction, explanation)


def find_flip(model: LoadedModel, parsed: Record, explanation: Explanation) -> Flip | None:
    """Return the smallest change that was found to turn the label, or None."""
    if model.spec.text_name:
        return find_word_flip(model, str(parsed[model.spec.text_name]), explanation)
    return find_value_flips(model, parsed)


def find_reasons(model: LoadedModel, parsed: dict[str, Value]) -> Reasons:
    """Return probabilities and contributions: exact where the pipeline is linear, else by occlusion."""
    pipeline: Any = model.pipeline
    spec = model.spec
    if spec.text_name:
        # The first step cuts the text into features; those after it must keep them.
        text = str(parsed[spec.text_name])
        is_exact = is_linear(pipeline, 1) and can_read(pipeline.steps[0][1])
        return explain_text(model, text) if is_exact else occlude_text(pipeline, text)
    sample = np.asarray(to_samples(spec, [parsed]))[0]
    titles = tuple(feature.title for feature in spec.features)
    baselines = find_baselines(model)
    if isinstance(pipeline, FramedPipeline):
        return explain_framed(pipeline, titles, sample, baselines)
    if is_linear(pipeline, 0):
        return explain_values(model, titles, sample, baselines)
    return occlude_values(pipeline, titles, sample, baselines)


def to_explanation(model: LoadedModel, parsed: dict[str, Value], reasons: Reasons) -> Explanation:
    """Return the explanation of a prediction, without what would change it."""
    if model.spec.text_name:
        text = str(parsed[model.spec.text_name])
        familiarity, notices = judge_text(text, reasons.words, model.metadata)
    else:
        familiarity, notices = judge_values(model, parsed)
    return Explanation(
        kind=reasons.kind,
        toward=model.spec.classes[reasons.toward],
        against=model.spec.classes[reasons.against],
        intercept=reasons.intercept,
        margin=reasons.intercept + sum(value for _, value, _ in reasons.contributions),
        contributions=reasons.contributions,
        familiarity=familiarity,
        notices=notices,
        words=reasons.words,
        baseline=reasons.baseline,
    )
