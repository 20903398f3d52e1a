"""The operator's bar: status, the next ticket, the talks at hand."""
