"""Lists as agencies would never publish them: rows and files damaged at random, always the same ones from a seed."""
