from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Whom to tell: the one way to find somebody of the office for a notice.

    Who is asked first differs from notice to notice; who may be told, and who is told where none
    of them may, does not.
    """

    _inherit = "res.users"

    @api.model
    def _get_company_users(self, group, company):
        """Active users of a group who work in a company, in order of id, as superuser; those who
        keep the system last: they have every role, and do the work of none.

        :param str group: external id
        :param company: ``res.company``; empty for any
        """
        # sudo: who is told is no matter of the one who causes it
        users = self.sudo().search(
            Domain("all_group_ids", "in", self.env.ref(group).ids)
            & Domain("share", "=", False)
            & Domain("id", "!=", SUPERUSER_ID)
            & (Domain("company_ids", "in", company.ids) if company else Domain.TRUE),
            order="id",
        )
        return users.sorted(lambda user: user.has_group("base.group_system"))

    def _is_company_user(self, group, company):
        """Whether this one user is of those that ``_get_company_users`` answers."""
        self.ensure_one()
        user = self.sudo()  # sudo: as above
        return (
            user.active
            and not user.share
            and user.id != SUPERUSER_ID
            and (not company or company in user.company_ids)
            and user.has_group(group)
        )

    @api.model
    def _get_recipients(self, candidates, group, fallback=None):
        """Whom to tell of each record: the first candidate who may be told, or else a colleague.

        :param dict candidates: ``{record: users}``, those to be asked first before the others;
            each record has a ``company_id``
        :param str group: external id of the group that a candidate must be in
        :param str fallback: group whose first user is told where there is no such candidate; by
            default the same
        :return: ``{record: res.users}``, no user where nobody in the company may be told
        """
        colleagues, found = {}, {}
        for record, users in candidates.items():
            company = record.sudo().company_id  # sudo: who causes a notice may not read all of it
            user = next((one for one in users if one._is_company_user(group, company)), None)
            if user is None:
                if company not in colleagues:
                    colleagues[company] = self._get_company_users(fallback or group, company)[:1]
                user = colleagues[company]
            found[record] = user
        return found
