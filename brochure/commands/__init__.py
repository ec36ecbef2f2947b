"""Commands of the front door that have several actions of their own."""
