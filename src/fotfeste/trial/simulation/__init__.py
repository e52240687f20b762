"""Trials that never were: their power, how their scheme behaves, and their data."""
