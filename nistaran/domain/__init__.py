"""What a grievance cell knows and decides, in the standard library alone.

Here: values and pure rules. Not here: files, databases, models, clocks of the machine.
"""
