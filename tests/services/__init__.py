"""What `./run test` starts for itself and removes again: PostgreSQL, Redis, programs, fonts."""
