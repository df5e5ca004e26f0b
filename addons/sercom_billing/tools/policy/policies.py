"""How the hours of a job are billed."""

SOLD = "sold"
ACTUAL = "actual"
CAPPED = "capped"
BY_HOURS = frozenset({ACTUAL, CAPPED})
POLICIES = [
    (SOLD, "As Sold"),
    (ACTUAL, "As Worked"),
    (CAPPED, "As Worked, Up to the Authorised Hours"),
]
# Odoo's own policy for a service that is billed so.
SERVICE_POLICIES = {
    SOLD: "ordered_prepaid",
    ACTUAL: "delivered_timesheet",
    CAPPED: "delivered_timesheet",
}
