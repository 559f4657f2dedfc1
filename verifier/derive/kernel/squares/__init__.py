"""**Squares**: inequalities of polynomials by sums of squares with rational Gram matrices."""
