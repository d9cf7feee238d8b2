"""`python -m nistaran.cli` is `nistaran`."""

from nistaran.cli import main

main()
