from django.apps import AppConfig


class PyLTI1p3ToolConfig(AppConfig):
    name = 'pylti1p3.contrib.django.lti1p3_tool_config'
    verbose_name = 'PyLTI 1.3 Tool Configuration'
