"""The tables as steps see them, one file a port of nistaran/steps/ports.py. All take the open connection of one unit of work."""
