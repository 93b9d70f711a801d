"""Fronts that others publish: who they are, how their files come here, and how they are kept."""
