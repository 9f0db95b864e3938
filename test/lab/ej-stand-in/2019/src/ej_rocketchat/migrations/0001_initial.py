from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name='RCConfig',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('url', models.URLField(default=settings.EJ_ROCKETCHAT_URL, unique=True)),
                ('api_url', models.CharField(blank=True, max_length=200, null=True, unique=True)),
                ('admin_username', models.CharField(default='ej-admin', max_length=50)),
                ('admin_id', models.CharField(max_length=50)),
                ('admin_token', models.CharField(max_length=50)),
                ('admin_password', models.CharField(max_length=50)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'permissions': [('can_create_account', 'Can login in the Rocket.Chat instance.')],
            },
        )
    ]
