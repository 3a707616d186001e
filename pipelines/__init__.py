"""How data gets there: each step reads what the one before it wrote, from files to published cells."""
