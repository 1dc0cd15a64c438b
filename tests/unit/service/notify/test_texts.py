"""Whatever keeps a message from arriving is said in each language, with what to do."""

import pytest

from service.notify.channels import MessageChannel
from service.notify.channels.failures import Failure
from service.notify.outbox.message import Audience
from service.words.language import Language
from service.words.store import words


@pytest.mark.parametrize("language", Language)
def test_every_failure_channel_and_audience_has_its_words(language: Language) -> None:
    said = words(language).page
    for failure in Failure:
        assert said[f"not_sent_{failure}"]
    assert {name for name in said if name.startswith("not_sent_")} == {
        f"not_sent_{failure}" for failure in Failure
    }
    for channel in MessageChannel:
        assert said[f"channel_{channel}"]
    for audience in Audience:
        assert said[f"message_to_{audience}"]
