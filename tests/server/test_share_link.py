"""What is said where no public link can be had."""

from pathlib import Path

import pytest
from gradio import networking, tunneling

from demo.server import announce_share_link

NO_WAY_OUT = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    "tunnel_server",
    [None, "127.0.0.1:1"],
    ids=["no server for tunnels", "no program for tunnels"],
)
def test_without_a_share_link_there_is_one_line_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    tunnel_server: str | None,
) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        monkeypatch.setenv(name, NO_WAY_OUT)
    monkeypatch.setattr(networking, "GRADIO_SHARE_SERVER_ADDRESS", tunnel_server)
    monkeypatch.setattr(tunneling, "BINARY_FOLDER", tmp_path)
    monkeypatch.setattr(tunneling, "BINARY_PATH", str(tmp_path / "frpc"))

    announce_share_link(7860)

    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert line.startswith("No share link: Gradio's tunnel could not be reached")
    assert said.out == ""
