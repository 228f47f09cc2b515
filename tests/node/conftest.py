"""Two nodes, made once as an operator makes them; tests that change one take a copy."""

import pytest

from tests.node.command import Made, make_two


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give Northmere and Jinhai as `comity init` left them: nobody changes these."""
    return make_two(tmp_path_factory.mktemp("nodes"))
