"""**Regions**: covers of boxes and bounds over them."""
