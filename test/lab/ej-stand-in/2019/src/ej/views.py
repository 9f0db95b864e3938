from django.conf import settings
from django.contrib.auth.views import LoginView
from django.shortcuts import redirect, render


def index(request):
    return redirect('/conversations/' if request.user.is_authenticated else '/start/')


def start(request):
    return render(request, 'start.html', {'title': settings.EJ_PAGE_TITLE, 'theme': settings.EJ_THEME})


def conversations(request):
    if not request.user.is_authenticated:
        return redirect('/login/')
    return render(request, 'conversations.html', {'user': request.user})


def sign_in(then):
    class SignIn(LoginView):
        template_name = 'login.html'

        def get_success_url(self):
            return then

    return SignIn.as_view()
