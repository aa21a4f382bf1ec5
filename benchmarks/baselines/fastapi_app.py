"""The usual tutorial app on FastAPI: a pickled model behind one `async def` route, for uvicorn."""

from typing import Any

import joblib
import numpy as np
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
model = joblib.load("models/iris/pipeline.joblib")


class Flower(BaseModel):
    """The body of a request."""

    features: list[float]


@app.post("/predict")
async def predict(flower: Flower) -> dict[str, Any]:
    """Return the class and its probabilities for a list of features."""
    row = model.predict_proba(np.array(flower.features).reshape(1, -1))[0]
    place = int(row.argmax())
    return {
        "prediction": place,
        "label": model.classes_[place],
        "probabilities": dict(zip(model.classes_.tolist(), row.tolist(), strict=True)),
    }
