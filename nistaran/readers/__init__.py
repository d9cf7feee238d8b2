"""What arrives: CSV, XLSX and JSON Lines files, in any usual encoding or legacy font, become records or named refusals.

Not here: keeping the raw file, judging a complaint, numbering it (steps/).
"""
