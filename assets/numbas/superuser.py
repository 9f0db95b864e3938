from django.contrib.auth import get_user_model
from django.db import transaction

with transaction.atomic():
    users = get_user_model().objects
    found = users.filter(username=%SU_NAME%).first()
    if found is None:
        users.create_superuser(%SU_NAME%, %SU_EMAIL%, %SU_PASSWORD%)
    elif not (found.is_superuser and found.is_active):
        raise SystemExit('SU_NAME is the name of an account that is not an administrator')
print('done')
