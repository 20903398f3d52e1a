"""The client portal: what contacts of companies see and do, on a phone first."""
