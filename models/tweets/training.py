"""The data that the tweets model is trained and tested on."""

from models.datasets import Samples, load_dataset


def training_samples() -> Samples:
    """Return the samples for training; raise DatasetError if they cannot be had."""
    return load_dataset("semeval_train").as_samples()


def test_samples() -> Samples:
    """Return the samples that are for the last number only."""
    return load_dataset("semeval_test2017").as_samples()
