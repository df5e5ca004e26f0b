from . import (
    test_my_day,
    test_my_day_http,
    test_my_day_js,
    test_my_day_page,
    test_my_day_sign_out,
    test_my_day_sync,
    test_my_day_tools,
    test_on_my_way,
)
