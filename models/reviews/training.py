"""The data that the reviews model is trained and tested on."""

from models.datasets import Samples, load_dataset


def training_samples() -> Samples:
    """Return the samples for training; raise DatasetError if they cannot be had."""
    return load_dataset("imdb_train").as_samples()


def test_samples() -> Samples:
    """Return the samples that are for the last number only."""
    return load_dataset("imdb_test").as_samples()
