"""How the hours of a job are billed."""

SOLD = "sold"
ACTUAL = "actual"
CAPPED = "capped"
BY_HOURS = frozenset({ACTUAL, CAPPED})
# How little holds what is billed: more is never billed than of a lower one.
LOOSENESS = {CAPPED: 0, SOLD: 1, ACTUAL: 2}
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
