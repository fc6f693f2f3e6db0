"""A source's archived editions, read again by today's code and set beside what is kept of it."""
