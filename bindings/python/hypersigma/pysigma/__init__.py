"""Rules as pySigma holds them, written as YAML that the loader reads.

Only `RuleSet.from_pysigma` comes here. pySigma is an optional dependency, so
nothing outside of this package may import its modules before they are needed.

The data's way: values, detections (with formulas), conditions, then streams.
"""
