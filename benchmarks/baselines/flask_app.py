"""The usual tutorial app: a pickled model behind one Flask route, for gunicorn."""

import joblib
import numpy as np
from flask import Flask, Response, jsonify, request

app = Flask(__name__)
model = joblib.load("models/iris/pipeline.joblib")


@app.post("/predict")
def predict() -> Response:
    """Return the class and its probabilities for a list of features."""
    features = np.array(request.get_json()["features"]).reshape(1, -1)
    row = model.predict_proba(features)[0]
    place = int(row.argmax())
    return jsonify(
        {
            "prediction": place,
            "label": model.classes_[place],
            "probabilities": dict(zip(model.classes_.tolist(), row.tolist(), strict=True)),
        }
    )
