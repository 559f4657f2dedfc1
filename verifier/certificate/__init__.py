"""Certificates of discharged steps, and the checker that replays them."""
