"""What people may write: strict, frozen models of content/."""
