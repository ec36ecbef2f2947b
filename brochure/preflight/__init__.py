"""PDF → Report: one module per subject, one function per rule. Reads any PDF, also ones that aren't ours."""
