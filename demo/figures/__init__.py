"""The figures of a review session: agreement, disputes, intervals, and the board that shows them."""
