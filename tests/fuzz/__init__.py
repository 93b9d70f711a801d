"""Broken inputs by the thousand: each is made from a valid file, in steps that a seed repeats.

`case` says what a case is, `trees` and `shapes` what a step does to JSON and to coordinates, `zones`, `layers`,
`tables`, `texts`, `days`, `written`, `fetched`, `pairs` and `arguments` hold the kinds of input, `worker` runs a case
in a process with limits, `judge` says what a command may never do, and `hunt` finds the shortest case that still
does it.
"""
