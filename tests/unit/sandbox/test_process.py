"""The sandbox in a process of its own, over https, and its end."""

import signal
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import msgspec
import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.main import serve
from pipelines.sandbox.options import Fault, NamedFault, Role, SandboxOptions
from pipelines.sandbox.process import running, serving
from tests.support.sandbox import client_of, make_world


@pytest.fixture
def world(tmp_path):
    path = tmp_path / "world.sqlite"
    make_world(path).close()
    return path


def refuses_connections(url):
    address = httpx.URL(url)
    with socket.socket() as probe:
        return probe.connect_ex((address.host, address.port)) != 0


def test_a_subprocess_serves_with_its_options_and_ends_with_the_block(world):
    options = SandboxOptions(
        now=datetime(2025, 6, 1, tzinfo=UTC),
        denied_paths=("/time/entries",),
        faults=(Fault("/service/boards", "html"),),
        named_faults=(NamedFault("shrunken", 1.0),),
        role=Role(hidden_fields={"/service/tickets": ("summary",)}),
        timeout_seconds=5.0,
    )
    with running(world, options=options) as endpoint, client_of(endpoint) as client:
        answer = client.get("/service/tickets/count")
        assert answer.json() == {"count": 60}
        assert parsedate_to_datetime(answer.headers["date"]).year == 2025
        assert client.get("/time/entries").status_code == 403
        assert client.get("/service/boards").status_code == 502
        assert client.get("/service/tickets").json() == []
        assert "summary" not in client.get("/service/tickets/1").json()
    assert refuses_connections(endpoint.base_url)


def test_ctrl_c_ends_it_without_a_word(world):
    command = [sys.executable, "-m", "pipelines.sandbox", str(world)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, "--end-with-stdin"], stdin=pipe, stdout=pipe, stderr=pipe
    ) as process:
        url = msgspec.json.decode(process.stdout.readline())["base_url"]
        httpx.get(url)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode != -signal.SIGABRT


def test_a_subprocess_ends_when_its_parent_is_killed(world):
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from pipelines.sandbox.process import running\n"
        "with running(Path(sys.argv[1])) as endpoint:\n"
        "    print(endpoint.base_url, flush=True)\n"
        "    time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script, str(world)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe) as parent:
        url = parent.stdout.readline().decode().strip()
        assert not refuses_connections(url)
        parent.kill()
        # The child holds the other end too, so reading ends when the child does.
        assert parent.stderr.read() == b""
    assert refuses_connections(url)


def test_a_subprocess_that_cannot_start_is_an_error(tmp_path, capfd):
    world = running(tmp_path / "none.sqlite")
    with pytest.raises(SandboxError, match="before it listened"), world:
        pass
    assert "There is no sandbox world" in capfd.readouterr().err


def test_a_taken_port_is_an_error(world):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SandboxError, match=f"cannot listen on 127.0.0.1:{port}"):
            serve(world, port=port)


def test_https_with_a_certificate_of_its_own(world):
    options = SandboxOptions(tls=True)
    with running(world, options=options) as endpoint:
        assert endpoint.base_url.startswith("https://")
        context = ssl.create_default_context(cafile=endpoint.certificate)
        url = f"{endpoint.base_url}/login/companyinfo/sandbox"
        assert httpx.get(url, verify=context).json()["Codebase"] == "v2026_4/"
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)
    assert not endpoint.certificate.exists()


def test_a_served_store_may_change_meanwhile(tmp_path):
    with (
        make_world(tmp_path / "world.sqlite") as store,
        serving(store) as endpoint,
        client_of(endpoint) as client,
    ):
        store.delete("/service/tickets", 5)
        assert client.get("/service/tickets/5").status_code == 404
        store.touch("/service/tickets", [6], "2026-03-31T20:00:00Z")
        record = client.get("/service/tickets/6").json()
        assert record["_info"]["lastUpdated"] == "2026-03-31T20:00:00Z"
        newer = "/service/tickets?conditions=lastUpdated>[2026-03-31T00:00:00Z]"
        assert [r["id"] for r in client.get(newer).json()] == [6]
