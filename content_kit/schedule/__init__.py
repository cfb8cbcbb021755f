"""When a posyandu opens: from the words people write to dated service days."""
