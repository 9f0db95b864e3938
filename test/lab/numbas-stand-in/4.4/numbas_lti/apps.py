from django.apps import AppConfig
from pylti1p3.contrib.django.lti1p3_tool_config.apps import PyLTI1p3ToolConfig


class NumbasLTIAppConfig(AppConfig):
    name = 'numbas_lti'
    verbose_name = 'Numbas LTI'
    default = True


class PyLTI1p3ToolConfigBigAutoField(PyLTI1p3ToolConfig):
    default_auto_field = 'django.db.models.BigAutoField'
