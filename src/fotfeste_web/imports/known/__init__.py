"""What the service has from before, as rows of a spreadsheet name it."""
