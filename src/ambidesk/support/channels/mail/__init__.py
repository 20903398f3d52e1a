"""Mail: reception, parsing and sending of Internet mail."""
