from . import test_evidence_access
