class BackupError(RuntimeError):
    """It cannot be done; the message says to the operator what to do."""
