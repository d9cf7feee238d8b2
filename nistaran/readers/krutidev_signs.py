def signs_of_krutidev(c): return True
