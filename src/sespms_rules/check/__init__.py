"""model.Policy -> findings about each system within itself. (placeholder while files arrive)"""
