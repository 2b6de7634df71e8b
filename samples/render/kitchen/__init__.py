"""Builds restaurant kitchens and the people in them out of numbers alone; nothing is loaded from disk."""
