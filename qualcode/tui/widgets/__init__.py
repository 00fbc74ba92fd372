"""What screens are put together from; each knows how to draw itself and nothing of the store."""
