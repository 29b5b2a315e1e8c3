"""Made-up data: the stories of the demo, and large amounts for measuring."""
