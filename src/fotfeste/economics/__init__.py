"""Economics: what a way of helping costs, what it gives, to whom, and from when it pays.

A file (`files.read_analysis`) becomes an `Analysis`; `evaluation.evaluate` counts it. Everything is computed for many
sets of inputs at once, so that draws, one-way changes, scenarios and break-even are the same computation with other
inputs.
"""
