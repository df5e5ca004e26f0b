"""One side of `make bench-large`: the screens of a firm of many years."""

from large_screens import walk


def run(env):
    return walk(env)
