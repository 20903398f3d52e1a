"""Vocabularies: which fields there are to ask of which kind of rows; wiring registers them."""

from ambidesk.ground.conditions.fields import Vocabulary

_vocabularies: dict[str, Vocabulary] = {}


def register(vocabulary: Vocabulary) -> None:
    """Add a vocabulary; a second one of its name takes its place."""
    names = [field.name for field in vocabulary.fields]
    if twice := {name for name in names if names.count(name) > 1}:
        raise TypeError(f"{vocabulary.name}: two fields are named {min(twice)}")
    _vocabularies[vocabulary.name] = vocabulary
