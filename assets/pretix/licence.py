from django.db import transaction
from django.utils.timezone import now
from django_scopes import scopes_disabled

from pretix.base.settings import GlobalSettingsObject

declared = {
    'usage': 'internally',
    'base_license': 'agpl',
%when EDITION is vendor-4.6.0%
    'base_changes': 'yes',
    'plugins_free': True,
    'source_notice': 'pretix (AGPLv3 with additional terms): https://github.com/pretix/pretix\n'
                     'Kosmos Education https://git.kosmos.fr/projects/KFO/repos/pretix',
%end%
%when EDITION not vendor-4.6.0%
    'base_changes': 'no',
    'plugins_free': False,
    'source_notice': 'pretix (AGPLv3 with additional terms): https://github.com/pretix/pretix',
%end%
    'plugins_copyleft': False,
    'plugins_own': False,
    'plugins_enterprise': False,
    'poweredby_name': 'Kosmos Education',
    'poweredby_url': 'https://www.kosmos-education.com',
}
with scopes_disabled(), transaction.atomic():
    settings = GlobalSettingsObject().settings
    if settings.license_check_input != declared or not settings.license_check_completed:
        settings.license_check_input = declared
        settings.license_check_completed = now()
print('done')
