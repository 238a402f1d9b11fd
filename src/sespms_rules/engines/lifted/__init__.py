"""What a program means, said once for many appraisals over an algebra; columns and SQL are two such algebras."""
