"""A briefing as data for other programs, the metrics as attributes: a module for each format, all from `layers`."""
