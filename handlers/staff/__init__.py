"""What the office's own people do in private chats."""
