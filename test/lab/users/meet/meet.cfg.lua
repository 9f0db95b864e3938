c2s_require_encryption = false
allow_unencrypted_plain_auth = true

VirtualHost %DOMAIN%
    authentication = "internal_hashed"
