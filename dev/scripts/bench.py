# Run one benchmark in Odoo's shell; see dev/bench/README.md for what it has to offer.
import json
import os
import runpy
import sys
from pathlib import Path

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry

path = Path(os.environ["SERCOM_BENCH"])
sys.path.insert(0, str(path.parent))
functions = runpy.run_path(str(path))
side = os.environ["SERCOM_BENCH_SIDE"]
peer = json.loads(os.environ["SERCOM_BENCH_PEER"])
if side == "alternate":
    with Registry(peer).cursor() as cr:
        answer = functions["alternate"](env, Environment(cr, SUPERUSER_ID, {}))  # noqa: F821
        cr.rollback()
elif side == "run" and "peer" in functions:
    answer = functions["run"](env, peer)  # noqa: F821
else:
    answer = functions[side](env)  # noqa: F821
env.cr.rollback()  # noqa: F821
Path(os.environ["SERCOM_BENCH_ANSWER"]).write_text(json.dumps(answer))
