"""The pages that people land on."""
