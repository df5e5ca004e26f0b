INTERNAL_ACCESS = "fieldservice_project.access_fieldservice_project_internal"


def uninstall_hook(env):
    """Give every employee the access to jobs that OCA's fieldservice_project gave them."""
    if access := env.ref(INTERNAL_ACCESS, raise_if_not_found=False):
        access.active = True
