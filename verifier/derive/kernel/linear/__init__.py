"""**Linear algebra** and affine systems, exactly."""
