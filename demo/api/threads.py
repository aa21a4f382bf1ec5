"""Threads for what waits for a database, so that predictions need not wait for theirs."""

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar

T = TypeVar("T")
N_THREADS = 16
# One for each event loop.
LIMITER: RunVar[CapacityLimiter] = RunVar("review_threads")


async def in_thread(work: Callable[..., T], *arguments: object) -> T:
    """Return what `work` makes of the arguments, in one of a few threads of its own."""
    try:
        limiter = LIMITER.get()
    except LookupError:
        limiter = CapacityLimiter(N_THREADS)
        LIMITER.set(limiter)
    return await anyio.to_thread.run_sync(work, *arguments, limiter=limiter)
