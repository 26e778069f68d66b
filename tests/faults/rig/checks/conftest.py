"""The honest game of these tests, played once."""

import pytest

from tests.faults.rig.evidence import Evidence
from tests.faults.rig.honest import played


@pytest.fixture(scope="session")
def honest() -> Evidence:
    return played().evidence
