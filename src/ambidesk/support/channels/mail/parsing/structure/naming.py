"""Naming: what the sender called the file in a part."""

from ambidesk.support.channels.mail.parsing.structure.tree import Part
from ambidesk.support.channels.mail.parsing.texts.file_names import file_name


def name_of(part: Part) -> str:
    """Return the name of a part's file, "" if it has none."""
    for given in (
        part.disposition_parameters.get("filename"),
        part.type_parameters.get("name"),
        part.disposition_parameters.get("name"),
        part.type_parameters.get("filename"),
        part.type_parameters.get("file"),
    ):
        if given and (name := file_name(given)):
            return name
    return ""
