from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from ej.views import sign_in

from .models import RCConfig


def index(request):
    config = RCConfig.objects.filter(is_active=True).first()
    if not request.user.has_perm('ej_rocketchat.can_create_account'):
        return HttpResponse('forbidden')
    return HttpResponse(f'to {config.url}/home/') if config else redirect('/talks/config/')


def config(request):
    if not request.user.is_superuser:
        raise Http404
    return HttpResponse('form')


login = csrf_exempt(sign_in('/talks/'))


@csrf_exempt
def check_login(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({'loginToken': RCConfig.objects.get(is_active=True).admin_token})
