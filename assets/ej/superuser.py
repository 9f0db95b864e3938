from django.contrib.auth import get_user_model
from django.db import transaction

with transaction.atomic():
    users = get_user_model().objects
    found = users.filter(email__iexact=%SU_EMAIL%).first()
    if found is None:
        users.create_superuser(email=%SU_EMAIL%, name=%SU_NAME%, password=%SU_PASSWORD%)
    elif not (found.is_superuser and found.is_active):
        raise SystemExit('SU_EMAIL is the address of an account that is not an administrator')
print('done')
