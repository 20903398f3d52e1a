"""Sign-in by a company's own provider: OpenID Connect and SAML 2.0, on allauth's machinery."""
