from __future__ import unicode_literals

from django.contrib.sites.models import Site

site = Site.objects.get_current()
site.domain = %DOMAIN%
site.name = %DOMAIN%
site.save()
print('done')
