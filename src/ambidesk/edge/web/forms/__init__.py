"""Web forms: the page of a form on the host of its brand, and the same form within other sites."""
