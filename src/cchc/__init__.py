"""cchc: run, measure and steer public administration reform in Vietnam."""
