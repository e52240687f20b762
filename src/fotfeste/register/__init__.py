"""Employment registers turned into outcomes, and outcomes into effects."""
