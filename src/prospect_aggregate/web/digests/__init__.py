"""One mail a day or week to one person, of what changed for them: when it is due, what it holds, how it goes out."""
