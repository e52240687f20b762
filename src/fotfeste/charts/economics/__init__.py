"""Figures of economic evaluation, in bokmål. Nothing is imported here: the words are used without drawing too."""
