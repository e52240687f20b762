"""Small cells are hidden before they are stored, so that a number never points at a person."""

SMALLEST_SHOWN = 5


def shown(count: int) -> int | None:
    """Give a count as it may be shown: None for 1 to 4. None at all is no person, and is shown."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None


def hide_small(cells: dict[str, int]) -> dict[str, int | None]:
    """Hide the small cells of a table. One hidden alone could be found by subtraction: hide one more."""
    hidden = {key for key, count in cells.items() if shown(count) is None}
    if len(hidden) == 1:
        others = [(count, key) for key, count in cells.items() if key not in hidden and count > 0]
        if others:
            hidden.add(min(others)[1])
    return {key: None if key in hidden else count for key, count in cells.items()}
