version = 'v3.5'
