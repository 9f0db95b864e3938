version = 'v4.5'
