"""The values everything flows into, `Briefing` and `Comparison`, and their words."""
