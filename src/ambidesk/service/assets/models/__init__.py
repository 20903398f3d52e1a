"""Classes, models, assets, and what happened to them."""

from ambidesk.service.assets.models.asset import Asset, AssetQuerySet, Criticality, Warranty
from ambidesk.service.assets.models.document import Document
from ambidesk.service.assets.models.kinds import AssetClass, AssetModel, ModelDecision
from ambidesk.service.assets.models.meter import Meter, Reading
from ambidesk.service.assets.models.move import Move
from ambidesk.service.assets.models.repair import CodeKind, FailureCode, Repair

__all__ = [
    "Asset",
    "AssetClass",
    "AssetModel",
    "AssetQuerySet",
    "CodeKind",
    "Criticality",
    "Document",
    "FailureCode",
    "Meter",
    "ModelDecision",
    "Move",
    "Reading",
    "Repair",
    "Warranty",
]
