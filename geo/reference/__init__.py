"""The shipped reference layers, and the scripts that build them and the scenario outlines."""
