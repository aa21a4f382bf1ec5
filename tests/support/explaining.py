"""Short ways to what an explanation says."""

from models.explain.answers import predict_explained
from models.explain.explanation import Explanation
from models.registry import LoadedModel
from models.spec import Record


def explain_one(model: LoadedModel, record: Record) -> Explanation:
    """Return the whole explanation of one record, the smallest change included."""
    return predict_explained(model, record, with_flip=True).explanation
