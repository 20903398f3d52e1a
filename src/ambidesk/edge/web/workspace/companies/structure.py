"""How a company is built: its tree of territories, its departments with their cost centres."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.changing import answered
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.parties.companies import placing, structuring
from ambidesk.parties.companies.models import Company, Department, Territory
from ambidesk.parties.companies.placing import territories_by_names
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.companies.structuring import departments_by_names

T = TypeVar("T", Territory, Department)
Trees = Mapping[tuple[str, ...], Territory] | Mapping[tuple[str, ...], Department]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a tree: how deep it stands, and what is charged for it."""

    id: int
    name: str
    depth: int
    cost_centre: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructurePage:
    """Both trees."""

    company: Company
    territories: tuple[Node, ...]
    departments: tuple[Node, ...]
    can_manage: bool


class AreaForm(forms.Form):
    """An area and what it belongs to."""

    name = forms.CharField(label=_("Name"), max_length=160)
    parent = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, *args: Any, among: Trees, **known: Any) -> None:
        super().__init__(*args, **known)
        self._among = {str(row.pk): row for row in among.values()}
        choices = [(str(among[path].pk), " / ".join(path)) for path in sorted(among)]
        field = self.fields["parent"]
        field.choices = [("", _("the company itself")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_parent(self) -> Territory | Department | None:
        """Give the part itself."""
        return self._among.get(self.cleaned_data["parent"])


class DepartmentForm(AreaForm):
    """A department, and what it is charged to."""

    cost_centre = forms.CharField(label=_("Cost centre"), max_length=40, required=False)


def show(request: Request, company: int) -> HttpResponse:
    """Show both trees."""
    row = visible_company(request.actor, company)
    page = StructurePage(
        company=row,
        territories=tuple(
            Node(id=each.pk, name=each.name, depth=len(path) - 1)
            for path, each in _in_order(territories_by_names(row))
        ),
        departments=tuple(
            Node(id=each.pk, name=each.name, depth=len(path) - 1, cost_centre=each.cost_centre)
            for path, each in _in_order(departments_by_names(row))
        ),
        can_manage=request.actor.may(CompaniesRight.MANAGE),
    )
    return render(request, "companies/structure.html", {"page": page})


def new_territory(request: Request, company: int) -> HttpResponse:
    """Add an area to the tree."""
    row = visible_company(request.actor, company)

    def act(given: Mapping[str, Any]) -> HttpResponse:
        placing.add(row, given["name"], below=given["parent"], by=request.actor, at=request.at)
        return back_to("company-structure", row.pk)

    form = AreaForm(request.POST or None, among=territories_by_names(row), initial=_below(request))
    return answered(request, form, act, title=_("New territory"), company=row)


def territory(request: Request, territory: int) -> HttpResponse:
    """Call an area otherwise, or move it with all below it."""
    rows = Territory.objects.visible_to(request.actor).select_related("company")
    row = rows.filter(pk=territory).first()
    if row is None:
        raise Http404
    found = row

    def act(given: Mapping[str, Any]) -> HttpResponse:
        placing.move(
            found, below=given["parent"], name=given["name"], by=request.actor, at=request.at
        )
        return back_to("company-structure", found.company_id)

    known = {"name": row.name, "parent": row.parent_id or ""}
    form = AreaForm(request.POST or None, among=territories_by_names(row.company), initial=known)
    return answered(request, form, act, title=row.name, company=row.company)


def new_department(request: Request, company: int) -> HttpResponse:
    """Found a department."""
    row = visible_company(request.actor, company)

    def act(given: Mapping[str, Any]) -> HttpResponse:
        structuring.found_department(
            row,
            given["name"],
            below=given["parent"],
            cost_centre=given["cost_centre"],
            by=request.actor,
            at=request.at,
        )
        return back_to("company-structure", row.pk)

    form = DepartmentForm(
        request.POST or None, among=departments_by_names(row), initial=_below(request)
    )
    return answered(request, form, act, title=_("New department"), company=row)


def department(request: Request, department: int) -> HttpResponse:
    """Call a department otherwise, charge it elsewhere, or move it."""
    seen = Company.objects.visible_to(request.actor)
    rows = Department.objects.filter(company__in=seen).select_related("company")
    row = rows.filter(pk=department).first()
    if row is None:
        raise Http404
    found = row

    def act(given: Mapping[str, Any]) -> HttpResponse:
        structuring.change_department(
            found,
            name=given["name"],
            below=given["parent"],
            cost_centre=given["cost_centre"],
            by=request.actor,
            at=request.at,
        )
        return back_to("company-structure", found.company_id)

    known = {
        "name": row.name,
        "parent": row.parent_id or "",
        "cost_centre": row.cost_centre,
    }
    form = DepartmentForm(
        request.POST or None, among=departments_by_names(row.company), initial=known
    )
    return answered(request, form, act, title=row.name, company=row.company)


def _in_order(tree: Mapping[tuple[str, ...], T]) -> list[tuple[tuple[str, ...], T]]:
    """Each part after what it belongs to."""
    return [(path, tree[path]) for path in sorted(tree)]


def _below(request: Request) -> dict[str, str]:
    return {"parent": request.GET.get("below", "")[:18]}
