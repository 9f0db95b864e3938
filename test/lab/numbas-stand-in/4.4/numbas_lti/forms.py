from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.forms import CharField, ModelForm
from django.utils.crypto import get_random_string

from numbas_lti.models import LTI_11_Consumer, LTIConsumer


class CreateSuperuserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ['username', 'email']

    def save(self, commit=True):
        self.instance.is_staff = True
        self.instance.is_superuser = True
        return super().save(commit)


class CreateConsumerForm(ModelForm):
    key = CharField(max_length=100)

    class Meta:
        model = LTIConsumer
        fields = ['url', 'identifier_field']

    def save(self, commit=True):
        consumer = super().save(commit)
        LTI_11_Consumer.objects.create(
            consumer=consumer, key=self.cleaned_data['key'], secret=get_random_string(20)
        )
        return consumer
