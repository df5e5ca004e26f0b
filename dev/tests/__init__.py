from . import (
    test_addons,
    test_architecture,
    test_database,
    test_demo,
    test_directions,
    test_server,
    test_testing,
    test_upstream,
    test_words,
)
