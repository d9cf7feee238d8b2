"""The risk that an open case becomes a defaulter, learned from the house's own history. Here: fitting, comparing, the gate."""
