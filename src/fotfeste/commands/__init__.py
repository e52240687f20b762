"""Commands that draw as well as compute, and so stand above both."""
