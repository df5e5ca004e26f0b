from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon
from odoo.addons.sercom_requests.tests.common import PIXEL  # noqa: F401, for the tests

ROLES = ("technician", "estimator", "dispatcher", "accountant", "manager")


class SercomCommon(SercomJobsCommon):
    """The suite with one user per role, and a client of the portal.

    ``cls.users`` has them by name: the five roles, ``internal`` (an employee without a role)
    and ``portal`` (the client of ``cls.site``). ``cls.worker`` is the technician's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls._create_role_user(role, login=f"role_{role}") for role in ROLES}
        cls.users["internal"] = cls._create_user("role_internal", "base.group_user")
        cls.users["portal"] = new_test_user(
            cls.env,
            login="role_portal",
            groups="base.group_portal",
            partner_id=cls.client_partner.id,
        )
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Technician", "user_id": cls.users["technician"].id}
        )
        cls.worker = cls.employee._get_fsm_persons()[cls.employee]

    @classmethod
    def _create_role_user(cls, role, login, **vals):
        """Make a user who has one role; ``vals`` are more values of the user."""
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,sercom.sercom_group_{role}",
            email=f"{login}@example.com",
            **vals,
        )

    @classmethod
    def _create_second_company(cls):
        """Make a company that shares nothing with the first one but the catalog."""
        return cls.env["res.company"].create(
            {"name": "Second Company", "currency_id": cls.company.currency_id.id}
        )

    @classmethod
    def _create_dispatcher_of(cls, company):
        return cls._create_role_user(
            "dispatcher",
            login=f"dispatcher_{company.id}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
