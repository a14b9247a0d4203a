"""Documents to start from: what goes where, said in comments, and what a live record already knows."""
