"""When: the only Prefect in the project, one file a step. A flow opens the house, calls a step and publishes counts.

Not here: any rule, any state, any table. Prefect loads these files by path and by name, so nothing may live in them twice.
"""
