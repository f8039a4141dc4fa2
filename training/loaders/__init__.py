"""Loaders of the public data sets in their published form; `registry.py` knows which formats there are."""
