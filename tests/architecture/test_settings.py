import re
from pathlib import Path
from traceback import format_exception

import pytest

from demo.settings import PREFIX, SettingError, Settings, read_settings
from models.training.datasets import FOLDER_VARIABLE

SET_BY_SPACES = {"SPACE_ID"}


def variables_read() -> set[str]:
    aliases = [field.validation_alias for field in Settings.model_fields.values()]
    names = {name for alias in aliases for name in getattr(alias, "choices", [alias])}
    return names | {FOLDER_VARIABLE}


def settings_table(root: Path) -> str:
    return (root / "README.md").read_text("utf-8").split("## Settings")[1].split("\n## ")[0]


def test_an_empty_environment_listens_on_this_machine_alone() -> None:
    assert read_settings({}) == Settings(host="127.0.0.1", port=7860)


def test_our_own_variables_decide() -> None:
    environ = {
        "SECOND_OPINION_HOST": "::1",
        "SECOND_OPINION_PORT": "9000",
        "SECOND_OPINION_ROOT_PATH": "/demo",
        "GRADIO_SERVER_NAME": "10.0.0.1",
        "GRADIO_SERVER_PORT": "9001",
        "GRADIO_ROOT_PATH": "/other",
    }

    assert read_settings(environ) == Settings(host="::1", port=9000, root_path="/demo")


def test_gradios_variables_stand_in_for_ours() -> None:
    environ = {
        "GRADIO_SERVER_NAME": "10.0.0.1",
        "GRADIO_SERVER_PORT": "9001",
        "GRADIO_ROOT_PATH": "/other",
    }

    assert read_settings(environ) == Settings(host="10.0.0.1", port=9001, root_path="/other")


def test_an_empty_variable_counts_as_unset() -> None:
    environ = {"SECOND_OPINION_PORT": "", "GRADIO_SERVER_PORT": "9001", "SECOND_OPINION_HOST": ""}

    assert read_settings(environ) == Settings(port=9001)


def test_a_space_listens_on_every_interface() -> None:
    settings = read_settings({"SPACE_ID": "someone/second-opinion"})

    assert settings.host == "0.0.0.0"
    assert settings.on_space


def test_a_named_host_counts_on_a_space_too() -> None:
    environ = {"SPACE_ID": "someone/second-opinion", "SECOND_OPINION_HOST": "127.0.0.1"}

    assert read_settings(environ).host == "127.0.0.1"


@pytest.mark.parametrize("port", ["1", "7860", "65535"])
def test_a_port_is_taken(port: str) -> None:
    assert read_settings({"SECOND_OPINION_PORT": port}).port == int(port)


@pytest.mark.parametrize(
    "port", ["0", "65536", "-1", "+80", "80.0", "abc", " 80", "７８６０", "²", "99999", "9" * 5_000]
)
@pytest.mark.parametrize("name", ["SECOND_OPINION_PORT", "GRADIO_SERVER_PORT"])
def test_what_is_no_port_is_refused_with_the_name_of_its_variable(name: str, port: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({name: port})

    assert caught.value.message.startswith(f"{name} is ")
    assert caught.value.message.endswith("give a port from 1 to 65535.")


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://10.0.0.1:8080/a/b", "http://[::1]:80", "https://x.org/a/"],
)
def test_the_address_that_people_use_is_taken(address: str) -> None:
    read = read_settings({"SECOND_OPINION_PUBLIC_URL": address})

    assert read.public_url == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        *("example.org", "ftp://example.org", "https://", "javascript:alert(1)", "https://a b.org"),
        *("https://x.org?a=b", "https://x.org/#a", "https://me:secret@x.org", "https://x.org/<b>"),
        *("https://x.org:port", "https://x.org\nhttps://y.org", "/path"),
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence(address: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({"SECOND_OPINION_PUBLIC_URL": address})

    assert caught.value.message.startswith("SECOND_OPINION_PUBLIC_URL is '")
    assert caught.value.message.endswith("such as https://example.org/opinion.")


def test_a_limit_is_a_whole_number_within_its_range() -> None:
    assert read_settings({"SECOND_OPINION_MAX_BODY_MB": "5"}).max_body_mb == 5
    for wrong in ("0", "1001", "-1", "1.5", "much", "9" * 5_000):
        with pytest.raises(SettingError, match=r"SECOND_OPINION_MAX_BODY_MB .* from 1 to 1,000\.$"):
            read_settings({"SECOND_OPINION_MAX_BODY_MB": wrong})


@pytest.mark.parametrize("variable", ["ALLOWED_ORIGINS", "FRAME_ANCESTORS"])
def test_origins_are_listed_with_commas_or_spaces(variable: str) -> None:
    value = "https://Example.org, http://a-b.example:8080"

    settings = read_settings({PREFIX + variable: value})

    assert getattr(settings, variable.lower()) == ("https://example.org", "http://a-b.example:8080")
    assert getattr(read_settings({PREFIX + variable: "none"}), variable.lower()) == ()


@pytest.mark.parametrize(
    "origin", ["*", "example.org", "https://example.org/", "https://a.org; script-src *", "null"]
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(SettingError, match=r"FRAME_ANCESTORS names .* write none"):
        read_settings({"SECOND_OPINION_FRAME_ANCESTORS": origin})


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        ("mysql://me:secret@host/name", "'mysql'"),
        ("postgresql://", "'postgresql'"),
        ("me at the host with the password secret", "'me at the ho'"),
    ],
)
def test_of_the_url_of_a_database_no_more_than_the_beginning_is_shown(
    url: str, begins: str
) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({"SECOND_OPINION_DATABASE_URL": url})

    assert caught.value.message.startswith(f"SECOND_OPINION_DATABASE_URL begins with {begins}; ")
    assert "secret" not in "".join(format_exception(caught.value))
    assert "secret" not in repr(Settings(database_url="postgresql://me:secret@host/name"))


def test_settings_that_are_made_of_words_do_not_ask_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECOND_OPINION_PORT", "9000")
    monkeypatch.setenv("SPACE_ID", "someone/second-opinion")

    assert Settings(root_path="/demo") == read_settings({"SECOND_OPINION_ROOT_PATH": "/demo"})
    assert (Settings().host, Settings().port) == ("127.0.0.1", 7860)


def test_every_variable_is_read_by_its_exact_name() -> None:
    assert read_settings({"second_opinion_port": "9000", "port": "9000"}) == Settings()


def test_the_readme_names_every_variable_that_is_read(root: Path) -> None:
    table = settings_table(root)

    assert {name for name in variables_read() if f"`{name}`" not in table} <= SET_BY_SPACES


def test_the_readme_names_no_variable_that_nobody_reads(root: Path) -> None:
    named = set(re.findall(r"`([A-Z][A-Z_]+[A-Z])`", settings_table(root)))

    assert named <= variables_read()


def test_the_readme_gives_the_defaults_that_hold(root: Path) -> None:
    rows = settings_table(root).splitlines()
    by_name = {row.split("`")[1]: row for row in rows if row.startswith("| `")}

    assert by_name["SECOND_OPINION_PORT"].endswith(f"| {Settings().port} |")
    assert Settings().host in by_name["SECOND_OPINION_HOST"]
    for name, field in Settings.model_fields.items():
        if name.startswith("max_") or name == "request_timeout_s":
            assert by_name[PREFIX + name.upper()].endswith(f"| {field.default:,} |")
