"""A review desk on the database that the settings name."""

from typing import TYPE_CHECKING

from demo.desk import ReviewDesk
from demo.links import Address
from demo.settings import Settings
from models.registry import Shelf

if TYPE_CHECKING:
    from demo.store import Store


def build_desk(shelf: Shelf, settings: Settings, *, limited: bool = True) -> ReviewDesk:
    """Return the review desk on the database that the settings name, which is opened when needed.

    `limited` is for the public: the limits of the settings hold.
    """

    def open_store() -> "Store":
        from demo.session_limits import limits_of
        from demo.store import open_store

        limits = limits_of(settings) if limited else None
        return open_store(settings.database_url, settings.journal_mode, limits)

    return ReviewDesk(shelf, open_store, Address(settings.public_url, settings.root_path))
