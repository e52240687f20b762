"""Norwegian identifiers and code lists."""
