"""A new key of the desk takes over the secrets of its channels."""

from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.support.channels.resealing import renew_seals
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast


def test_secrets_of_an_older_key_are_sealed_with_the_new_one(
    cast: Cast, settings: DjangoSettings
) -> None:
    settings.SECRET_KEY = "old"
    Channel.objects.filter(pk=cast.shop_mail.pk).update(secret=seal("correct horse"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    Channel.objects.filter(pk=cast.lift_mail.pk).update(secret="of nobody's key")
    assert renew_seals() == 1
    assert renew_seals() == 0
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(Channel.objects.get(pk=cast.shop_mail.pk).secret) == "correct horse"
    assert Channel.objects.get(pk=cast.lift_mail.pk).secret == "of nobody's key"
