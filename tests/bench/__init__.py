"""Benchmarks: ratios of our work to a peer's, or to the bare operation, on the same input in the same run.

`uv run --group dev python -m tests.bench` prints them all. They are no tests: a machine under other load may
miss a mark.
"""
