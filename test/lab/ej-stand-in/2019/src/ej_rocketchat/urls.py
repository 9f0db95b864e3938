from django.urls import path

from . import views

urlpatterns = [
    path('', views.index),
    path('config/', views.config),
    path('login/', views.login),
    path('api-login/', views.check_login),
]
