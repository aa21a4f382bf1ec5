"""Challengers trained beside the app: `python -m models.train` in a process of its own, one at a time.

Nothing is replaced: what is trained stays in a folder of its own, and promotion is a command.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from models.errors import UserError

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "models.train")
CORRECTIONS, STATE, LOG = "corrections.csv", "state.json", "log"
# What models.train tells: "iris: fit 2 of 3, the challenger on everything…".
STEP = re.compile(r"fit (\d+) of (\d+), (.+?)…?$")
STOP_S = 5
State = Literal["running", "done", "failed", "cancelled"]


class TrainingBusy(UserError):
    """Another challenger is being trained."""

    code = "training_busy"


class TrainingFailed(UserError):
    """A challenger cannot be trained here."""

    code = "training_failed"


@dataclass(frozen=True)
class Training:
    """The training of a challenger: how far it is, and in the end what came out.

    `phase` is what it last told; `outcome` the comparison that `models.train` stored, None before the end.
    """

    model: str
    state: State
    seconds: int
    phase: str
    folder: Path
    outcome: dict[str, Any] | None = None

    @property
    def command(self) -> tuple[str, ...]:
        """The command that trains the same again, outside the app."""
        return (
            "python",
            "-m",
            "models.train",
            self.model,
            "--with",
            str(self.folder / CORRECTIONS),
        )


class ChallengerTrainer:
    """Trains one challenger at a time, each in a folder of its own; `find_folder` says where they are.

    What the folder holds is all that is known of a training, so that it outlives page and app.
    """

    def __init__(self, find_folder: Callable[[], Path], command: Sequence[str] = COMMAND) -> None:
        self.find_folder, self.command = find_folder, command
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.running_in: Path | None = None

    def is_busy(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, key: str, model: str, corrections: str) -> None:
        """Start training with the CSV of corrections; raise TrainingBusy or TrainingFailed."""
        folder = self.find_folder() / key
        with self.lock:
            if self.is_busy():
                raise TrainingBusy("Another challenger is being trained; wait for its end.")
            try:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(0o700, parents=True)
                (folder / CORRECTIONS).write_text(corrections, "utf-8", newline="")
                write_state(folder, {"model": model, "started_at": time.time()})
                self.process, self.running_in = self.launch(folder, model), folder
            except OSError as error:
                raise TrainingFailed(
                    f"The training cannot be started ({error.strerror}); make room in {folder}."
                ) from error

    def launch(self, folder: Path, model: str) -> subprocess.Popen[bytes]:
        """Start the process, behind the app's own work."""
        given = (model, "--with", str(folder / CORRECTIONS), "--folder", str(folder))
        nice = (shutil.which("nice") or "", "-n", "10") if shutil.which("nice") else ()
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        with (folder / LOG).open("wb") as log:
            return subprocess.Popen(  # noqa: S603
                [*nice, *self.command, *given],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": paths},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def cancel(self, key: str) -> None:
        """Stop the training of a key, if it is running."""
        folder = self.find_folder() / key
        with self.lock:
            if self.is_busy() and self.running_in == folder:
                self.stop()
                write_state(folder, read_state(folder) | {"cancelled": True})

    def leave(self) -> None:
        """Stop what is running."""
        with self.lock:
            if self.is_busy():
                self.stop()

    def stop(self) -> None:
        """Stop the process and those that it has started."""
        assert self.process
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_S)
                return

    def look(self, key: str) -> Training | None:
        """Return the latest training of a key, None if there was none."""
        folder = self.find_folder() / key
        log = folder / LOG
        running = self.is_busy() and self.running_in == folder
        try:
            state = read_state(folder)
            ended = time.time() if running else log.stat().st_mtime
        except (OSError, ValueError):
            return None
        outcome = None if running else read_outcome(folder, state["model"])
        return Training(
            state["model"],
            state_of(state, running=running, done=outcome is not None),
            max(0, round(ended - state["started_at"])),
            last_line(log),
            folder,
            outcome,
        )


def state_of(state: dict[str, Any], *, running: bool, done: bool) -> State:
    if running:
        return "running"
    if done:
        return "done"
    return "cancelled" if state.get("cancelled") else "failed"


def write_state(folder: Path, state: dict[str, Any]) -> None:
    part = folder / f"{STATE}.part"
    part.write_text(json.dumps(state), "utf-8")
    part.replace(folder / STATE)


def read_state(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / STATE).read_text("utf-8")))


def read_outcome(folder: Path, model: str) -> dict[str, Any] | None:
    """Return the comparison that a finished training has stored."""
    try:
        return dict(json.loads((folder / model / "challenger" / "challenger.json").read_text()))
    except (OSError, ValueError):
        return None


def last_line(log: Path) -> str:
    """Return what was told last: a step as "Step 2 of 3: the challenger on everything"."""
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    if not lines:
        return ""
    step = STEP.search(lines[-1])
    return f"Step {step[1]} of {step[2]}: {step[3]}" if step else lines[-1].strip()
