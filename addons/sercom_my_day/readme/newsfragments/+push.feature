A phone tells of a new, moved or cancelled visit, where the firm has a key for web push.
