from odoo.tests import tagged

from .common import ROLES, SercomCommon

# What a tile asks beyond its one query: parts are short by what the stock plan says, which Python
# works out, in a number of queries that is the same for any number of jobs.
PLANNED_IN_PYTHON = {"parts_short"}


@tagged("post_install", "-at_install")
class TestHomeTiles(SercomCommon):
    """The home page of every role, with all the add-ons."""

    def _get_home(self, role):
        return self.env["sercom.home"].with_user(self.users[role])

    def _count_queries(self, home, tile):
        # Who reads, and their company's currency, are read once for the page: the cache is kept.
        home._read_tile(tile)
        before = self.env.cr.sql_log_count
        home._read_tile(tile)
        return self.env.cr.sql_log_count - before

    def test_one_query_a_tile(self):
        self.env.flush_all()
        seen = set()
        for role in ROLES[1:]:
            home = self._get_home(role)
            for tile in home._get_own_tiles():
                seen.add(tile.key)
                with self.subTest(role=role, tile=tile.key):
                    if tile.key not in PLANNED_IN_PYTHON:
                        self.assertEqual(self._count_queries(home, tile), 1)
        self.assertEqual(seen, {tile.key for tile in self.env["sercom.home"]._get_tiles()})
