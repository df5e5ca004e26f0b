# Run one benchmark in Odoo's shell; see dev/bench/README.md for what it has to offer.
import json
import os
import runpy
import sys
from pathlib import Path

path = Path(os.environ["SERCOM_BENCH"])
sys.path.insert(0, str(path.parent))
functions = runpy.run_path(str(path))
if os.environ["SERCOM_BENCH_SIDE"] == "peer":
    answer = functions["peer"](env) if "peer" in functions else None  # noqa: F821
elif "peer" in functions:
    answer = functions["run"](env, json.loads(os.environ["SERCOM_BENCH_PEER"]))  # noqa: F821
else:
    answer = functions["run"](env)  # noqa: F821
env.cr.rollback()  # noqa: F821
Path(os.environ["SERCOM_BENCH_ANSWER"]).write_text(json.dumps(answer))
