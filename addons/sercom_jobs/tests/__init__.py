from .work_time import *
from .job import *
from .planning import *
from .sla import *
from .completion import *
from .home import *
