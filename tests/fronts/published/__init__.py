"""Tests of `geo.fronts.published`."""
