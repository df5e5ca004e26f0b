from odoo.tests import HttpCase, tagged


@tagged("slow")
class HootCase(HttpCase):
    """Runs the HOOT tests of an add-on, in Chromium."""

    @staticmethod
    def _get_suite_id(path):
        """Identify a suite as HOOT does (``hoot_utils.js``, ``generateHash``)."""
        number = 0
        for char in path:
            number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
        return f"{number:08x}"

    def run_suite(self, path):
        """Run the tests below a path, such as ``@sercom_my_day``; a failure says which failed."""
        messages = []

        def is_end(message):
            messages.append(message)
            return "[HOOT]" not in message

        try:
            self.browser_js(
                "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
                f"&id={self._get_suite_id(path)}",
                "",
                "",
                login="admin",
                timeout=600,
                success_signal="[HOOT] Test suite succeeded",
                error_checker=is_end,
            )
        except AssertionError as error:
            raise AssertionError("\n".join(messages) or str(error)) from error
