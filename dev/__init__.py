"""Sercom's set-up and test tooling: `python3 -m dev <command>`, or `make <command>`."""
