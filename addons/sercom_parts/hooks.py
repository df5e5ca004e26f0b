"""What goes with the parts when they are uninstalled."""

from .models.fsm_order_purchase import ASK


def uninstall_hook(env):
    """Take off what buyers are still asked for: their kind of activity goes."""
    env["mail.activity"].search([("activity_type_id", "=", env.ref(ASK).id)]).unlink()
