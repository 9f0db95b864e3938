from django.db import transaction
from django_scopes import scopes_disabled

from pretix.base.models import User
from pretix.base.settings import GlobalSettingsObject

with scopes_disabled(), transaction.atomic():
    admin = User.objects.filter(email='admin@localhost').first()
    if admin is not None and admin.check_password('admin'):
        admin.set_password(%ADMIN_PASSWORD%)
%when ADMIN_PASSWORD_BY is person%
        admin.needs_password_change = True
%end%
        admin.save()
        admin.update_session_token()
        admin.log_action('pretix.user.settings.changed', user=admin, data={'new_pw': True})
%when OUTSIDE_CALLS is no%
    GlobalSettingsObject().settings.set('update_check_perform', False)
%end%
print('done')
