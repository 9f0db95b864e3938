from django.conf import settings

from .models import RCConfig


def frames(get_response):
    def middleware(request):
        response = get_response(request)
        config = RCConfig.objects.filter(is_active=True).first()
        url = config.url if config else settings.EJ_ROCKETCHAT_URL
        allowed = [*settings.CSRF_TRUSTED_ORIGINS, *settings.CONTENT_SECURITY_POLICY_FRAME_ANCESTORS]
        response['Access-Control-Allow-Origin'] = url
        response['Access-Control-Allow-Credentials'] = 'true'
        response['Content-Security-Policy'] = ' '.join(['frame-ancestors', *allowed])
        response['X-Frame-Options'] = f'allow-from {url}'
        return response

    return middleware
