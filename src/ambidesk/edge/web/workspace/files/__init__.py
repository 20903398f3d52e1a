"""Files of messages, and the frame of a complex mail."""
