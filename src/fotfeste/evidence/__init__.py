"""Evidence synthesis: from what trials print to a pooled effect that can be trusted, and what it depends on."""
