"""Extract once in a process of its own, for tests that kill it.

``python -m tests.support.extract_once WAREHOUSE BASE_URL``
"""

import sys
from pathlib import Path

from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.options import Endpoint
from tests.support.warehouses import extract, settings_in

if __name__ == "__main__":
    folder, base_url = sys.argv[1:]
    endpoint = Endpoint(
        base_url=base_url,
        company_id="sandbox",
        public_key="public",
        private_key="private",
        client_id="00000000-0000-0000-0000-000000000000",
    )
    extract(pointed_at(settings_in(Path(folder)), endpoint))
