"""Django's admin and form classes with their type parameters, which exist for the checker only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adminsortable2 import admin as sortable
from django import forms
from django.contrib import admin
from django.contrib.admin import options

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
    InlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
    BaseModelAdmin = options.BaseModelAdmin[Any]
    InlineModelAdmin = options.InlineModelAdmin[Any, Any]
    SortableTabularInline = admin.TabularInline[Any, Any]

    class SortableAdminMixin: ...

    class CustomInlineFormSet: ...

else:
    ModelAdmin = admin.ModelAdmin
    ModelForm = forms.ModelForm
    InlineFormSet = forms.BaseInlineFormSet
    TabularInline = admin.TabularInline
    StackedInline = admin.StackedInline
    BaseModelAdmin = object
    InlineModelAdmin = object
    SortableTabularInline = sortable.SortableTabularInline
    SortableAdminMixin = sortable.SortableAdminMixin
    CustomInlineFormSet = sortable.CustomInlineFormSet

__all__ = [
    "BaseModelAdmin",
    "CustomInlineFormSet",
    "InlineFormSet",
    "InlineModelAdmin",
    "ModelAdmin",
    "ModelForm",
    "SortableAdminMixin",
    "SortableTabularInline",
    "StackedInline",
    "TabularInline",
]
