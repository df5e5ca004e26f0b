"""The demo company: a Québec plumbing and ventilation firm, in the middle of a busy fortnight.

Run in Odoo's shell (``env`` is there) on a fresh database that has the suite and ``l10n_ca``;
``make run`` does it. Masters come first, then the story, told with the public methods that the
office, the technicians and the accountant use, each as its own user.
"""

from odoo.addons.sercom.data.demo import catalog, clients, company, people, planning
from odoo.addons.sercom.data.demo.moments import Moments
from odoo.addons.sercom.data.demo.records import Records
from odoo.addons.sercom.data.demo.story import tell

env = env(  # noqa: F821, Odoo's shell gives it
    user=env.ref("base.user_root").id,  # noqa: F821
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
env.cr.commit()
