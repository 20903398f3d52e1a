"""What happened to equipment: ids, enums and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

ASSET = ("asset", "asset_id")
MODEL = ("asset_model", "model_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRegistered(Event):
    """An asset is known from now on."""

    kind: ClassVar[str] = "assets.registered"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int
    company_id: int
    model_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDescribed(Event):
    """What is said of an asset was changed."""

    kind: ClassVar[str] = "assets.described"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetMoved(Event):
    """An asset went to another place."""

    kind: ClassVar[str] = "assets.moved"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int
    move_id: int
    from_site_id: int | None
    to_site_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRetired(Event):
    """An asset was taken out of service, or into it again."""

    kind: ClassVar[str] = "assets.retired"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTaken(Event):
    """A meter was read."""

    kind: ClassVar[str] = "assets.reading_taken"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int
    meter_id: int
    reading_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRecorded(Event):
    """A repair was put down, or said more of."""

    kind: ClassVar[str] = "assets.repair_recorded"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int
    repair_id: int
    is_failure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRenewed(Event):
    """The label of an asset leads nowhere any more; it has another one."""

    kind: ClassVar[str] = "assets.label_renewed"
    subject: ClassVar[tuple[str, str]] = ASSET

    asset_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindArranged(Event):
    """A class of equipment was made, changed or archived."""

    kind: ClassVar[str] = "assets.class_arranged"
    subject: ClassVar[tuple[str, str]] = ("asset_class", "class_id")

    class_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelArranged(Event):
    """A model was made, changed or archived."""

    kind: ClassVar[str] = "assets.model_arranged"
    subject: ClassVar[tuple[str, str]] = MODEL

    model_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDecided(Event):
    """It was decided whether a model is sold and taken into contracts."""

    kind: ClassVar[str] = "assets.model_decided"
    subject: ClassVar[tuple[str, str]] = MODEL

    model_id: int
    decision_id: int
    ends_sale: bool
    ends_cover: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeArranged(Event):
    """A failure code was made, changed or archived."""

    kind: ClassVar[str] = "assets.code_arranged"
    subject: ClassVar[tuple[str, str]] = ("failure_code", "code_id")

    code_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKept(Event):
    """A paper of an asset or of a model was added, shown to others, or taken away."""

    kind: ClassVar[str] = "assets.document_kept"
    subject: ClassVar[tuple[str, str]] = ("asset_document", "document_id")

    document_id: int
    asset_id: int | None
    model_id: int | None
    for_clients: bool
    kept: bool
