"""What can be wrong with a row, in a sentence each."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput


class Missing(InvalidInput):
    """A cell that has to say something is empty."""

    sentence = _("It is empty.")


class TooLong(InvalidInput):
    """A cell says more than is kept."""

    sentence = _("It has more than %(most)s signs.")


class NotANumber(InvalidInput):
    """A coordinate is none."""

    sentence = _("“%(value)s” is not a number of degrees from -%(most)s to %(most)s.")


class HalfAPoint(InvalidInput):
    """One coordinate stands alone."""

    sentence = _("Latitude and longitude go together.")


class NoSuchZone(InvalidInput):
    """Nobody's clock goes like this."""

    sentence = _("“%(value)s” is not a time zone like Europe/Moscow.")


class NotADay(InvalidInput):
    """A date is none."""

    sentence = _("“%(value)s” is not a day like 2026-01-31 or 31.01.2026.")


class EmptyStep(InvalidInput):
    """A path has a gap."""

    sentence = _("“%(value)s” has an empty name between two strokes.")


class TooDeep(InvalidInput):
    """A path has more steps than a tree may have."""

    sentence = _("“%(value)s” is deeper than %(most)s levels.")


class NoSuchCompany(InvalidInput):
    """The company is not here."""

    sentence = _("There is no company “%(value)s” here. Import the companies first.")


class NoSuchGroup(InvalidInput):
    """The group is neither here nor in the file."""

    sentence = _("There is no company “%(value)s” here or in the file.")


class RingOfGroups(InvalidInput):
    """A company would belong to itself."""

    sentence = _("“%(value)s” belongs to this company itself.")


class Twice(InvalidInput):
    """Another row of the file says the same."""

    sentence = _("Row %(line)s of this file has it already.")


class EntityOfAnother(InvalidInput):
    """The requisites are another company's."""

    sentence = _("These requisites belong to “%(name)s”.")


class NoAddress(InvalidInput):
    """Nobody could be recognised."""

    sentence = _("It needs an e-mail address or a phone number.")


class SharedAddress(InvalidInput):
    """An address of several people names nobody."""

    sentence = _("“%(value)s” is an address of several people; give one of their own.")


class TwoPersons(InvalidInput):
    """Mail and phone are of different human beings."""

    sentence = _("E-mail address and phone number belong to different persons here.")


class EndsEarly(InvalidInput):
    """A period has to last."""

    sentence = _("The last day comes before the first.")


class ErasedPerson(InvalidInput):
    """Who was erased is not brought back by a file."""

    sentence = _("This person was erased here and stays so.")


class UnknownColumns(InvalidInput):
    """The file lacks what its kind cannot do without."""

    sentence = _("The file has no column “%(column)s”. It has: %(known)s.")


class NoSuchSite(InvalidInput):
    """The site is not here."""

    sentence = _("The company has no site “%(value)s”. Import the sites first.")


class NotACriticality(InvalidInput):
    """Nobody knows how much depends on it."""

    sentence = _("“%(value)s” is not low, normal, high or critical.")


class AssetOfAnother(InvalidInput):
    """The equipment belongs to another company here."""

    sentence = _("“%(value)s” of this model belongs to another company.")


class NobodyNamed(InvalidInput):
    """A document of nobody."""

    sentence = _("Name the company, or give its INN.")


class NotOneOfInn(InvalidInput):
    """An INN of nobody, or of several companies, names none."""

    sentence = _("No company here, or more than one, has the INN “%(value)s”.")


class OtherInn(InvalidInput):
    """Name and INN contradict each other."""

    sentence = _("The INN “%(value)s” belongs to another company.")


class NoSuchContract(InvalidInput):
    """The company has no contract of the number."""

    sentence = _("The company has no contract “%(value)s”.")


class NotAnAmount(InvalidInput):
    """It is no money."""

    sentence = _("“%(value)s” is not an amount like 1250.50.")


class NotACurrency(InvalidInput):
    """Nobody pays in it."""

    sentence = _("“%(value)s” is not a currency like RUB.")


class MoreThanOwed(InvalidInput):
    """More is open than was owed."""

    sentence = _("What is open must lie between 0 and the amount.")


class FieldIsAnother(InvalidInput):
    """A column of another installation, whose field of this number asks something else."""

    sentence = _(
        "The column “%(column)s” is here the field “%(label)s”. Is the file from elsewhere?"
    )


class NoFieldOfTheClass(InvalidInput):
    """Fields belong to classes of equipment."""

    sentence = _("Equipment of the class “%(value)s” has no such field.")


class SaidOtherwise(InvalidInput):
    """Two rows of one company contradict each other."""

    sentence = _("Row %(line)s says something else of this company.")


class NoSuchAsset(InvalidInput):
    """The equipment is not here."""

    sentence = _("There is no equipment “%(value)s” here. Import the equipment first.")


class SeveralAssets(InvalidInput):
    """A serial number of several things names none."""

    sentence = _("Several pieces of equipment have the number “%(value)s”: say the model, too.")


class NotYet(InvalidInput):
    """Work of the past is not in the future."""

    sentence = _("This day has not come yet.")


class RepairedAtNoTime(InvalidInput):
    """Nothing is repaired before it failed, or after today."""

    sentence = _("It cannot be repaired before it failed, nor after today.")


class BeforeInstalled(InvalidInput):
    """It was not there yet."""

    sentence = _("It was installed on %(day)s only.")


class NoSuchKind(InvalidInput):
    """Nobody knows whether it had failed."""

    sentence = _("“%(value)s” is no kind of work that is known. Known are: %(known)s.")


class NoSuchFailureCode(InvalidInput):
    """The catalogue has no such word for this class."""

    sentence = _("The catalogue has no code “%(value)s” for this kind of equipment.")


class NotAQuantity(InvalidInput):
    """Neither hours nor what a meter shows."""

    sentence = _("“%(value)s” is not a number like 12.5.")


class ToldOtherwise(InvalidInput):
    """The number came in before and said something else; a repair stays what it was."""

    sentence = _("This number came in before with another day, kind, cost or equipment.")
