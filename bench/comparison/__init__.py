"""hypersigma beside other programs that evaluate Sigma rules.

programs.py says how each is called, rounds.py times them in turn, stamps.py
writes log sources into events, lanes.py puts that together, and report.py says
what came of it. `bench/compare` is the command.
"""
