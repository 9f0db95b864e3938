from django.conf import settings

from numbas_lti import version


def global_settings(_request):
    return {
        'NUMBAS_LTI_VERSION': version,
        'INSTANCE_NAME': settings.INSTANCE_NAME,
        'SUPPORT_NAME': settings.SUPPORT_NAME,
        'SUPPORT_URL': settings.SUPPORT_URL,
    }
