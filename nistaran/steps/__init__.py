"""The life of a complaint, one use case a file. A step owns its transaction and talks to the world through ports.py."""
