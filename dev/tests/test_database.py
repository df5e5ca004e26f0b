import os
from unittest import TestCase

from .. import database, paths, testing

NAME = f"{testing.PREFIX}{os.getpid()}-of-the-tooling"


class TestDatabase(TestCase):
    def setUp(self):
        self.addCleanup(database.drop, NAME)
        self.addCleanup(database.drop, f"{NAME}-2")
        database.query(f'CREATE DATABASE "{NAME}"')

    def test_copy_shares_the_files_and_drop_removes_them(self):
        (paths.FILESTORE / NAME / "ab").mkdir(parents=True)
        (paths.FILESTORE / NAME / "ab" / "abc").write_text("content")
        database.copy(NAME, f"{NAME}-2")
        copied = paths.FILESTORE / f"{NAME}-2" / "ab" / "abc"
        self.assertEqual(copied.read_text(), "content")
        self.assertEqual(copied.stat().st_nlink, 2)
        database.drop(f"{NAME}-2")
        self.assertFalse(copied.exists())
        self.assertTrue((paths.FILESTORE / NAME / "ab" / "abc").exists())

    def test_rename_takes_the_place_of_another(self):
        database.query(f'CREATE DATABASE "{NAME}-2"')
        database.note(NAME, "it's mine")
        database.rename(NAME, f"{NAME}-2")
        self.assertFalse(database.exists(NAME))
        self.assertEqual(database.note(f"{NAME}-2"), "it's mine")

    def test_no_note(self):
        self.assertEqual(database.note(NAME), "")
