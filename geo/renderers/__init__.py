"""A `Briefing`, `Comparison` or `History` becomes bytes: pages, pictures, slides, data files."""
