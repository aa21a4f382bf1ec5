"""A plain `gr.Interface` on the tweets model; the port comes from GRADIO_SERVER_PORT."""

import gradio as gr
import joblib

model = joblib.load("models/tweets/pipeline.joblib")


def predict(text: str) -> dict[str, float]:
    """Return the probability of each class."""
    return dict(zip(model.classes_.tolist(), model.predict_proba([text])[0].tolist(), strict=True))


if __name__ == "__main__":
    gr.Interface(predict, "textbox", "label").launch()
