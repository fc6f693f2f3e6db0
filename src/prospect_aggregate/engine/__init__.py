"""The processes of one machine: what `prospects up` keeps alive, and the broker that it carries along."""
