"""What the iris model is compared with, and the searches that were made for its rivals."""

from typing import Any

from sklearn.calibration import CalibratedClassifierCV
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.dummy import DummyClassifier
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from models.iris.model import build_pipeline
from models.iris.training import folds
from models.samples import Samples

N_FOLDS = 100
METHOD = (
    "Ten times repeated stratified 10-fold cross-validation: each of the 150 flowers is held out ten "
    "times. Every candidate has scikit-learn's own parameters, on standardised measurements where "
    "distances matter. Intervals draw whole flowers, and McNemar's test counts each flower once. The "
    "searches use the same folds, so that the best of a space looks a little better than it is."
)


def add_scaler(estimator: Any) -> Pipeline:
    """Return the estimator behind standardised measurements."""
    return make_pipeline(StandardScaler(), estimator)


def candidates() -> dict[str, Any]:
    """Return the unfitted estimators of the comparison, by what the table calls them."""
    return {
        "ours": build_pipeline(),
        "logistic regression": add_scaler(LogisticRegression(max_iter=1000)),
        "quadratic discriminant analysis": make_pipeline(QuadraticDiscriminantAnalysis()),
        "support vector machine": add_scaler(CalibratedClassifierCV(SVC(), ensemble=False)),
        "k nearest neighbours": add_scaler(KNeighborsClassifier()),
        "Gaussian process": add_scaler(GaussianProcessClassifier(RBF(), random_state=0)),
        "majority guess": DummyClassifier(),
    }


def searches(samples: Samples) -> dict[str, GridSearchCV]:
    """Return a grid search for each rival that has something to choose, and for ours."""
    spaces: dict[str, tuple[Any, dict[str, list[Any]]]] = {
        "ours": (
            build_pipeline(),
            {
                "lineardiscriminantanalysis__solver": ["lsqr"],
                "lineardiscriminantanalysis__shrinkage": [None, 0.01, 0.03, 0.1, "auto"],
            },
        ),
        "logistic regression": (
            add_scaler(LogisticRegression(max_iter=1000)),
            {"logisticregression__C": [0.1, 1, 10, 100, 1000]},
        ),
        "quadratic discriminant analysis": (
            make_pipeline(QuadraticDiscriminantAnalysis()),
            {"quadraticdiscriminantanalysis__reg_param": [0.0, 0.01, 0.03, 0.1, 0.3]},
        ),
        "support vector machine": (
            add_scaler(SVC()),
            {"svc__C": [0.1, 1, 10, 100], "svc__gamma": [0.01, 0.1, 1, "scale"]},
        ),
        "k nearest neighbours": (
            add_scaler(KNeighborsClassifier()),
            {
                "kneighborsclassifier__n_neighbors": [1, 3, 5, 9, 15, 25],
                "kneighborsclassifier__weights": ["uniform", "distance"],
            },
        ),
    }
    splits = folds(samples)
    return {
        name: GridSearchCV(estimator, space, scoring="accuracy", cv=splits, refit=False)
        for name, (estimator, space) in spaces.items()
    }
