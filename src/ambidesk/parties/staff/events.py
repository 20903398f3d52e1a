"""What happened to staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberHired(Event):
    """A person works here now."""

    kind: ClassVar[str] = "staff.hired"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberIntroduced(Event):
    """Name or address of a member changed."""

    kind: ClassVar[str] = "staff.introduced"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPresented(Event):
    """What clients see of a member changed: post, qualification, photo."""

    kind: ClassVar[str] = "staff.presented"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGiven(Event):
    """A link was made by which the member chooses a password."""

    kind: ClassVar[str] = "staff.link_given"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDismissed(Event):
    """The account of a member was closed."""

    kind: ClassVar[str] = "staff.dismissed"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsAssigned(Event):
    """The member belongs to just these teams now."""

    kind: ClassVar[str] = "staff.teams_assigned"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    team_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFormed(Event):
    """A team was founded, changed or archived."""

    kind: ClassVar[str] = "staff.team_formed"
    subject: ClassVar[tuple[str, str]] = ("team", "team_id")

    team_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNamed(Event):
    """A skill was named, given to just these members, or archived."""

    kind: ClassVar[str] = "staff.skill_named"
    subject: ClassVar[tuple[str, str]] = ("skill", "skill_id")

    skill_id: int
    member_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderArranged(Event):
    """A provider of sign-in was set up, changed or archived."""

    kind: ClassVar[str] = "staff.provider_arranged"
    subject: ClassVar[tuple[str, str]] = ("provider", "provider_id")

    provider_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKnown(Event):
    """A provider vouched for a colleague for the first time."""

    kind: ClassVar[str] = "staff.subject_known"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    provider_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEntered(Event):
    """A member is away in [starts_at, ends_at); the journal does not say why."""

    kind: ClassVar[str] = "staff.absence_entered"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    absence_id: int
    deputy_id: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceWithdrawn(Event):
    """An absence does not take place, or ended sooner."""

    kind: ClassVar[str] = "staff.absence_withdrawn"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    absence_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorGiven(Event):
    """A colleague goes along with a newcomer."""

    kind: ClassVar[str] = "staff.mentor_given"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
    mentor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringEnded(Event):
    """Nobody goes along with a newcomer any more."""

    kind: ClassVar[str] = "staff.mentoring_ended"
    subject: ClassVar[tuple[str, str]] = ("member", "member_id")

    member_id: int
