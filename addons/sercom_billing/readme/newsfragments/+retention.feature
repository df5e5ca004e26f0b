A progress invoice holds a part back, which the final invoice or a button bills.
