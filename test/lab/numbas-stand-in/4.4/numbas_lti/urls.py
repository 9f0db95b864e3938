from django.contrib.auth.views import LoginView
from django.urls import path

from numbas_lti import views

urlpatterns = [
    path('', views.index, name='index'),
    path('login', LoginView.as_view(), name='login'),
    path('create-superuser', views.CreateSuperuser.as_view(), name='create_superuser'),
    path('consumers', views.ListConsumers.as_view(), name='list_consumers'),
    path('consumers/create', views.CreateConsumer.as_view(), name='create_consumer'),
    path('lti_entry', views.lti_entry, name='lti_entry'),
    path('stress', views.ListStressTests.as_view(), name='list_stresstests'),
    path('stress/create', views.create_stress_test, name='create_stresstest'),
    path('resource/<int:pk>/reports', views.resource_reports, name='resource_reports'),
    path('resource/<int:pk>/scores.csv', views.scores_csv, name='scores_csv'),
]
