class MultiLTILaunchAuthMiddleware:
    """Gives each request what was said at its launch."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LTI = request.session.get('LTI_LAUNCH', {})
        return self.get_response(request)
