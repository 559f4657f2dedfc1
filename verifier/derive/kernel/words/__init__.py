"""**Words**: matrices and vectors of every size as products of symbols."""
