from . import (
    test_access,
    test_access_costs,
    test_access_table,
    test_portal_quote,
    test_reports,
    test_tours,
    test_translations,
    test_uninstall,
    test_workflow_job,
    test_workflow_quote,
    test_workflow_request,
    test_workflow_taxes,
)
from . import test_plain_users
