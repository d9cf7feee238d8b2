"""Measured speed and memory. Run by `make bench`, which writes results.md; nothing here is a test with a time limit."""
