"""Near-duplicates among complaints: mass petitions, and the same matter told again in other words, script or channel.

Here: how a text becomes comparable, how alike two are, and the streaming index. Not here: what is done with what is found
(nistaran/steps/petitions.py), duplicates within the corpus (models/corpus/overlap.py).
"""
