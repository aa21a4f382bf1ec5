"""How much is explained for a request, and for how many requests at once: an explanation costs far more."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import Request

from demo.api.deps import COMPUTING
from demo.api.errors import RequestError
from demo.sessions.predictions import Busy
from models.errors import InvalidRecord
from models.spec import ModelSpec

T = TypeVar("T")
WAIT_S = 5
SLOTS = anyio.Semaphore(2)


def check_characters(spec: ModelSpec, records: Sequence[Any], most: int) -> None:
    """Raise InvalidRecord if the texts of the records together have more than `most` characters."""
    if not spec.text_name:
        return
    texts = [record.get(spec.text_name) for record in records if isinstance(record, dict)]
    n_characters = sum(len(text) for text in texts if isinstance(text, str))
    if n_characters > most:
        raise InvalidRecord(
            f"The texts have {n_characters:,} characters together; at most {most:,} are explained at a "
            "time. Send fewer records, or leave explain out.",
            "records",
        )


@asynccontextmanager
async def explain_slot() -> AsyncIterator[None]:
    """Wait in line for the right to explain; raise Busy if it takes too long."""
    try:
        with anyio.fail_after(WAIT_S):
            await SLOTS.acquire()
    except TimeoutError as error:
        raise Busy from error
    try:
        yield
    finally:
        SLOTS.release()


async def explain_each(
    request: Request, work: Callable[[int, Any], T], records: Sequence[Any]
) -> list[T]:
    """Return what `work` makes of each place and record, in a thread; give up once the client is gone."""
    answers = []
    async with explain_slot():
        for place, record in enumerate(records):
            if await request.is_disconnected():
                raise RequestError(499, "client_gone", "The client has left; nothing was sent.")
            answers.append(await anyio.to_thread.run_sync(work, place, record, limiter=COMPUTING))
    return answers
