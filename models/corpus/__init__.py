"""Training and test texts with their provenance, and the checks that keep the two apart.

Not here: how a text becomes features (models/features.py) or what is learned from it (models/train.py).
"""
