"""Pictures and tables of what the benchmark programs measured.

results.py reads their JSON, charts.py draws it, tables.py writes it as
Markdown, and page.py puts tables into a page. `bench/plot` is the command.
"""
