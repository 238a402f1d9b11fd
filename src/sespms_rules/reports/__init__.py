"""What people and programs read: findings and verdicts as text, JSON, SARIF, JUnit and HTML; accessible charts."""
