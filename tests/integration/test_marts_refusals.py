"""What must not be published fails the build, with one sentence that says why."""

from pathlib import Path

import pytest

from pipelines.errors import TransformError
from pipelines.transform.project import run_build
from pipelines.transform.results import read_outcomes
from tests.support.marts import RawWarehouse


def test_a_key_that_comes_twice_stops_the_build(tmp_path: Path) -> None:
    warehouse = RawWarehouse.create(tmp_path)
    warehouse.insert("work_roles", [{"id": 1}, {"id": 1}])
    with pytest.raises(TransformError) as refused:
        run_build(warehouse.settings, select="stg_connectwise__work_role")
    told = str(refused.value)
    assert "key_stg_connectwise__work_role_work_role_id" in told
    assert "last published copy stays" in told
    assert "\n" not in told
    (outcome,) = (
        one
        for one in read_outcomes(warehouse.settings)
        if one.name == "key_stg_connectwise__work_role_work_role_id"
    )
    assert (outcome.asset, outcome.status, outcome.failed_rows) == (
        "staging.stg_connectwise__work_role",
        "failed",
        1,
    )
    assert outcome.blocks
