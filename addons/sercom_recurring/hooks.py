def uninstall_hook(env):
    """Take the activities of Sercom's own kinds with it; the series and their visits stay."""
    kinds = env.ref("sercom_recurring.activity_type_visit_failed")
    kinds |= env.ref("sercom_recurring.activity_type_visit_to_plan")
    activities = env["mail.activity"].with_context(active_test=False)
    activities.search([("activity_type_id", "in", kinds.ids)]).unlink()
