"""Addresses, as in OnTask: the pages of the administration follow `ota` without a slash."""
# One of OnTask's libraries imports it: setuptools 81 and later no longer have it.
import pkg_resources  # noqa: F401
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import path

from ontask import views

urlpatterns = [
    path('', views.home, name='home'),
    path('login/', views.Login.as_view(), name='login'),
    path('logout/', LogoutView.as_view(next_page='login'), name='logout'),
    path('ota', admin.site.urls),
    path('lti_entry', views.lti_entry, name='lti_entry'),
]
