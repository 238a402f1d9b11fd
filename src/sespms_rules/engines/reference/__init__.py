"""What a Program means, said slowly and step by step: the engine that all others are compared with."""
