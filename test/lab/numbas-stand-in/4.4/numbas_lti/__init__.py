version = 'v4.4'
