"""Small cells are hidden before they are stored, so that a number never points at a person."""

SMALLEST_SHOWN = 5


def shown(count: int) -> int | None:
    """Give a count as it may be shown: None for 1 to 4. None at all is no person, and is shown."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None
