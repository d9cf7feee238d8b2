"""What comes with a disposal report: photos and PDFs become facts.

Facts only. Not here: what they mean for a report, keeping the file (steps/, storage/). No word of a PDF and no file's name leaves it.
"""
