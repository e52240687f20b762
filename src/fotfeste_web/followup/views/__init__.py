"""Advice, outreach, follow-up in work and notes."""
