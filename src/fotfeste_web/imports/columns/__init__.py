"""The columns of each kind of spreadsheet, and how a cell becomes a value."""
