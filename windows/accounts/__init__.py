"""How a person proves who they are: passwords, second factor, fresh authentication, hours."""
