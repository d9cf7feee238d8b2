"""Papers that leave on paper: letters for a signature and the weekly review pack, from facts to PDF pages in Devanagari.

Here: templates, fonts, the press. Not here: which facts (steps/), notices by mail (nistaran/couriers), sheets that people fill (steps/sheet_look.py).
"""
