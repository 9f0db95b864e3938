from numbas_lti.models import Resource


class NumbasLTIResourceMiddleware:
    """Gives a request the resource that was launched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        launched = request.LTI.get('resource_link_id')
        request.resource = Resource.objects.filter(pk=launched).first() if launched else None
        return self.get_response(request)
