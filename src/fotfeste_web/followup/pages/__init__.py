"""What is shown of advice, outreach, follow-up and notes."""
