"""The audit trail as it is read: who did what when, and who signed in or could not."""
