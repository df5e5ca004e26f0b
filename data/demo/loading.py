"""The demo company, from an empty database to a busy fortnight: masters first, then the story."""

from odoo.addons.sercom.data.demo import catalog, clients, company, people, planning
from odoo.addons.sercom.data.demo.moments import Moments
from odoo.addons.sercom.data.demo.records import Records
from odoo.addons.sercom.data.demo.story import tell


def load(env):
    """Make the demo company; nothing is committed.

    :return: ``Records``, its records by name
    """
    env = env(
        user=env.ref("base.user_root").id,
        context={
            "lang": "en_US",
            "tz": "America/Toronto",
            "no_reset_password": True,  # nobody gets an invitation
            "no_mail_to_attendees": True,
            "mail_notify_force_send": False,  # nothing leaves; company.hold_mail stops the queue
            "mail_create_nosubscribe": True,
        },
    )
    records = Records(env)
    records.check_fresh()
    company.load(env)
    records.load_masters()
    with Moments(env) as moments:
        moments.move_to(-15, 8)
        people.load(env, records)
        catalog.load(env, records)
        clients.load(env, records)
        planning.load(env, records, moments)
        tell(env, records, moments)
    company.hold_mail(env)
    return records
