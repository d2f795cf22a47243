from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from assessment.web.middleware.size import refuse_too_large


def status_of(path: str, length: str) -> int:
    request = RequestFactory().post(path)
    request.META["CONTENT_LENGTH"] = length

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return refuse_too_large(view)(request).status_code


def test_only_the_administration_takes_a_file() -> None:
    table = {
        ("/begin/", "2621440"): 200,
        ("/begin/", "2621441"): 413,
        ("/admin/", str(17 * 2**20)): 200,
        ("/admin/", str(17 * 2**20 + 1)): 413,
        ("/begin/", ""): 200,
        ("/begin/", "many"): 200,
    }

    assert {given: status_of(*given) for given in table} == table
