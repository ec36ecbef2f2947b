"""Letters: a list of recipients becomes files, and files go into the post, each at most once."""
