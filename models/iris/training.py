"""The data that the iris model is trained on; there is too little of it for a test file."""

import hashlib

from sklearn.datasets import load_iris

from models.datasets import Samples


def training_samples() -> Samples:
    """Return the 150 flowers that come with scikit-learn, in the order of the spec's features."""
    iris = load_iris()
    y = iris.target_names[iris.target].astype(object)
    source: dict[str, str | int] = {
        "name": "iris",
        "title": "Iris flowers (Fisher 1936), as scikit-learn brings them",
        "rows": len(y),
        "content_sha256": hashlib.sha256(iris.data.tobytes() + iris.target.tobytes()).hexdigest(),
    }
    return Samples(iris.data, y, (source,))
