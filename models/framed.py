"""A pipeline that takes a table: its columns, with their types, made from the values of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLOAT, OBJECT, DATE = "float64", "object", "datetime64[ns]"


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its name, its type, and of choices the value that each stands for."""

    name: str
    dtype: str = FLOAT
    values: Mapping[str, Any] | None = None

    def fill(self, cells: Sequence[Any] | NDArray[Any]) -> Any:
        """Return the column with these values of a field; None is what is not given."""
        import pandas as pd

        if self.values is not None:
            chosen = [np.nan if cell is None else self.values.get(cell, cell) for cell in cells]
            return pd.Series(chosen, dtype=self.dtype)
        if self.dtype == FLOAT:
            return np.array(cells, np.float64)
        if self.dtype == DATE:
            return pd.to_datetime(pd.Series(cells))
        return pd.Series(cells, dtype=self.dtype)


@dataclass(frozen=True)
class FramedPipeline:
    """A fitted pipeline of another's making, asked with the samples of a spec.

    A sample has one value for each of the `columns`. `is_named` if the pipeline was fitted on a table;
    else it gets an array. `classes_` are in the order of the pipeline's own.
    """

    estimator: Any
    columns: tuple[TableColumn, ...]
    classes_: NDArray[Any]
    is_named: bool = True

    def to_table(self, X: Any) -> Any:
        """Return what the pipeline takes for samples of shape (n_samples, n_features), or for texts."""
        import pandas as pd

        rows = np.asarray(X, object)[:, np.newaxis] if isinstance(X, list) else np.asarray(X)
        if rows.dtype == np.float64 and all(column.dtype == FLOAT for column in self.columns):
            names = [column.name for column in self.columns]
            return pd.DataFrame(rows, columns=names) if self.is_named else rows
        filled = [column.fill(rows[:, place]) for place, column in enumerate(self.columns)]
        if not self.is_named:
            return np.column_stack(filled)
        table = pd.concat([pd.Series(each) for each in filled], axis=1)
        table.columns = pd.Index([column.name for column in self.columns])
        return table

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Return the probability of each class, shape (n_samples, n_classes)."""
        return np.asarray(self.estimator.predict_proba(self.to_table(X)), np.float64)
