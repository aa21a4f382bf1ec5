"""A review desk on the database that the settings name."""

from typing import TYPE_CHECKING

from demo.desk import ReviewDesk
from demo.settings import Settings
from models.registry import Shelf

if TYPE_CHECKING:
    from demo.store import Store


def build_desk(shelf: Shelf, settings: Settings) -> ReviewDesk:
    """Return the review desk on the database that the settings name, which is opened when needed."""

    def open_store() -> "Store":
        from demo.store import open_store

        return open_store(settings.database_url, settings.journal_mode)

    return ReviewDesk(shelf, open_store)
