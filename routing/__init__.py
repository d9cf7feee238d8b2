"""Which office: pure decisions over a pack's tables and a district's territory. No files are written, no database is read."""
