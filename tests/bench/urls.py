"""The site's addresses and an empty view beside them: what every request costs anyway."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from assessment import urls


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello.")


handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
urlpatterns = [path("bench-hello/", hello), *urls.urlpatterns]
