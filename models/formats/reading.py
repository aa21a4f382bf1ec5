"""Reading the estimator out of a file: by skops with an allow-list, or as a pickle where that is allowed."""

import hashlib
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from pickle import PickleError
from typing import Any
from zipfile import BadZipFile

from models.errors import shown
from models.formats.opened import Artefact, Opened, SourceError
from models.formats.trusted_types import TRUSTED_TYPES

SKOPS, PICKLE = "skops", "pickle"
FORMATS = {
    ".skops": SKOPS,
    ".joblib": PICKLE,
    ".pkl": PICKLE,
    ".pickle": PICKLE,
}
# What reading a file raises that is damaged, or was made by code that is not here.
UNREADABLE = (
    PickleError,
    AttributeError,
    ImportError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    RecursionError,
    zlib.error,
    OSError,
    BadZipFile,
)
LONGEST_REASON = 160
SCIKIT_LEARN = "scikit-learn"


def read_artefact(artefact: Artefact, *, trust: bool = False) -> Opened:
    """Return the estimator of a file; raise SourceError, before anything of it is run, if it may not be read.

    A pickle is read only if `trust` says so or its SHA-256 is the one that was pinned.
    """
    content = read_bytes(artefact.path)
    digest = hashlib.sha256(content).hexdigest()
    check_pinned(artefact, digest)
    check_version(artefact.path.name, artefact.made_with)
    if artefact.format == PICKLE:
        check_trust(artefact, trust=trust)
    with naming_failures(artefact.path.name):
        estimator = LOADERS[artefact.format](content)
    return Opened(estimator, artefact, digest, len(content))


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read ({error.strerror}); name a file that can."
        ) from error


def check_pinned(artefact: Artefact, digest: str) -> None:
    """Raise SourceError if a file is not the one that was pinned."""
    if artefact.sha256 and digest != artefact.sha256:
        raise SourceError(
            f"{artefact.path.name} is not the file that was pinned (SHA-256 {digest[:12]}… instead of "
            f"{artefact.sha256[:12]}…); restore it, or add the model anew with `python -m demo add`."
        )


def check_trust(artefact: Artefact, *, trust: bool) -> None:
    """Raise SourceError for a pickle that nobody has vouched for."""
    if not trust and not artefact.sha256:
        raise SourceError(
            f"{artefact.path.name} is a Python pickle, and opening one runs whatever is in it; add --trust "
            "if you know who made it, or save the model as .skops."
        )


def check_version(name: str, made_with: str) -> None:
    """Raise SourceError if a model was made with a scikit-learn that may read the same numbers otherwise."""
    from importlib.metadata import version

    here = version(SCIKIT_LEARN)
    if made_with and release(made_with) != release(here):
        raise SourceError(
            f"{name} was made with scikit-learn {made_with[:20]}, but {here} is here; "
            f"`pip install scikit-learn=={made_with[:20]}` reads it, or save it again with {here}."
        )


def release(version: str) -> list[str]:
    """Return the part of a version number that decides whether fitted estimators are the same."""
    return version.split(".")[:2]


@contextmanager
def naming_failures(name: str) -> Iterator[None]:
    """Raise SourceError, in one sentence, for whatever goes wrong while a file is read.

    An estimator of another scikit-learn warns when it is loaded: that is taken for a failure.
    """
    from sklearn.exceptions import InconsistentVersionWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", InconsistentVersionWarning)
        try:
            yield
        except InconsistentVersionWarning as warning:
            check_version(name, warning.original_sklearn_version)
        except MemoryError as error:
            raise SourceError(
                f"{name} needs more memory than there is; use a smaller model."
            ) from error
        except UNREADABLE as error:
            raise SourceError(failure_sentence(name, error)) from error


def failure_sentence(name: str, error: Exception) -> str:
    """Return why a file cannot be read, and what to do about it."""
    reason = " ".join(str(error).split())[:LONGEST_REASON].rstrip(". ") or type(error).__name__
    if isinstance(error, ModuleNotFoundError):
        return (
            f"{name} needs the package {shown(error.name)}, which is not installed here; install it, or "
            "make the model of scikit-learn's own parts."
        )
    if "__main__" in reason:
        return (
            f"{name} needs a function or class of the script or notebook that made it ({reason}); put it "
            "into a module that is installed here, or use one of scikit-learn's own."
        )
    return f"{name} cannot be read as a model ({reason}); save it again with this version of its packages."


def load_skops(content: bytes) -> Any:
    """Return what a .skops file holds; raise SourceError if that is more than the allow-list has."""
    from skops.io import get_untrusted_types, loads
    from skops.io.exceptions import UntrustedTypesFoundException

    unknown = sorted(set(get_untrusted_types(data=content)) - set(TRUSTED_TYPES))
    if unknown:
        named = ", ".join(name[:80] for name in unknown[:3])
        more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
        raise SourceError(
            f"The file holds {named}{more}, which the app does not load from a file; make the model of "
            "scikit-learn's own parts, or save it with joblib and open it with --trust."
        )
    try:
        return loads(content, trusted=list(TRUSTED_TYPES))
    except UntrustedTypesFoundException as error:
        raise ValueError(str(error)) from error


def load_pickle(content: bytes) -> Any:
    """Return what a pickle holds that may be opened, compressed or not."""
    import joblib

    return joblib.load(BytesIO(content))


LOADERS: dict[str, Callable[[bytes], Any]] = {SKOPS: load_skops, PICKLE: load_pickle}
