"""**Integrals** and expectations."""
