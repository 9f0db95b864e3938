"""The pages."""
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import CreateView, ListView

from numbas_lti.forms import CreateConsumerForm, CreateSuperuserForm
from numbas_lti.models import FileReport, LTI_11_Consumer, LTIConsumer, Resource, StressTest
from numbas_lti.tasks import resource_scores_csv_report


def has_superuser():
    return User.objects.filter(is_superuser=True).exists()


def index(request):
    return render(request, 'numbas_lti/index.html') if has_superuser() else redirect('create_superuser')


class CreateSuperuser(CreateView):
    """Until there is a superuser, whoever comes can become one: so it is in Numbas."""

    form_class = CreateSuperuserForm
    template_name = 'numbas_lti/form.html'
    success_url = reverse_lazy('create_consumer')

    def dispatch(self, request, *args, **kwargs):
        return redirect('index') if has_superuser() else super().dispatch(request, *args, **kwargs)


class ListConsumers(PermissionRequiredMixin, ListView):
    permission_required = 'numbas_lti.add_lticonsumer'
    queryset = LTIConsumer.objects.filter(deleted=False)
    template_name = 'numbas_lti/consumers.html'


class CreateConsumer(PermissionRequiredMixin, CreateView):
    permission_required = 'numbas_lti.add_lticonsumer'
    form_class = CreateConsumerForm
    template_name = 'numbas_lti/form.html'
    success_url = reverse_lazy('list_consumers')


class ListStressTests(PermissionRequiredMixin, ListView):
    permission_required = 'numbas_lti.add_stresstest'
    model = StressTest
    template_name = 'numbas_lti/stress.html'


@permission_required('numbas_lti.add_stresstest')
def create_stress_test(_request):
    resource = Resource.objects.create(title='Stress test')
    StressTest.objects.create(resource=resource)
    return redirect('resource_reports', resource.pk)


@permission_required('numbas_lti.add_stresstest')
def resource_reports(request, pk):
    resource = get_object_or_404(Resource, pk=pk)
    return render(request, 'numbas_lti/reports.html', {'resource': resource})


@permission_required('numbas_lti.add_stresstest')
def scores_csv(request, pk):
    """Huey writes the file, in its own time."""
    resource = get_object_or_404(Resource, pk=pk)
    report = FileReport.objects.create(name='Scores CSV', resource=resource, created_by=request.user)
    resource_scores_csv_report(report.pk)
    return redirect('resource_reports', pk)


@csrf_exempt
def lti_entry(request):
    """Says whether the key is a consumer's. The signature is not looked at: this is a stand-in."""
    key = request.POST.get('oauth_consumer_key')
    if LTI_11_Consumer.objects.filter(key=key, consumer__deleted=False).exists():
        return HttpResponse('known')
    return HttpResponseForbidden('unknown')
