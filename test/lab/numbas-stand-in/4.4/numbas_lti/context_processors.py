from django.conf import settings

from numbas_lti import version


def global_settings(request):
    return {
        # As in Numbas: the page of a refused name wants the name, and fails.
        'SEB_QUIT_LINK': request.build_absolute_uri('/seb-quit'),
        'NUMBAS_LTI_VERSION': version,
        'INSTANCE_NAME': settings.INSTANCE_NAME,
        'SUPPORT_NAME': settings.SUPPORT_NAME,
        'SUPPORT_URL': settings.SUPPORT_URL,
    }
