from . import (
    test_my_day_parts,
    test_my_day_parts_js,
    test_my_day_parts_page,
)
