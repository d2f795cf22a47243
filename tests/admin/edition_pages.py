"""Addresses of an edition's pages, and people with less than all permissions."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from assessment.models import Edition


def page(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"admin:assessment_edition_{name}", args=[edition.pk, *more])


def person(name: str, *permissions: str) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client
