"""Made-up data for the tests: briefings, fronts, occupied areas, series of days, hostile texts."""
