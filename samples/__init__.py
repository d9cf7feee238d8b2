"""Sample inboxes: what a grievance cell gets on a Monday, good files and bad ones, and the program that builds them.

Not here: tests of how they are taken in (tests/bad_input).
"""
