"""What changed since an earlier export, and what of it may be said today."""
