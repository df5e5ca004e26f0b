from . import test_addons, test_database, test_server, test_testing, test_words
