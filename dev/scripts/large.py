# Make a firm of many years in a copy of the demo company; Odoo's shell gives ``env``.
import os
import sys
from pathlib import Path

from odoo.addons.sercom.data.demo.firm import Firm
from odoo.addons.sercom.data.demo.moments import Moments
from odoo.addons.sercom.data.demo.records import Records

sys.path.insert(0, str(Path(os.environ["SERCOM_BENCH_FOLDER"])))
import large_copies  # noqa: E402
import large_story  # noqa: E402

TEAMS = 60
jobs = int(os.environ["SERCOM_BENCH_JOBS"])
copies = max(1, jobs // large_story.JOBS - 1)
env = env(  # noqa: F821
    user=env.ref("base.user_root").id,  # noqa: F821
    context={
        "lang": "en_US",
        "tz": "America/Toronto",
        "no_reset_password": True,
        "no_mail_to_attendees": True,
        "mail_notify_force_send": False,
        "mail_create_nosubscribe": True,
    },
)
dialogs = [model._table for model in env.values() if model._transient]
copier = large_copies.Copier(env.cr)
with Moments(env) as moments:
    firm = Firm(env, Records(env), moments)
    moments.set(moments.at(large_story.FIRST_DAY - 1, 8))
    before = copier.mark()
    large_story.make_people(firm)
    env.flush_all()
    copier.copy(before, TEAMS - 1, turn=f"k %% {TEAMS}", transient=dialogs)
    env.invalidate_all()
    before = copier.mark()
    large_story.make_clients(firm)
    large_story.tell(firm, moments)
    env.flush_all()
rows = copier.copy(before, copies, weeks=f"k / {TEAMS}", transient=dialogs)
env.cr.commit()
print(f"{rows} rows")
