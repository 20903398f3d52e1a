"""Pure rules of approvals."""
