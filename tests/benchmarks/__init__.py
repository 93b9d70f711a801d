"""How fast the program is, and next to what: run by ``python -m tests.benchmarks``, never part of the tests."""
