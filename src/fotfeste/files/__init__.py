"""What people send us, read strictly, with errors that point to the place."""

from fotfeste.files.cells import BadCell, Cells, read_cells
from fotfeste.files.tables import BadKey, Table, read_toml

__all__ = ["BadCell", "BadKey", "Cells", "Table", "read_cells", "read_toml"]
