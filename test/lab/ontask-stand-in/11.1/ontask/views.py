"""The pages."""
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt


class Login(LoginView):
    template_name = 'login.html'


@login_required
def home(request):
    return render(request, 'home.html')


@csrf_exempt
def lti_entry(request):
    """Says whether the key is one of local.env. The signature is not looked at: this is a stand-in."""
    if request.POST.get('oauth_consumer_key') in settings.LTI_OAUTH_CREDENTIALS:
        return HttpResponse('known')
    return HttpResponseForbidden('unknown')
