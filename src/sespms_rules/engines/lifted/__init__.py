"""What a program means, said once for many appraisals over an algebra: columns, SQL and durable are three such."""
