"""Lets `python -m hypersigma` stand for the command `hypersigma`."""

from hypersigma.cli import main

main()
