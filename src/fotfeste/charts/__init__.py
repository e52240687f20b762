"""Results as Altair charts: one function a figure, from rows of numbers to a chart."""
